/** Who a guest is to the others at a table, and they to a guest (SPEC.md, PROOF): real keys, real signatures. */
import { describe, expect, test } from 'vitest'
import { checkChain } from '../../src/core/proof.ts'
import { createNotary, type Notary } from '../../src/io/notary.ts'
import type { Party } from '../../src/protocol/people.ts'
import { certify, dayMs, examine, newSigner } from '../../src/server/authority.ts'
import {
  bedSubject,
  credentialsOf,
  type Device,
  guestSubject,
  newOrganisation,
  noonMs,
  sdpWith,
  stationSubject,
} from '../fakes/organisation.ts'
import { anna, bedOne, mine as callId } from './call-fixtures.ts'

const hospital = newOrganisation()
const station = hospital.device(stationSubject)
const bed = hospital.device(bedSubject('1'))
const tableId = 'table-1'
const guest = hospital.guest(guestSubject('g1', tableId), station)
const timo: Party = { type: 'guest', guestId: 'g1', name: 'Timo Virtanen', kind: 'family' }

const headOf = ({ chain }: Pick<Device, 'chain'>, root = hospital.root.keyId, nowMs = noonMs) =>
  checkChain(examine(chain), root, nowMs)
const failure = (name: string) => ({ ok: false, failure: name })

async function notaryOf(device: Device, me: Party, peer: Party, at = tableId): Promise<Notary> {
  const terms = { callId, tableId: at, epoch: 1, me, peer, serverNowMs: () => noonMs }
  return createNotary(await credentialsOf(device, hospital), terms, new Set())
}

async function describeBy(notary: Notary, type: 'offer' | 'answer', seed: number) {
  const sdp = sdpWith(seed)
  return { type, negotiation: 1, sdp, proof: await notary.sign(type, 1, sdp) }
}

describe('a chain of four', () => {
  test('[PROOF-3] a guest is believed by the station that signed for them, up to the pinned root', () => {
    expect(headOf(guest)).toMatchObject({ ok: true, value: { kind: 'guest', guestId: 'g1', tableId } })
    expect(headOf(guest, newOrganisation().root.keyId)).toEqual(failure('untrusted'))
  })

  test('[PROOF-3] each of the four counts from its first moment to its last', () => {
    const short = hospital.device(stationSubject, { lasts: dayMs })
    const theirs = hospital.guest(guestSubject('g1', tableId), short, 2 * dayMs)
    expect(headOf(theirs, undefined, noonMs + dayMs - 1)).toMatchObject({ ok: true })
    expect(headOf(theirs, undefined, noonMs + dayMs + 1)).toEqual(failure('expired-certificate'))
    expect(headOf(guest, undefined, noonMs + dayMs + 1)).toEqual(failure('expired-certificate'))
  })

  const underGuest = { signer: guest.signer, chain: guest.chain }
  const adminAsStation = {
    signer: hospital.admin,
    chain: [hospital.adminCertificate, hospital.rootCertificate],
  }
  const stranger = newSigner()
  const cases: [string, () => Pick<Device, 'chain'>][] = [
    ['a guest whom a bed signed', () => hospital.guest(guestSubject('g1', tableId), bed)],
    ['a guest whom a guest signed', () => hospital.guest(guestSubject('g1', tableId), underGuest)],
    [
      'a guest whom an administrator signed',
      () => hospital.guest(guestSubject('g1', tableId), adminAsStation),
    ],
    [
      'a guest whom a key of nobody signed',
      () => hospital.guest(guestSubject('g1', tableId), { ...station, signer: stranger }),
    ],
    [
      'a guest of another organisation under this station',
      () => {
        const { publicKey } = newSigner()
        const subject = { ...guestSubject('g1', tableId), organisation: 'Clinic', publicKey }
        return { chain: [certify(station.signer, subject, noonMs, dayMs), ...station.chain] }
      },
    ],
    [
      'a station whom a station signed',
      () => {
        const { publicKey } = newSigner()
        const subject = { ...stationSubject, organisation: 'Hospital', publicKey }
        return { chain: [certify(station.signer, subject, noonMs, dayMs), ...station.chain] }
      },
    ],
    [
      'a bed whom a station signed',
      () => {
        const { publicKey } = newSigner()
        const subject = { ...bedSubject('1'), organisation: 'Hospital', publicKey }
        return { chain: [certify(station.signer, subject, noonMs, dayMs), ...station.chain] }
      },
    ],
    [
      'a guest without the station in between',
      () => ({ chain: [guest.certificate, ...station.chain.slice(1)] }),
    ],
    [
      'a guest behind a device',
      () => ({ chain: [...station.chain.slice(0, 1), guest.certificate, ...station.chain.slice(1)] }),
    ],
    ['a chain of five', () => ({ chain: [guest.certificate, ...guest.chain] })],
  ]
  test.each(cases)('[PROOF-3] %s is refused', (_what, made) => {
    expect(headOf(made()).ok).toBe(false)
  })
})

describe('at the table', () => {
  /** What each thinks of the other when `caller` offers and `callee` answers. */
  async function meet(caller: Notary, callee: Notary) {
    const heard = await callee.check(await describeBy(caller, 'offer', 1))
    if (!heard.ok) return heard
    return await caller.check(await describeBy(callee, 'answer', 2))
  }

  test('[PROOF-5] guest, staff and patient believe each other at one table', async () => {
    const [guestSide, nurseSide] = [await notaryOf(guest, timo, anna), await notaryOf(station, anna, timo)]
    expect(await meet(guestSide, nurseSide)).toMatchObject({ ok: true, value: { kind: 'station' } })
    const [toGuest, fromNurse] = [await notaryOf(station, anna, timo), await notaryOf(guest, timo, anna)]
    expect(await meet(toGuest, fromNurse)).toMatchObject({
      ok: true,
      value: { kind: 'guest', label: timo.name },
    })
    const [toBed, atBed] = [await notaryOf(guest, timo, bedOne), await notaryOf(bed, bedOne, timo)]
    expect(await meet(toBed, atBed)).toMatchObject({ ok: true, value: { kind: 'bed' } })
  })

  test('[PROOF-5] at any other table a guest is nobody, whoever is at it (HZ-10)', async () => {
    for (const [device, me] of [
      [station, anna],
      [bed, bedOne],
    ] as const) {
      const offer = await describeBy(await notaryOf(guest, timo, me), 'offer', 1)
      const other = await notaryOf(device, me, timo, 'table-2')
      expect(await other.check(offer)).toEqual(failure('wrong-peer'))
    }
  })

  test.each<[string, Party]>([
    ['another name', { ...timo, name: 'Somebody Else' }],
    ['another guest', { ...timo, guestId: 'g2' }],
    ['a member of staff', anna],
    ['a bed', { ...bedOne, bedId: 'b2' }],
  ])('[PROOF-5] whom the screen shows as %s is not this guest (HZ-1)', async (_what, shown) => {
    const offer = await describeBy(await notaryOf(guest, timo, bedOne), 'offer', 1)
    const tablet = await notaryOf(bed, bedOne, shown)
    expect(await tablet.check(offer)).toEqual(failure('wrong-peer'))
  })

  test('[PROOF-5] a station does not pass for a guest', async () => {
    const offer = await describeBy(await notaryOf(station, anna, bedOne), 'offer', 1)
    expect(await (await notaryOf(bed, bedOne, timo)).check(offer)).toEqual(failure('wrong-peer'))
  })

  test('[PROOF-5] an offer to another guest is refused, whatever the server calls this one', async () => {
    const other: Party = { ...timo, guestId: 'g2' }
    const offer = await describeBy(await notaryOf(station, anna, other), 'offer', 1)
    const misnamed = await notaryOf(guest, other, anna)
    expect(await misnamed.check(offer)).toEqual(failure('wrong-peer'))
  })
})
