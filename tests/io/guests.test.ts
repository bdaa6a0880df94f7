/** A guest's own key and the station's word for it, in their browsers, over a real implementation of IndexedDB. */
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test } from 'vitest'
import { newCode, secretOf, stationSeal } from '../../src/io/guest-code.ts'
import { browserGuest, guestCredentials } from '../../src/io/guest-keys.ts'
import { browserGuests } from '../../src/io/guests.ts'
import { browserTrust } from '../../src/io/keyring.ts'
import { keyIdOf } from '../../src/io/seal.ts'
import type { GuestParty } from '../../src/protocol/people.ts'
import { type Chain, decodeCertificate } from '../../src/protocol/proof.ts'
import { challengeText } from '../../src/protocol/wire.ts'
import { certify, dayMs, isSealed } from '../../src/server/authority.ts'
import { guestSubject, newOrganisation, noonMs, stationSubject } from '../fakes/organisation.ts'

function storage() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

const tab = storage()
Object.assign(globalThis, {
  localStorage: storage(),
  sessionStorage: tab,
  location: { origin: 'https://ward.example' },
})

const hospital = newOrganisation()
const tableId = 'table-1'
const timo: GuestParty = { type: 'guest', guestId: 'g1', name: 'Timo Virtanen', kind: 'family' }

beforeEach(async () => {
  await browserGuest.forget()
  tab.kept.clear()
})

/** A guest who redeemed a code. */
async function joined(code = newCode()) {
  const asked = await browserGuest.prepare(code)
  if (!asked) throw new Error('no code')
  await browserGuest.begin(timo.guestId)
  return { code, ...asked }
}

/** What an honest station says of a key. */
async function admission(
  code: string,
  publicKey: string,
  subject = guestSubject('g1', tableId),
  from = hospital,
) {
  const station = from.device(stationSubject)
  const certificate = certify(
    station.signer,
    { ...subject, organisation: 'Hospital', publicKey },
    noonMs,
    dayMs,
  )
  const chain: Chain = [certificate, ...station.chain]
  return { chain, seal: await stationSeal(await secretOf(code), from.root.keyId, certificate.text) }
}

describe('the guest’s side', () => {
  test('[GUEST-4] a code that is asked with again, also after a reload, is asked with by the same key', async () => {
    const code = newCode()
    const [first, again] = [await browserGuest.prepare(code), await browserGuest.prepare(code.toLowerCase())]
    expect(again).toEqual(first)
    expect(await browserGuest.visit(), 'nobody has redeemed it yet').toBeNull()
    expect((await browserGuest.prepare(newCode()))?.publicKey).not.toBe(first?.publicKey)
    expect(await browserGuest.prepare('no code')).toBeNull()
  })

  test('[GUEST-6] a hello is signed by a key that cannot be read', async () => {
    const { publicKey } = await joined()
    const said = await browserGuest.sign('nonce')
    const text = challengeText('https://ward.example', 'g1', 'nonce', 0)
    expect(isSealed({ text, signature: said?.signature ?? '' }, publicKey)).toBe(true)
    expect(said?.guestId).toBe('g1')
  })

  test('[GUEST-9] it keeps its certificates over a reload, and signs with them', async () => {
    const { code, publicKey } = await joined()
    const { chain, seal } = await admission(code, publicKey)
    expect(await guestCredentials()).toBeNull()
    expect(await browserGuest.admit(chain, seal, noonMs)).toBe(true)
    expect(await browserGuest.visit()).toMatchObject({ guestId: 'g1', isAdmitted: true })
    const credentials = await guestCredentials()
    expect(credentials).toMatchObject({ chain, root: hospital.root.keyId })
    expect(credentials?.privateKey.extractable).toBe(false)
    expect(await browserGuest.admit(chain, seal, noonMs), 'said again after a reload').toBe(true)
  })

  test('[GUEST-8] a server that puts a root of its own in the chain is not believed (HZ-10)', async () => {
    const { code, publicKey } = await joined()
    const own = newOrganisation()
    const theirs = await admission(code, publicKey, guestSubject('g1', tableId), own)
    const honest = await admission(code, publicKey)
    expect(await browserGuest.admit(theirs.chain, honest.seal, noonMs)).toBe(false)
    const guessed = await stationSeal(await secretOf(newCode()), own.root.keyId, theirs.chain[0]?.text ?? '')
    expect(await browserGuest.admit(theirs.chain, guessed, noonMs)).toBe(false)
    expect(await guestCredentials()).toBeNull()
  })

  test.each([
    [
      'of another key',
      async (code: string) => admission(code, hospital.device(stationSubject).signer.publicKey),
    ],
    [
      'of another guest',
      async (code: string, key: string) => admission(code, key, guestSubject('g2', tableId)),
    ],
    [
      'with a link that does not hold',
      async (code: string, key: string) => {
        const { chain, seal } = await admission(code, key)
        return { chain: chain.with(1, hospital.device(stationSubject).certificate), seal }
      },
    ],
  ])('[GUEST-8] a chain %s is not kept, though it is sealed', async (_what, made) => {
    const { code, publicKey } = await joined()
    const { chain, seal } = await made(code, publicKey)
    expect(await browserGuest.admit(chain, seal, noonMs)).toBe(false)
  })

  test('[GUEST-8] whom it believes stays the same for the visit', async () => {
    const { code, publicKey } = await joined()
    const first = await admission(code, publicKey)
    await browserGuest.admit(first.chain, first.seal, noonMs)
    const other = await admission(code, publicKey, guestSubject('g1', tableId), newOrganisation())
    expect(await browserGuest.admit(other.chain, other.seal, noonMs)).toBe(false)
    expect((await guestCredentials())?.root).toBe(hospital.root.keyId)
  })

  test('[GUEST-10] forgotten, nothing of the visit is left', async () => {
    const { code, publicKey } = await joined()
    const { chain, seal } = await admission(code, publicKey)
    await browserGuest.admit(chain, seal, noonMs)
    await browserGuest.forget()
    expect([await browserGuest.visit(), await guestCredentials(), await browserGuest.sign('nonce')]).toEqual([
      null,
      null,
      null,
    ])
  })
})

describe('the station’s side', () => {
  /** A station with a certificate, whose nurse made a code for Timo. */
  async function asked() {
    const { publicKey } = await browserTrust.ownKey('station')
    const subject = { ...stationSubject, organisation: 'Hospital', publicKey }
    const certificate = certify(hospital.admin, subject, noonMs, dayMs)
    await browserTrust.keep('station', [certificate, hospital.adminCertificate, hospital.rootCertificate])
    const { link, codeId, keep } = await browserGuests.newCode()
    keep(timo.guestId, timo.name, tableId)
    const guest = await joined(new URL(link).hash.slice(1))
    expect(guest.codeId).toBe(codeId)
    const waiting = {
      type: 'guest.waiting',
      guest: timo,
      tableId,
      publicKey: guest.publicKey,
      seal: guest.seal,
    } as const
    return { waiting, keep, stationChain: (await browserTrust.held('station')).chain ?? [] }
  }

  test('[GUEST-8] what it signs for a true seal is what the guest believes', async () => {
    const { waiting, stationChain } = await asked()
    const vouched = await browserGuests.vouch(waiting, noonMs)
    if (!vouched.ok) throw new Error(vouched.failure)
    const { certificate, seal } = vouched.value
    expect(decodeCertificate(certificate.text)).toMatchObject({
      kind: 'guest',
      label: timo.name,
      guestId: 'g1',
      tableId,
      keyId: await keyIdOf(waiting.publicKey),
      notBeforeMs: noonMs,
    })
    expect(await browserGuest.admit([certificate, ...stationChain], seal, noonMs)).toBe(true)
  })

  test('[GUEST-8] it signs for no other key, name or table than its nurse meant (HZ-10)', async () => {
    const { waiting } = await asked()
    const { publicKey } = hospital.device(stationSubject).signer
    const failures = [
      await browserGuests.vouch({ ...waiting, publicKey }, noonMs),
      await browserGuests.vouch({ ...waiting, guest: { ...timo, name: 'Ward doctor' } }, noonMs),
      await browserGuests.vouch({ ...waiting, tableId: 'table-2' }, noonMs),
      await browserGuests.vouch({ ...waiting, guest: { ...timo, guestId: 'g2' } }, noonMs),
    ].map((vouched) => (vouched.ok ? 'signed' : vouched.failure))
    expect(failures).toEqual(['false-seal', 'unknown', 'unknown', 'unknown'])
  })

  test('[GUEST-10] what is kept is of one table, and goes with it', async () => {
    const { waiting, keep } = await asked()
    keep('g2', 'Another', tableId)
    expect((await browserGuests.vouch(waiting, noonMs)).ok).toBe(true)
    keep('g3', 'A third', 'table-2')
    expect(await browserGuests.vouch(waiting, noonMs)).toEqual({ ok: false, failure: 'unknown' })
    browserGuests.forget()
    expect(tab.kept.size).toBe(0)
  })

  test('[GUEST-5] the code itself is kept nowhere', async () => {
    const { link } = await browserGuests.newCode()
    await asked()
    expect([...tab.kept.values()].join()).not.toContain(new URL(link).hash.slice(1))
  })

  test('[GUEST-8] a station that no administrator signed vouches for nobody', async () => {
    const { waiting } = await asked()
    await browserTrust.pin('station', null)
    expect(await browserGuests.vouch(waiting, noonMs)).toEqual({ ok: false, failure: 'uncertified' })
  })
})
