/** A station's word for the browser of whoever has a visit, over a real implementation of IndexedDB. */
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { checkChain, checkStatement } from '../../src/core/proof.ts'
import { browserTrust } from '../../src/io/keyring.ts'
import { examine, keyIdOf } from '../../src/io/seal.ts'
import { browserVisits } from '../../src/io/visit-vouch.ts'
import { guestVisitMs } from '../../src/protocol/guest.ts'
import { decodeCertificate } from '../../src/protocol/proof.ts'
import { certify, dayMs } from '../../src/server/authority.ts'
import { newOrganisation, noonMs, stationSubject } from '../fakes/organisation.ts'

const kept = new Map<string, string>()
Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
})

const hospital = newOrganisation()
const theirs = hospital.device(stationSubject).signer.publicKey
const kaarina = { visitId: 'v1', name: 'Kaarina Lahti', publicKey: theirs }

async function certified() {
  const { publicKey } = await browserTrust.ownKey('station')
  const subject = { ...stationSubject, organisation: 'Hospital', publicKey }
  const certificate = certify(hospital.admin, subject, noonMs, dayMs)
  await browserTrust.keep('station', [certificate, hospital.adminCertificate, hospital.rootCertificate])
  return (await browserTrust.held('station')).chain ?? []
}

test('[VISIT-4] a station that no administrator signed vouches for nobody', async () => {
  expect(await browserVisits.vouch(kaarina, noonMs)).toBeNull()
})

test('[VISIT-4] its word is for that key, that name and that visit alone, and leads to the root', async () => {
  const chain = await certified()
  const certificate = await browserVisits.vouch(kaarina, noonMs)
  if (!certificate) throw new Error('not signed')
  expect(decodeCertificate(certificate.text)).toMatchObject({
    kind: 'guest',
    label: 'Kaarina Lahti',
    guestId: 'v1',
    tableId: 'v1',
    keyId: await keyIdOf(theirs),
    notBeforeMs: noonMs,
    notAfterMs: noonMs + guestVisitMs,
  })
  const checked = checkChain(await examine([certificate, ...chain]), hospital.root.keyId, noonMs)
  expect(checked).toMatchObject({ ok: true, value: { guestId: 'v1' } })
})

test('[VISIT-4] [PROOF-5] who speaks at a call with it is that visitor, in whichever call of the visit (HZ-1)', async () => {
  await certified()
  const certificate = await browserVisits.vouch(kaarina, noonMs)
  const sender = decodeCertificate(certificate?.text ?? '')
  if (sender?.kind !== 'guest') throw new Error('not signed')
  const said = {
    v: 1,
    context: 'bedside/1',
    kind: 'answer',
    callId: 'call-1',
    epoch: 1,
    negotiation: 1,
    from: sender.keyId,
    to: 'station-key',
    fingerprint: 'F',
    nonce: 'n',
    atMs: noonMs,
    previous: null,
  } as const
  const check = (guestId: string, name: string) =>
    checkStatement(said, sender, {
      ...said,
      previous: [null],
      from: null,
      peer: { type: 'guest', guestId, name, kind: 'visitor' },
      tableId: 'call-1',
      me: 'station-key',
      seen: new Set(),
      nowMs: noonMs,
    })
  expect(check('v1', 'Kaarina Lahti').ok).toBe(true)
  expect(check('v2', 'Kaarina Lahti')).toMatchObject({ ok: false, failure: 'wrong-peer' })
  expect(check('v1', 'Another')).toMatchObject({ ok: false, failure: 'wrong-peer' })
})
