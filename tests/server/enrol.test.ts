/** Enrolling tablets, and the links and secrets of the demo ward. */
import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeOf, enrol, makeKeys, openBed, openStation, post, refusalOf, signIn } from './client.ts'
import { openWard, temporaryFolder } from './ward.ts'

test('[ENROL-1] a link enrols one tablet: used after that, unknown when made up', async () => {
  const { origin, bedLink } = await openWard()
  const { publicKey } = await makeKeys()
  const answer = await post(origin, '/api/enrol', { code: codeOf(bedLink('2')), publicKey })
  expect(await answer.json()).toMatchObject({ bed: { type: 'bed', label: '2', ward: 'Ward 4B' } })
  const again = await post(origin, '/api/enrol', { code: codeOf(bedLink('2')), publicKey })
  expect(await refusalOf(again)).toEqual({ status: 410, body: { refusal: 'used-code' } })
  const unknown = await post(origin, '/api/enrol', { code: 'unknown', publicKey })
  expect(await refusalOf(unknown)).toEqual({ status: 404, body: { refusal: 'unknown-code' } })
})

test('[ENROL-2] a sign-in link enrols nothing, an enrolment link signs nobody in', async () => {
  const { origin, staffLink, bedLink } = await openWard()
  const { publicKey } = await makeKeys()
  expect(
    (await post(origin, '/api/enrol', { code: codeOf(staffLink('Anna Laine')), publicKey })).status,
  ).toBe(404)
  expect((await post(origin, '/api/sign-in', { code: codeOf(bedLink('1')) })).status).toBe(404)
})

test('[ENROL-3] only a P-256 key enrols, and a refused key does not use the link up', async () => {
  const { origin, bedLink } = await openWard()
  const wrongCurve = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey
  const noEcdsa = generateKeyPairSync('ed25519').publicKey
  const keys = [wrongCurve, noEcdsa].map((key) =>
    key.export({ format: 'der', type: 'spki' }).toString('base64url'),
  )
  for (const publicKey of ['bm90IGEga2V5', ...keys])
    expect((await post(origin, '/api/enrol', { code: codeOf(bedLink('1')), publicKey })).status).toBe(400)
  await enrol(origin, bedLink('1'))
})

test('[ENROL-4] a tablet stays enrolled over a restart; a new link binds another and sends the old one away', async () => {
  const first = await openWard()
  const old = await first.enrol('1')
  await first.close()
  const ward = await openWard({ dataFolder: first.data })
  // The tablet signs for the origin it is at; this second ward happens to be on another port.
  const bed = await openBed(ward.origin, old)
  const nurse = await ward.station()
  const fresh = await enrol(ward.origin, ward.bedLink('1'))
  expect(await bed.closed).toMatchObject({ code: 4409 })
  await expect(openBed(ward.origin, old)).rejects.toThrow('closed')
  expect((await nurse.hear('bed.changed')).bed.state.type).toBe('offline')
  await openBed(ward.origin, fresh)
  expect((await nurse.hear('bed.changed')).bed.state.type).toBe('ready')
})

test('[ENROL-5] re-binding a bed in a call ends the call, for both ends', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  nurse.say({
    type: 'call.invite',
    callId: 'c1',
    to: { type: 'bed', bedId: bed.tablet.bedId },
    mode: 'ring',
    stay: bed.welcome.stay?.epoch ?? null,
    expiresAtMs: Date.now() + 5_000,
  })
  await bed.hear('call.changed')
  bed.say({ type: 'call.accept', callId: 'c1' })
  await nurse.hear('call.changed', ({ call }) => call.phase === 'accepted')
  const later = await openWardLink(ward.data, ward.close)
  await enrol(later.origin, later.bedLink('1'))
  const back = await openStation(later.origin, await signIn(later.origin, later.staffLink('Anna Laine')), {
    claims: [{ callId: 'c1', epoch: 1 }],
  })
  expect(await back.hear('call.ended')).toMatchObject({ callId: 'c1', reason: 'device-unready' })
})

/** A new start of the same ward, for its new links. */
async function openWardLink(dataFolder: string, close: () => Promise<void>) {
  await close()
  return await openWard({ dataFolder })
}

test('[DEMO-1] a new start makes new links; old ones that were not used work no more', async () => {
  const first = await openWard()
  const old = codeOf(first.staffLink('Anna Laine'))
  await first.close()
  const { origin, staffLink } = await openWard({ dataFolder: first.data })
  expect((await post(origin, '/api/sign-in', { code: old })).status).toBe(404)
  await signIn(origin, staffLink('Anna Laine'))
})

test('[DEMO-2] demo.json has every link, for this origin', async () => {
  const { origin, data } = await openWard()
  const links: unknown = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'))
  const url = (page: string) =>
    expect.stringMatching(new RegExp(`^${origin}/${page}=[\\w-]{27}&root=[\\w-]{43}$`))
  expect(links).toEqual({
    staff: [
      { name: 'Anna Laine', role: 'nurse', url: url('station#signin') },
      { name: 'Ben Okafor', role: 'nurse', url: url('station#signin') },
      { name: 'Maria Oja', role: 'doctor', url: url('station#signin') },
      { name: 'Oskar Berg', role: 'admin', url: url('admin#signin') },
    ],
    beds: [1, 2, 3, 4, 5, 6, 7, 8].map((label) => ({ label: String(label), url: url('bed#enrol') })),
  })
})

test('[SECRET-1] what the server keeps is readable by its user only, and holds no code or token', async () => {
  const data = join(temporaryFolder(), 'new')
  const ward = await openWard({ dataFolder: data })
  const cookie = await ward.signIn('Anna Laine')
  await ward.enrol('1')
  const secrets = [
    cookie.split('=')[1] ?? '',
    codeOf(ward.staffLink('Anna Laine')),
    codeOf(ward.bedLink('2')),
  ]
  expect(statSync(data).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(data)) {
    const file = join(data, name)
    // The builds of the app, which everybody may read.
    if (name === 'builds') continue
    expect([name, statSync(file).mode & 0o777]).toEqual([name, 0o600])
    // The links themselves, and a socket, which holds nothing.
    if (name === 'demo.json' || name === 'control.sock') continue
    for (const secret of secrets) expect(readFileSync(file).includes(secret)).toBe(false)
  }
  expect(readFileSync(join(data, 'secret.key'))).toHaveLength(32)
})
