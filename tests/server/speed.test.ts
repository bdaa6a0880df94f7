/** How fast a way is, as a device finds out that nobody knows yet. */
import { expect, test } from 'vitest'
import { openWard } from './ward.ts'

const path = '/api/visit/speed'

test('[OUT-3] whoever tries their device is sent a fixed number of bytes, and may send some', async () => {
  const { origin } = await openWard()
  const answer = await fetch(origin + path, { headers: { 'x-bedside': '1' } })
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect((await answer.arrayBuffer()).byteLength).toBe(262_144)
  const headers = { 'x-bedside': '1', 'content-type': 'application/octet-stream', origin }
  const send = (bytes: number) =>
    fetch(origin + path, { method: 'POST', headers, body: new Uint8Array(bytes) }).then(
      ({ status }) => status,
    )
  expect(await send(16_000)).toBe(200)
  expect(await send(131_072), 'no more is read from whoever is not known').toBeGreaterThanOrEqual(400)
  const foreign = { ...headers, origin: 'https://elsewhere.example' }
  const refused = await fetch(origin + path, { method: 'POST', headers: foreign, body: new Uint8Array(8) })
  expect(refused.status).toBe(403)
})

test('one address is sent those bytes twenty times in a row, and then has to wait', async () => {
  const { origin } = await openWard()
  const ask = async () => (await fetch(origin + path, { headers: { 'x-bedside': '1' } })).status
  for (let many = 0; many < 20; many += 1) expect(await ask()).toBe(200)
  expect(await ask()).toBe(429)
})

test('an outpatient’s page is served like every other', async () => {
  const { origin } = await openWard()
  const answer = await fetch(`${origin}/visit`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ])
})
