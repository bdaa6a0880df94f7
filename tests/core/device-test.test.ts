/** What staff read of the test of somebody's own device. */
import { describe, expect, test } from 'vitest'
import { remarksOn, usableBy } from '../../src/core/device-test.ts'
import type { DeviceTest } from '../../src/protocol/visit-messages.ts'

const fine: DeviceTest = {
  camera: 'works',
  microphone: 'heard',
  speaker: 'heard',
  ways: { udp: 'open' },
  downKbps: 5_000,
  upKbps: 2_000,
  browser: 'Safari 18 on iPhone',
}

describe('[VISIT-4] staff read before they ring what the device can do', () => {
  test.each([
    ['works', {}],
    ['sound-only', { camera: 'denied' }],
    ['sound-only', { camera: 'skipped' }],
    ['silent', { microphone: 'silent' }],
    ['silent', { microphone: 'silent', camera: 'missing' }],
    ['no-microphone', { microphone: 'denied' }],
    ['no-microphone', { microphone: 'taken' }],
    ['untested', { microphone: 'skipped' }],
  ] as const)('%s: %o', (usable, over) => {
    expect(usableBy({ ...fine, ...over })).toBe(usable)
  })

  test('nothing is said of what was not tested', () => {
    expect([usableBy(null), remarksOn(null)]).toEqual(['untested', []])
    expect(remarksOn({ ...fine, ways: {}, downKbps: null, upKbps: null, speaker: 'skipped' })).toEqual([])
  })

  test.each([
    [[], {}],
    [['deaf'], { speaker: 'not-heard' }],
    [['slow'], { upKbps: 120 }],
    [['detour'], { ways: { udp: 'closed', tls: 'open' } }],
    [['no-way'], { ways: { udp: 'closed', tcp: 'closed' } }],
    [['deaf', 'slow', 'detour'], { speaker: 'not-heard', downKbps: 0, ways: { udp: 'closed', tcp: 'open' } }],
  ] as const)('beside it stands %o: %o', (remarks, over) => {
    expect(remarksOn({ ...fine, ...over })).toEqual(remarks)
  })
})
