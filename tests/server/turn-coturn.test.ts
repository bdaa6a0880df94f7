/** A real relay (coturn) takes what the server mints: while it is good, for that call and that end, and not after. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { credentialOf } from '../../src/server/turn.ts'
import { ensureCoturn, startCoturn, startCoturnWith } from '../coturn.ts'
import { freePort } from '../e2e/server.ts'
import { certificate, certificateKey } from './certificate.ts'
import { askRelay } from './turn-client.ts'
import { clockReads, openWard, ring, talk } from './ward.ts'

const secret = 'the secret of the relay'

beforeAll(() => void ensureCoturn(), 300_000)

async function openRelay(): Promise<number> {
  const port = await freePort()
  onTestFinished(startCoturn(port, secret))
  return port
}

function wardWith(port: number, timeScale = 1) {
  const environment = { BEDSIDE_TURN_URLS: `turn:127.0.0.1:${port}`, BEDSIDE_TURN_SECRET: secret }
  return openWard({ environment, timeScale })
}

test('[TURN-9] both ends of a ringing and of an answered call are given a place at a real relay', async () => {
  const port = await openRelay()
  const ward = await wardWith(port)
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  await talk(nurse, bed)
  for (const client of [nurse, nurse, bed, bed]) {
    const [server] = (await client.hear('call.relays')).relays.iceServers
    expect((await askRelay(port, server?.username ?? '', server?.credential ?? '')).place).toBe('granted')
  }
})

test('[TURN-10] a real relay refuses them when their time is over', async () => {
  const port = await openRelay()
  const ward = await wardWith(port, 0.001)
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  nurse.say({
    type: 'call.invite',
    callId: 'c1',
    to: { type: 'bed', bedId: bed.tablet.bedId },
    mode: 'ring',
    stay: bed.welcome.stay?.epoch ?? null,
    expiresAtMs: Date.now() + 60_000,
  })
  const [server] = (await nurse.hear('call.relays')).relays.iceServers
  const [username, credential] = [server?.username ?? '', server?.credential ?? '']
  expect(await askRelay(port, username, credential)).toMatchObject({ place: 'granted' })
  // The relay counts whole seconds.
  await clockReads((Number(username.split(':')[0]) + 1) * 1_000 + 50)
  expect(await askRelay(port, username, credential)).toMatchObject({ place: 401 })
})

test('[TURN-11] a real relay refuses another secret, a longer life and another call', async () => {
  const port = await openRelay()
  const ward = await wardWith(port)
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  await ring(nurse, bed)
  const [server] = (await nurse.hear('call.relays')).relays.iceServers
  const [username, credential] = [server?.username ?? '', server?.credential ?? '']
  const [expires = '', callId = '', end = ''] = username.split(':')
  expect(await askRelay(port, username, credentialOf('another secret', username))).toMatchObject({
    place: 401,
  })
  expect(await askRelay(port, `${Number(expires) + 3600}:${callId}:${end}`, credential)).toMatchObject({
    place: 401,
  })
  expect(await askRelay(port, `${expires}:another:${end}`, credential)).toMatchObject({ place: 401 })
  expect(await askRelay(port, username, credential)).toMatchObject({ place: 'granted' })
})

test('[TURN-15] the settings that come with Bedside let a call through, by UDP and TLS, and nothing else of the hospital', async () => {
  const port = await freePort()
  const tlsPort = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'coturn-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'cert.pem'), certificate)
  writeFileSync(join(folder, 'key.pem'), certificateKey)
  const written = readFileSync(new URL('../../deploy/coturn.conf', import.meta.url), 'utf8')
  const here = written
    .replaceAll('192.0.2.11', '127.0.0.1')
    .replace('listening-port=3478', `listening-port=${port}`)
    .replace('tls-listening-port=443', `tls-listening-port=${tlsPort}`)
    .replaceAll('/etc/coturn', folder)
    .replace('the-secret-that-bedside-has-too', secret)
  writeFileSync(join(folder, 'coturn.conf'), here)
  onTestFinished(startCoturnWith(join(folder, 'coturn.conf')))
  const username = `${Math.ceil(Date.now() / 1_000) + 60}:call:end`
  const credential = credentialOf(secret, username)
  const peers = [
    '127.0.0.1',
    '10.20.3.4',
    '10.30.255.255',
    '10.21.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '8.8.8.8',
  ]
  const answer = await askRelay(port, username, credential, { peers })
  expect(answer).toEqual({ place: 'granted', peers: ['granted', 'granted', 'granted', 403, 403, 403, 403] })
  expect(await askRelay(tlsPort, username, credential, { over: 'tls' })).toMatchObject({ place: 'granted' })
  expect(await askRelay(tlsPort, username, 'another', { over: 'tls' })).toMatchObject({ place: 401 })
})
