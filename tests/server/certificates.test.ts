/** Certificates: the server hands out what others signed, checks what it is handed, and signs nothing itself. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { checkChain } from '../../src/core/proof.ts'
import { keysAnswer, stationKeyAnswer } from '../../src/protocol/keys.ts'
import { decodeCertificate, type Signed } from '../../src/protocol/proof.ts'
import {
  certify,
  certifyRoot,
  dayMs,
  examine,
  keyIdOf,
  newSigner,
  type Signer,
} from '../../src/server/authority.ts'
import { makeKeys, post, refusalOf } from './client.ts'
import { openRealWard, type RealWard } from './real-ward.ts'
import { openWard } from './ward.ts'

const organisation = 'Hospital'

/** A root and an administrator of it, made as the command line makes them. */
function newHospital(name = organisation) {
  const [root, admin] = [newSigner(), newSigner()]
  const subject = { kind: 'admin', organisation: name, label: 'Ward IT', publicKey: admin.publicKey } as const
  const rootCertificate = certifyRoot(root, name, Date.now())
  const grantFor = (days: number) => ({
    type: 'bedside-grant',
    admin: certify(root, subject, Date.now(), days * dayMs),
    root: rootCertificate,
  })
  return { admin, grant: grantFor(300), renewed: grantFor(600) }
}

function bedCertificate(signer: Signer, publicKey: string, more = {}, lastsMs = 100 * dayMs): Signed {
  const place = { label: 'Bed 1', ward: 'Ward 7', bedId: 'bed-1', bed: '1' }
  return certify(signer, { kind: 'bed', organisation, publicKey, ...place, ...more }, Date.now(), lastsMs)
}

async function waiting(ward: RealWard, signer: Signer) {
  return v.parse(keysAnswer, await ward.get(`/keys?keyId=${signer.keyId}`, ward.admin))
}

function acts(data: string): { action: string; text: string }[] {
  const db = new DatabaseSync(join(data, 'bedside.db'), { readOnly: true })
  const rows = db.prepare('select action, text from audit order by seq').all()
  db.close()
  return rows.map((row) => ({ action: String(row.action), text: String(row.text) }))
}

describe('the demo ward', () => {
  test('[CERT-1] a tablet’s welcome and a station’s registration bring a chain up to the root of the links', async () => {
    const ward = await openWard()
    const root = new URLSearchParams(new URL(ward.bedLink('1')).hash.slice(1)).get('root') ?? ''
    const bed = await ward.bed('1')
    const chain = bed.welcome.chain ?? []
    expect(checkChain(examine(chain), root, Date.now())).toMatchObject({
      ok: true,
      value: {
        kind: 'bed',
        bed: '1',
        bedId: bed.tablet.bedId,
        ward: 'Ward 4B',
        organisation: 'Demo hospital',
      },
    })
    const { publicKey } = await makeKeys()
    const cookie = await ward.signIn('Anna Laine')
    const answer = await post(ward.origin, '/api/station-key', { publicKey }, { cookie })
    const station = v.parse(stationKeyAnswer, await answer.json()).chain ?? []
    expect(checkChain(examine(station), root, Date.now())).toMatchObject({
      ok: true,
      value: { kind: 'station', label: 'Ward 4B station', publicKey },
    })
    expect((await ward.station('Ben Okafor')).welcome.chain).toBeNull()
  })

  test('[CERT-2] its root is in a file of its user only, and is the same after a restart', async () => {
    const first = await openWard()
    const root = (link: string) => new URL(link).hash.split('root=')[1]
    expect(statSync(join(first.data, 'demo-root.json')).mode & 0o777).toBe(0o600)
    await first.close()
    const second = await openWard({ dataFolder: first.data })
    expect(root(second.bedLink('1'))).toBe(root(first.bedLink('1')))
  })

  test('[CERT-3] registering twice is one act, and only a P-256 key is taken', async () => {
    const ward = await openWard()
    const cookie = await ward.signIn('Anna Laine')
    const { publicKey } = await makeKeys()
    for (const _ of [1, 2]) await post(ward.origin, '/api/station-key', { publicKey }, { cookie })
    const junk = await post(ward.origin, '/api/station-key', { publicKey: 'A'.repeat(122) }, { cookie })
    expect(await refusalOf(junk)).toEqual({ status: 400, body: { refusal: 'bad-request' } })
    const nobody = await post(ward.origin, '/api/station-key', { publicKey })
    expect(await refusalOf(nobody)).toEqual({ status: 401, body: { refusal: 'signed-out' } })
    await ward.close()
    const said = acts(ward.data).map(({ action }) => action)
    expect(said.filter((action) => action === 'station-key-registered')).toHaveLength(1)
    expect(said.filter((action) => action === 'certificate-signed')).toHaveLength(1)
  })
})

describe('a real ward', () => {
  test('[CERT-4] the server holds no key and signs nothing: tablet and station wait', async () => {
    const ward = await openRealWard()
    const tablet = await ward.enrol('bed-1')
    expect((await ward.connect(tablet)).welcome.chain).toBeNull()
    const { publicKey } = await makeKeys()
    const answer = await ward.post('/station-key', { publicKey }, ward.nurse)
    expect(await answer.json()).toEqual({ chain: null })
    expect(existsSync(join(ward.data, 'demo-root.json'))).toBe(false)
    const listed = await waiting(ward, newSigner())
    expect(listed).toMatchObject({ demo: false, root: null, admin: null })
    expect(listed.waiting.map(({ kind, keyId }) => [kind, keyId])).toEqual([
      ['bed', keyIdOf(tablet.publicKey)],
      ['station', keyIdOf(publicKey)],
    ])
  })

  test('[CERT-5] what an administrator signs in the browser is kept, handed out at once, and on record', async () => {
    const ward = await openRealWard()
    const hospital = newHospital()
    const tablet = await ward.enrol('bed-1')
    const { wire } = await ward.connect(tablet)
    expect((await ward.post('/admin-certificate', hospital.grant, ward.admin)).status).toBe(200)
    const certificate = bedCertificate(hospital.admin, tablet.publicKey)
    expect((await ward.post('/certificates', { certificate }, ward.admin)).status).toBe(200)
    const chain = await wire.until('chain.changed', () =>
      wire.frames
        .map((frame) =>
          'message' in frame && frame.message.type === 'chain.changed' ? frame.message.chain : null,
        )
        .find((found) => found !== null),
    )
    expect(chain).toEqual([certificate, hospital.grant.admin, hospital.grant.root])
    expect((await ward.connect(tablet)).welcome.chain).toEqual(chain)
    expect(await waiting(ward, hospital.admin)).toMatchObject({ admin: hospital.grant.admin, waiting: [] })
  })

  test('[CERT-6] a certificate that does not say what is so here is refused and not kept', async () => {
    const ward = await openRealWard()
    const [hospital, other] = [newHospital(), newHospital()]
    await ward.post('/admin-certificate', hospital.grant, ward.admin)
    const { publicKey } = await ward.enrol('bed-1')
    const { publicKey: unknown } = await makeKeys()
    const good = bedCertificate(hospital.admin, publicKey)
    const refused: [string, Signed][] = [
      ['another bed', bedCertificate(hospital.admin, publicKey, { bedId: 'bed-2' })],
      ['another label', bedCertificate(hospital.admin, publicKey, { bed: '2' })],
      ['another ward', bedCertificate(hospital.admin, publicKey, { ward: 'Ward 8' })],
      ['a key nobody enrolled', bedCertificate(hospital.admin, unknown)],
      ['another hospital’s administrator', bedCertificate(other.admin, publicKey)],
      ['another organisation', bedCertificate(hospital.admin, publicKey, { organisation: 'Clinic' })],
      ['an end that has passed', bedCertificate(hospital.admin, publicKey, {}, -1)],
      ['a changed label', { ...good, text: good.text.replace('Bed 1', 'Bed 9') }],
      ['a tablet as a station', certify(hospital.admin, stationOf(publicKey), Date.now(), dayMs)],
    ]
    for (const [what, certificate] of refused) {
      const answer = await ward.post('/certificates', { certificate }, ward.admin)
      expect([what, answer.status]).toEqual([what, 400])
    }
    expect((await waiting(ward, hospital.admin)).waiting).toHaveLength(1)
  })

  test('[CERT-7] a second root, and a grant that the root did not sign, are refused', async () => {
    const ward = await openRealWard()
    const [hospital, other] = [newHospital(), newHospital()]
    const mixed = { ...hospital.grant, admin: other.grant.admin }
    expect((await ward.post('/admin-certificate', mixed, ward.admin)).status).toBe(400)
    expect((await ward.post('/admin-certificate', hospital.grant, ward.admin)).status).toBe(200)
    expect((await ward.post('/admin-certificate', other.grant, ward.admin)).status).toBe(409)
    expect((await ward.post('/admin-certificate', hospital.grant, ward.admin)).status).toBe(200)
  })

  test('[CERT-8] a nurse neither sees the keys nor hands in certificates', async () => {
    const ward = await openRealWard()
    const { grant, admin } = newHospital()
    const certificate = bedCertificate(admin, (await makeKeys()).publicKey)
    expect(await ward.get(`/keys?keyId=${admin.keyId}`, ward.nurse)).toEqual({ refusal: 'forbidden' })
    expect((await ward.post('/admin-certificate', grant, ward.nurse)).status).toBe(403)
    expect((await ward.post('/certificates', { certificate }, ward.nurse)).status).toBe(403)
  })

  test('[CERT-9] a tablet that was bound anew waits again, and the old one’s key is not signed for any more', async () => {
    const ward = await openRealWard()
    const hospital = newHospital()
    await ward.post('/admin-certificate', hospital.grant, ward.admin)
    const old = await ward.enrol('bed-1')
    await ward.post(
      '/certificates',
      { certificate: bedCertificate(hospital.admin, old.publicKey) },
      ward.admin,
    )
    const fresh = await ward.enrol('bed-1')
    const { waiting: list } = await waiting(ward, hospital.admin)
    expect(list.map(({ keyId }) => keyId)).toEqual([keyIdOf(fresh.publicKey)])
    const certificate = bedCertificate(hospital.admin, old.publicKey)
    expect((await ward.post('/certificates', { certificate }, ward.admin)).status).toBe(400)
  })

  test('[CERT-10] a certificate that ends within a month waits again, and a renewed administrator’s keeps the others', async () => {
    const ward = await openRealWard()
    const hospital = newHospital()
    await ward.post('/admin-certificate', hospital.grant, ward.admin)
    const tablet = await ward.enrol('bed-1')
    const soon = bedCertificate(hospital.admin, tablet.publicKey, {}, 20 * dayMs)
    await ward.post('/certificates', { certificate: soon }, ward.admin)
    expect((await waiting(ward, hospital.admin)).waiting).toHaveLength(1)
    expect((await ward.connect(tablet)).welcome.chain?.[0]).toEqual(soon)
    const later = bedCertificate(hospital.admin, tablet.publicKey)
    await ward.post('/certificates', { certificate: later }, ward.admin)
    expect((await waiting(ward, hospital.admin)).waiting).toEqual([])
    await ward.post('/admin-certificate', hospital.renewed, ward.admin)
    const { admin, root } = hospital.renewed
    expect((await ward.connect(tablet)).welcome.chain).toEqual([later, admin, root])
  })
})

function stationOf(publicKey: string) {
  return { kind: 'station', organisation, label: 'Bed 1', ward: 'Ward 7', publicKey } as const
}

test('[CERT-11] names of persons are in no certificate', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  for (const { text } of bed.welcome.chain ?? []) {
    expect(decodeCertificate(text)).not.toBeNull()
    for (const name of ['Laine', 'Salonen', 'Berg']) expect(text).not.toContain(name)
  }
  expect(readFileSync(join(ward.data, 'demo-root.json'), 'utf8')).not.toContain('Laine')
})
