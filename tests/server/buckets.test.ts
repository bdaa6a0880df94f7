/** What the limits remember, and what they take for one address. */
import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { addressOf, isRange, loopback, networkOf, proxiesIn } from '../../src/server/address.ts'
import { createAttempts } from '../../src/server/attempts.ts'
import { createBuckets, mostNames } from '../../src/server/buckets.ts'
import { createCrowd } from '../../src/server/crowd.ts'

test('[BUCKET-1] a bucket gives its burst, then its rate, and says how long to wait', () => {
  const buckets = createBuckets({ perSecond: 2, burst: 3 })
  expect([0, 0, 0, 0].map((at) => buckets.take('a', at))).toEqual([0, 0, 0, 500])
  expect(buckets.take('a', 499)).toBeGreaterThan(0)
  expect(buckets.take('a', 1_000)).toBe(0)
  expect(buckets.take('b', 1_000), 'a neighbour has its own').toBe(0)
})

test('[BUCKET-2] a clock that is set back gives nothing and takes nothing', () => {
  const buckets = createBuckets({ perSecond: 1, burst: 1 })
  expect(buckets.take('a', 10_000)).toBe(0)
  expect(buckets.take('a', 0)).toBe(1_000)
  expect(buckets.take('a', 1_000)).toBe(0)
})

test('[BUCKET-3] memory is bounded, and a flood of new names does not free one who keeps asking', () => {
  const buckets = createBuckets({ perSecond: 0.001, burst: 1 })
  buckets.take('busy', 0)
  for (let name = 0; name < 3 * mostNames; name += 1) {
    buckets.take(`stranger ${name}`, 0)
    if (name % 1_000 === 0) expect(buckets.take('busy', 0)).toBeGreaterThan(0)
  }
  expect(buckets.size()).toBe(mostNames)
})

test('[BUCKET-4] an empty crowd leaves nothing behind', () => {
  const crowd = createCrowd<number>(2)
  expect([crowd.join('a', 1), crowd.join('a', 2), crowd.isFull('a'), crowd.join('a', 3)]).toEqual([
    null,
    null,
    true,
    1,
  ])
  for (const member of [1, 2, 3, 3]) crowd.leave('a', member)
  expect(crowd.size()).toBe(0)
})

test('[BUCKET-5] wrong codes of one address stay counted while others try theirs', () => {
  const attempts = createAttempts(2)
  for (const address of ['192.0.2.1', '192.0.2.1']) attempts.fail(address, 0)
  for (let other = 0; other < 5_000; other += 1) attempts.fail(`10.0.${other >> 8}.${other & 255}`, 0)
  expect(attempts.isBlocked('192.0.2.1', 0)).toBe(true)
  expect(attempts.isBlocked('192.0.2.2', 0)).toBe(false)
  expect(attempts.isBlocked('192.0.2.1', 60_000)).toBe(false)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('[ADDRESS-1] %s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

function asked(remoteAddress: string, forwarded?: string): Pick<IncomingMessage, 'socket' | 'headers'> {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return { socket: { remoteAddress } as IncomingMessage['socket'], headers }
}

test.each([
  ['203.0.113.9', '198.51.100.1', '203.0.113.9', 'a stranger may claim nothing'],
  ['127.0.0.1', '198.51.100.1, 203.0.113.7', '203.0.113.7', 'the last is what our proxy saw'],
  ['::ffff:127.0.0.1', '203.0.113.7, 127.0.0.1', '203.0.113.7', 'two proxies of ours'],
  ['::1', undefined, '::1', 'no proxy at all'],
])('[ADDRESS-2] from %s with %s it is %s: %s', (nearest, forwarded, address, _why) => {
  expect(addressOf(asked(nearest, forwarded), proxiesIn(loopback))).toBe(address)
})

test.each([
  ['10.1.0.7', true],
  ['::ffff:10.1.0.7', true],
  ['10.1.1.7', false],
  ['10.0.0.5', true],
  ['fd00::9', true],
  ['127.0.0.1', false],
  ['unknown', false],
  ['', false],
])('[ADDRESS-3] of the proxies the operator named, %s is one: %s', (address, isOne) => {
  expect(proxiesIn(['10.0.0.5', '10.1.0.0/24', 'fd00::/64'])(address)).toBe(isOne)
})

test.each(['', 'proxy.example', '10.0.0.0/33', '0.0.0.0/0', '10.0.0.0/8/8', '10.0.0.0/x', 'fe80::1%eth0'])(
  '[ADDRESS-4] "%s" is no range of proxies',
  (text) => {
    expect(isRange(text)).toBe(false)
  },
)
