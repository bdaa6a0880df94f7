/** What an endpoint believes (SPEC.md, PROOF): real keys, real signatures, no browser. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endsLink, fingerprintOf, isWho, proofFailures } from '../../src/core/proof.ts'
import { createNotary, type Description } from '../../src/io/notary.ts'
import type { Party } from '../../src/protocol/people.ts'
import { decodeCertificate, decodeStatement, type Proof } from '../../src/protocol/proof.ts'
import { certify, dayMs, newSigner, seal } from '../../src/server/authority.ts'
import {
  bedSubject,
  certifyAdmin,
  credentialsOf,
  type Device,
  fingerprint,
  newOrganisation,
  noonMs,
  sdpOf,
  sdpWith,
  stationSubject,
} from '../fakes/organisation.ts'
import { anna, at, bedOne, mine as callId, other, playFrom, sent, storyNames } from './call-fixtures.ts'

const hospital = newOrganisation()
const station = hospital.device(stationSubject)
const bed = hospital.device(bedSubject('1'))

type Side = {
  device?: Device | null
  callId?: string
  epoch?: number
  peer?: Party
  nowMs?: number
  seen?: Set<string>
  trusted?: typeof hospital
  tableId?: string
}

async function notaryOf(device: Device | null, me: Party, peer: Party, side: Side) {
  const credentials = device && (await credentialsOf(device, side.trusted ?? hospital))
  const terms = { callId: side.callId ?? callId, epoch: side.epoch ?? 1, me, peer: side.peer ?? peer }
  const tableId = side.tableId ?? terms.callId
  const clock = { serverNowMs: () => side.nowMs ?? noonMs }
  return createNotary(credentials, { ...terms, tableId, ...clock }, side.seen ?? new Set())
}

const atStation = ({ device = station, ...side }: Side = {}) => notaryOf(device, anna, bedOne, side)
const atBed = ({ device = bed, ...side }: Side = {}) => notaryOf(device, bedOne, anna, side)

type NotaryAtWork = Awaited<ReturnType<typeof atStation>>

async function describeBy(
  notary: NotaryAtWork,
  type: Description['type'],
  seed: number,
  negotiation = 1,
): Promise<Description & { proof: Proof }> {
  const sdp = sdpWith(seed)
  const proof = await notary.sign(type, negotiation, sdp)
  if (!proof) throw new Error('not signed')
  return { type, negotiation, sdp, proof }
}

const offerBy = async (side: Side = {}) => describeBy(await atStation(side), 'offer', 1)
const failure = (name: string) => ({ ok: false, failure: name })

/** The bed's verdict on what a station offered, each under its own circumstances. */
async function verdict(said: Side, heard: Side = {}, change = (offer: Description) => offer) {
  return await (await atBed(heard)).check(change(await offerBy(said)))
}

describe('one fingerprint', () => {
  const a = `a=fingerprint:sha-256 ${fingerprint(1)}`
  const b = `a=fingerprint:sha-256 ${fingerprint(2)}`
  const m = 'm=audio 9 UDP/TLS/RTP/SAVPF 111'

  test.each([
    ['in one section', sdpOf(m, a)],
    ['at session level', sdpOf(a, m)],
    ['everywhere the same', sdpOf(a, m, a, m, a)],
    ['in small letters', sdpOf(m, a.toLowerCase(), m, a)],
    ['with bare line feeds', sdpOf(m, a).replaceAll('\r\n', '\n')],
  ])('[PROOF-1] the one fingerprint is found %s', (_where, sdp) => {
    expect(fingerprintOf(sdp)).toEqual({ ok: true, value: fingerprint(1) })
  })

  test.each([
    ['none', sdpOf(m)],
    ['two in one section, the bogus first', sdpOf(m, b, a)],
    ['two in one section, the bogus last', sdpOf(m, a, b)],
    ['one at session level and another in a section', sdpOf(b, m, a)],
    ['one in each section, not the same', sdpOf(m, a, m, b)],
    ['another algorithm', sdpOf(m, a.replace('sha-256', 'sha-1'))],
    ['another algorithm beside the right one', sdpOf(m, a, 'a=fingerprint:sha-512 00:11')],
    ['a second one with a space too many', sdpOf(m, a, b.replace(' ', '  '))],
    ['a second one behind a tab', sdpOf(m, a, `\t${b}`)],
    ['a second one behind a bare carriage return', sdpOf(m, `${a}\rx-${b}`)],
    ['a second one that is too short', sdpOf(m, a, b.slice(0, -3))],
    ['a second one in capitals', sdpOf(m, a, b.toUpperCase().replace('A=', 'A='))],
  ])('[PROOF-1] a description is refused with %s (HZ-10)', (_what, sdp) => {
    expect(fingerprintOf(sdp)).toEqual(failure('bad-fingerprint'))
  })

  test('[PROOF-1] any character of a fingerprint that differs in one of two lines is refused', () => {
    fc.assert(
      fc.property(fc.nat({ max: 94 }), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        const line = `a=fingerprint:sha-256 ${fingerprint(1)}`
        const changed = `${line.slice(0, 22 + at)}${character}${line.slice(23 + at)}`
        fc.pre(changed.toUpperCase() !== line.toUpperCase())
        expect(fingerprintOf(sdpOf(m, line, m, changed)).ok).toBe(false)
        // Alone it is refused, or it is another fingerprint than the one that was signed.
        expect(fingerprintOf(sdpOf(m, changed))).not.toEqual({ ok: true, value: fingerprint(1) })
      }),
    )
  })
})

describe('an honest link', () => {
  test('[PROOF-4] offer, answer, restart and its answer are believed, each bound to the one before', async () => {
    const [nurse, tablet] = [await atStation(), await atBed()]
    const offer = await describeBy(nurse, 'offer', 1)
    expect(await tablet.check(offer)).toMatchObject({ ok: true, value: { label: 'Ward 4B station' } })
    const answer = await describeBy(tablet, 'answer', 2)
    expect(await nurse.check(answer)).toMatchObject({ ok: true, value: { label: 'Bed 1', bedId: 'b1' } })
    const restart = await describeBy(nurse, 'offer', 1, 2)
    expect(decodeStatement(restart.proof.statement.text)?.previous).toMatch(/^[\w-]{43}$/)
    expect(await tablet.check(restart)).toMatchObject({ ok: true })
    expect(await nurse.check(await describeBy(tablet, 'answer', 2, 2))).toMatchObject({ ok: true })
    expect([nurse.agreed(), tablet.agreed()]).toEqual([fingerprint(2), fingerprint(1)])
  })

  test('[PROOF-4] a proof fits into a frame beside the largest description', async () => {
    const { proof } = await offerBy()
    expect(JSON.stringify(proof).length).toBeLessThan(65_536 - 49_152 - 4_096)
  })
})

describe('changed on the way', () => {
  /** Every signed text and every signature of a proof, one after the other. */
  function partsOf({ statement, chain }: Proof): string[] {
    return [statement, ...chain].flatMap(({ text, signature }) => [text, signature])
  }
  function withParts(parts: string[]): Proof {
    const [statement, ...chain] = [0, 2, 4, 6].map((at) => {
      return { text: parts[at] ?? '', signature: parts[at + 1] ?? '' }
    })
    return { statement: statement ?? { text: '', signature: '' }, chain }
  }

  test('[PROOF-2] one changed character anywhere in a statement or a certificate is refused (HZ-10)', async () => {
    const offer = await offerBy()
    const parts = partsOf(offer.proof)
    const place = fc.record({
      part: fc.nat({ max: parts.length - 1 }),
      at: fc.nat(),
      character: fc.constantFrom(...'abcdefABCDEF0123456789-_":{},. é\n'),
    })
    await fc.assert(
      fc.asyncProperty(place, async ({ part, at, character }) => {
        const text = parts[part] ?? ''
        const where = at % text.length
        fc.pre(text[where] !== character)
        const changed = parts.with(part, text.slice(0, where) + character + text.slice(where + 1))
        const checked = await (await atBed()).check({ ...offer, proof: withParts(changed) })
        expect(checked.ok).toBe(false)
      }),
      { numRuns: 600 },
    )
  })

  test('[PROOF-2] the last character of a signature counts whole: another spelling of the same bytes is refused', async () => {
    const offer = await offerBy()
    const { text, signature } = offer.proof.statement
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet[alphabet.indexOf(signature.at(-1) ?? '') + 1] ?? ''
    const respelt = { text, signature: signature.slice(0, -1) + last }
    expect(Buffer.from(respelt.signature, 'base64url')).toEqual(Buffer.from(signature, 'base64url'))
    const proof = { ...offer.proof, statement: respelt }
    expect(await (await atBed()).check({ ...offer, proof })).toEqual(failure('bad-signature'))
  })

  test.each([
    ['its fingerprint', (offer: Description) => ({ ...offer, sdp: sdpWith(9) }), 'wrong-fingerprint'],
    ['its proof', (offer: Description) => ({ ...offer, proof: null }), 'no-proof'],
    [
      'two fingerprints',
      (offer: Description) => ({ ...offer, sdp: sdpWith(9) + sdpWith(1) }),
      'bad-fingerprint',
    ],
  ])('[PROOF-2] an offer with %s changed is refused', async (_what, change, name) => {
    expect(await verdict({}, {}, change)).toEqual(failure(name))
  })
})

describe('the chain', () => {
  const stranger = newOrganisation()

  test('[PROOF-3] another root is refused, also when it calls itself by the same name', async () => {
    expect(await verdict({ device: stranger.device(stationSubject) })).toEqual(failure('untrusted'))
    expect(await verdict({}, { trusted: stranger })).toEqual(failure('untrusted'))
  })

  const anyone = newSigner()
  const chains: [string, () => Device][] = [
    ['a certificate that ended', () => hospital.device(stationSubject, { lasts: -dayMs / 2 })],
    ['a device that certifies another', () => hospital.device(stationSubject, { issuer: bed.signer })],
    [
      'a device in the administrator’s place',
      () => {
        const device = hospital.device(stationSubject, { issuer: bed.signer })
        return { ...device, chain: [device.certificate, bed.certificate, hospital.rootCertificate] }
      },
    ],
    [
      'an administrator of the root’s name that the root never signed',
      () => {
        const device = hospital.device(stationSubject, { issuer: anyone })
        const admin = certifyAdmin(anyone, anyone, 'Hospital')
        return { ...device, chain: [device.certificate, admin, hospital.rootCertificate] }
      },
    ],
    [
      'a root that claims the pinned key’s id for a key of its own',
      () => {
        const root = newSigner()
        const posing = { ...root, keyId: hospital.root.keyId }
        const rootText = { ...JSON.parse(hospital.rootCertificate.text), publicKey: root.publicKey }
        const admin = certifyAdmin(posing, anyone, 'Hospital')
        const device = hospital.device(stationSubject, { issuer: anyone })
        return { ...device, chain: [device.certificate, admin, seal(root, JSON.stringify(rootText))] }
      },
    ],
    [
      'a station that the root itself signed, in the administrator’s place',
      () => {
        const { publicKey } = anyone
        const subject = { ...stationSubject, organisation: 'Hospital', publicKey }
        const desk = certify(hospital.root, subject, noonMs, dayMs)
        const device = hospital.device(stationSubject, { issuer: anyone })
        return { ...device, chain: [device.certificate, desk, hospital.rootCertificate] }
      },
    ],
    [
      'a certificate that names another issuer than the one who signed it',
      () => {
        const posing = { ...hospital.admin, keyId: hospital.root.keyId }
        return hospital.device(stationSubject, { issuer: posing })
      },
    ],
    [
      'another organisation’s certificate under this root',
      () => {
        const signer = newSigner()
        const subject = { ...stationSubject, organisation: 'Clinic', publicKey: signer.publicKey }
        const certificate = certify(hospital.admin, subject, noonMs, dayMs)
        return {
          signer,
          certificate,
          chain: [certificate, hospital.adminCertificate, hospital.rootCertificate],
        }
      },
    ],
    [
      'an administrator who calls',
      () => {
        const { admin, adminCertificate, rootCertificate } = hospital
        const chain = [adminCertificate, adminCertificate, rootCertificate]
        return { signer: admin, certificate: adminCertificate, chain }
      },
    ],
  ]
  test.each(chains)('[PROOF-3] %s is refused', async (_what, device) => {
    expect((await verdict({ device: device() })).ok).toBe(false)
  })

  test('[PROOF-3] a certificate counts from its first moment to its last, by the server’s clock', async () => {
    const device = hospital.device(stationSubject, { lasts: dayMs })
    const at = (nowMs: number) => verdict({ device, nowMs }, { nowMs })
    expect(await at(noonMs + dayMs - 1)).toMatchObject({ ok: true })
    expect(await at(noonMs + dayMs + 1)).toEqual(failure('expired-certificate'))
    const { notBeforeMs = 0 } = decodeCertificate(device.certificate.text) ?? {}
    expect(await at(notBeforeMs - dayMs)).toEqual(failure('expired-certificate'))
  })

  test('[PROOF-3] who has no certificate signs nothing and believes nothing', async () => {
    const tablet = await atBed({ device: null })
    expect(await tablet.check(await offerBy())).toEqual(failure('uncertified'))
    expect(await tablet.sign('answer', 1, sdpWith(2))).toBeNull()
  })
})

describe('replays', () => {
  test.each([
    ['another call', { callId: other }, {}, 'wrong-call'],
    ['an earlier epoch of the call', { epoch: 1 }, { epoch: 2 }, 'replayed'],
    ['a later epoch of the call', { epoch: 3 }, { epoch: 2 }, 'replayed'],
  ])('[PROOF-4] what was said in %s is refused', async (_where, said, heard, name) => {
    expect(await verdict(said, heard)).toEqual(failure(name))
  })

  test('[PROOF-4] an offer said twice, renumbered, or under another kind is refused', async () => {
    const offer = await offerBy()
    const seen = new Set<string>()
    const tablet = await atBed({ seen })
    expect((await tablet.check(offer)).ok).toBe(true)
    expect(await tablet.check(offer)).toEqual(failure('replayed'))
    expect(await (await atBed({ seen })).check(offer), 'on a fresh link of the call').toEqual(
      failure('replayed'),
    )
    expect(await (await atBed()).check({ ...offer, negotiation: 2 })).toEqual(failure('replayed'))
    expect(await (await atBed()).check({ ...offer, type: 'answer' })).toEqual(failure('replayed'))
  })

  test('[PROOF-4] an answer to another offer of the same call is refused, though nobody saw it before', async () => {
    const [first, second, tablet] = [await atStation(), await atStation(), await atBed()]
    await tablet.check(await describeBy(first, 'offer', 1))
    await describeBy(second, 'offer', 1)
    expect(await second.check(await describeBy(tablet, 'answer', 2))).toEqual(failure('replayed'))
  })

  test('[PROOF-4] an offer on a link that another key began is refused', async () => {
    const [nurse, tablet] = [await atStation(), await atBed()]
    const stranger = await notaryOf(hospital.device(stationSubject), anna, bedOne, {})
    await tablet.check(await describeBy(nurse, 'offer', 1))
    await describeBy(tablet, 'answer', 2)
    expect(await tablet.check(await describeBy(stranger, 'offer', 1, 2))).toEqual(failure('replayed'))
  })

  test('[PROOF-4] who got no answer offers anew; who has named an answer goes behind it no more', async () => {
    const [nurse, tablet] = [await atStation(), await atBed()]
    await tablet.check(await describeBy(nurse, 'offer', 1))
    await describeBy(tablet, 'answer', 2)
    const late = await describeBy(nurse, 'offer', 1, 4)
    const again = await describeBy(nurse, 'offer', 1, 2)
    expect(await tablet.check(again), 'the answer was lost').toMatchObject({ ok: true })
    await nurse.check(await describeBy(tablet, 'answer', 2, 2))
    const third = await describeBy(nurse, 'offer', 1, 3)
    expect(await tablet.check(third)).toMatchObject({ ok: true })
    expect(await tablet.check(late), 'it names what was before').toEqual(failure('replayed'))
  })

  test('[PROOF-4] a statement of one device under the chain of another is refused', async () => {
    const offer = await offerBy()
    const proof = { ...offer.proof, chain: hospital.device(stationSubject).chain }
    expect(await (await atBed()).check({ ...offer, proof })).toEqual(failure('bad-signature'))
    const said = JSON.parse(offer.proof.statement.text)
    const twin = hospital.device(stationSubject)
    const signedByTwin = { statement: seal(twin.signer, JSON.stringify(said)), chain: twin.chain }
    expect(await (await atBed()).check({ ...offer, proof: signedByTwin })).toEqual(failure('bad-signature'))
  })
})

describe('who it is', () => {
  /** The station's verdict on the answer of `device`, when its screen shows `peer`. */
  async function answerOf(device: Device, peer: Party = bedOne) {
    const nurse = await atStation({ peer })
    const me: Party = { ...bedOne, bedId: 'b1' }
    const tablet = await notaryOf(device, me, anna, {})
    const offer = await describeBy(nurse, 'offer', 1)
    const heard = await tablet.check(offer)
    if (!heard.ok) return heard
    return await nurse.check(await describeBy(tablet, 'answer', 2))
  }

  test('[PROOF-5] a call that is routed to another enrolled bed is refused there (HZ-1, HZ-10)', async () => {
    expect(await answerOf(hospital.device(bedSubject('2')))).toEqual(failure('wrong-peer'))
  })

  test('[PROOF-5] an offer to another bed is refused where it arrives', async () => {
    const tablet = await notaryOf(hospital.device(bedSubject('2')), { ...bedOne, bedId: 'b2' }, anna, {})
    expect(await tablet.check(await offerBy())).toEqual(failure('wrong-peer'))
  })

  test.each([
    ['the same', bedSubject('1'), true],
    ['another id', bedSubject('1', 'b9'), false],
    ['another label', bedSubject('2', 'b1'), false],
    ['another ward', bedSubject('1', 'b1', 'Ward 5A'), false],
    ['a station', stationSubject, false],
  ])('[PROOF-5] who is who: %s', (_what, subject, same) => {
    const certificate = decodeCertificate(hospital.device(subject).certificate.text)
    if (certificate?.kind !== 'bed' && certificate?.kind !== 'station') throw new Error('no device')
    expect(isWho(certificate, bedOne)).toBe(same)
  })

  test.each([
    ['another label', bedSubject('2', 'b1')],
    ['another ward', bedSubject('1', 'b1', 'Ward 5A')],
  ])('[PROOF-5] the bed of the screen with %s in its certificate is refused', async (_what, subject) => {
    expect(await answerOf(hospital.device(subject))).toEqual(failure('wrong-peer'))
  })

  test('[PROOF-5] a board that swaps labels or ids finds nobody', async () => {
    expect(await answerOf(bed, { ...bedOne, label: '2' })).toEqual(failure('wrong-peer'))
    expect(await answerOf(bed, { ...bedOne, bedId: 'b2' })).toEqual(failure('wrong-peer'))
    expect((await answerOf(bed)).ok).toBe(true)
  })

  test('[PROOF-5] a tablet is no station, and a station no bed', async () => {
    expect(await verdict({ device: hospital.device(bedSubject('2')) })).toEqual(failure('wrong-peer'))
    const nurse = await atStation()
    const colleague = await notaryOf(hospital.device(stationSubject), bedOne, anna, {})
    await colleague.check(await describeBy(nurse, 'offer', 1))
    expect(await nurse.check(await describeBy(colleague, 'answer', 2))).toEqual(failure('wrong-peer'))
  })

  test('[PROOF-5] an answer that was made for another caller is refused', async () => {
    const [nurse, rival, tablet] = [await atStation(), await atStation(), await atBed()]
    await describeBy(nurse, 'offer', 1)
    await tablet.check(await describeBy(rival, 'offer', 1))
    expect((await nurse.check(await describeBy(tablet, 'answer', 2))).ok).toBe(false)
  })
})

describe('time', () => {
  test('[PROOF-6] within 60 s by the server’s clock it is fresh, beyond that stale, both ways', async () => {
    for (const [skewMs, ok] of [
      [59_000, true],
      [-59_000, true],
      [61_000, false],
      [-61_000, false],
    ] as const) {
      const checked = await verdict({ nowMs: noonMs + skewMs })
      expect([skewMs, checked.ok]).toEqual([skewMs, ok])
      if (!ok) expect(checked).toEqual(failure('stale'))
    }
  })

  test('[PROOF-6] what waited for too long is not taken and ends nothing; whatever else is wrong ends the link', () => {
    for (const one of proofFailures) expect([one, endsLink(one)]).toEqual([one, one !== 'stale'])
  })
})

test.each(storyNames)(
  '[PROOF-7] what does not verify ends the call from "%s", releases everything and says so (HZ-2, HZ-10)',
  (story) => {
    const { state, effects } = playFrom(at(story), { type: 'verificationFailed', callId })
    if (!('call' in at(story))) return expect(state).toEqual(at(story))
    expect(state).toMatchObject({ type: 'ended', reason: 'verification-failed' })
    expect(effects).toContainEqual({ type: 'releaseMedia' })
    expect(sent(effects)).toEqual([{ type: 'call.end', callId, reason: 'verification-failed' }])
  },
)
