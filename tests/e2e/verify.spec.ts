/** Every attack of a server that lies, with two real browsers: not one frame of anybody's picture (HZ-10). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import * as v from 'valibot'
import type { Description } from '../../src/io/notary.ts'
import { decodeCertificate, decodeStatement, type Proof } from '../../src/protocol/proof.ts'
import type { ServerMessage } from '../../src/protocol/wire.ts'
import { certify, dayMs, newSigner, type Signer, seal, signerFrom } from '../../src/server/authority.ts'
import { fingerprint, newOrganisation } from '../fakes/organisation.ts'
import { about, nothing } from './liar.ts'
import { test } from './lied-to.ts'
import { standBetween } from './middle.ts'
import type { Server } from './server.ts'
import { bedStatus, callAndAnswer, expect } from './ward.ts'
import {
  exchangedBy,
  expectCameraOff,
  expectLivePicture,
  forgetExchanged,
  installWitness,
  mediaOf,
} from './witness.ts'

const bogus = fingerprint(7)
const line = `a=fingerprint:sha-256 ${bogus}\r\n`
const ended = (page: Page) => page.getByRole('status').filter({ hasText: 'Call ended: verification failed' })
const doubted = (page: Page) => page.getByText(/it was not certain that it was/)

async function call(station: Page, label = '1'): Promise<void> {
  await expect(bedStatus(station, label)).toHaveText('Ready')
  await station.getByRole('button', { name: `Call bed ${label}` }).click()
}

/** Not a frame, not a byte, and no camera that was ever given to a link; none is on any more. */
async function expectNothingSeen(...pages: Page[]): Promise<void> {
  for (const page of pages) {
    await expectCameraOff(page)
    expect(await exchangedBy(page)).toEqual({ frames: 0, bytes: 0, attached: 0 })
  }
}

/** Both screens say it, in words that say what to do. */
async function expectRefused(station: Page, bed: Page): Promise<void> {
  await Promise.all([expect(ended(station)).toBeVisible(), expect(doubted(bed)).toBeVisible()])
  await expect(station.getByText(/Tell your IT, go in person/)).toBeVisible()
  await expectNothingSeen(station, bed)
}

const rewrite = (change: (sdp: string) => string) => (said: Description) => ({
  ...said,
  sdp: change(said.sdp),
})
const lines = /a=fingerprint:[^\r]*\r\n/g

/** Signs what it likes with the key of `signer`, under `chain`, about the description as it is. */
function forge(said: Description, signer: Signer, chain: Proof['chain'], more = {}): Description {
  const statement = said.proof && decodeStatement(said.proof.statement.text)
  const text = JSON.stringify({ ...statement, from: signer.keyId, ...more })
  return { ...said, proof: { statement: seal(signer, text), chain } }
}

function collect(seen: Description[], said: Description): Description {
  seen.push(said)
  return said
}

/** The place of a real device in a certificate of one's own. */
function subjectOf({ proof }: Description) {
  const certificate = decodeCertificate(proof?.chain[0]?.text ?? '')
  if (certificate?.kind !== 'bed' && certificate?.kind !== 'station') throw new Error('no device')
  const {
    v: _v,
    type: _t,
    keyId: _k,
    serial: _s,
    issuer: _i,
    notBeforeMs: _b,
    notAfterMs: _a,
    ...subject
  } = certificate
  return subject
}

/** The demo administrator's own key: with it the tests make what only a real organisation could have signed. */
function adminOf(server: Server): Signer {
  const file = v.looseObject({ admin: v.string() })
  return signerFrom(
    v.parse(file, JSON.parse(readFileSync(join(server.data, 'demo-root.json'), 'utf8'))).admin,
  )
}

test('an honest call: both screens show which device signed it, before the answer and in the call', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await call(station)
  const atBed = 'Verified station: Ward 4B station · signed in as Anna Laine'
  await expect(bed.getByRole('dialog').getByText(atBed)).toBeVisible()
  await expect(station.getByText('Verified device: Bed 1, Ward 4B')).toBeVisible()
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  await expect(bed.getByText(atBed)).toBeVisible()
  await station.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
  for (const page of [station, bed]) {
    const { frames, bytes, attached } = await exchangedBy(page)
    expect([frames > 0, bytes > 0, attached > 1], 'the counters of these tests count').toEqual([
      true,
      true,
      true,
    ])
  }
})

/** What this page says and hears of calls from now on, oldest first, signals by their own type; its socket opens anew. */
async function listenIn(page: Page): Promise<string[]> {
  const said: string[] = []
  const note = ({ payload }: { payload: string | Buffer }) => {
    const { message } = v.parse(
      v.looseObject({ message: v.optional(callMessage) }),
      JSON.parse(String(payload)),
    )
    if (message?.type.startsWith('call.')) said.push(message.signal?.type ?? message.type)
  }
  page.on('websocket', (socket) => {
    socket.on('framesent', note)
    socket.on('framereceived', note)
  })
  await page.reload()
  return said
}
const callMessage = v.looseObject({
  type: v.string(),
  signal: v.optional(v.looseObject({ type: v.string() })),
})

test('from the tap to both faces nothing is negotiated and nothing proved: verifying costs no round trip @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const [atStation, atBed] = [await listenIn(station), await listenIn(bed)]
  await call(station)
  await expect(bed.getByRole('dialog').getByText('Verified station:')).toBeVisible()
  await expect(station.getByText('Verified device: Bed 1')).toBeVisible()
  for (const said of [atStation, atBed])
    expect(said.splice(0)).toEqual(expect.arrayContaining(['offer', 'answer']))
  // What is said of an address from here on was found before the tap.
  const gathering = (page: Page) => page.evaluate(() => window.witness.links.at(-1)?.iceGatheringState)
  for (const page of [station, bed]) await expect.poll(() => gathering(page)).toBe('complete')
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  // Nobody waits for each side's own word about its camera and microphone, nor for an address that is said late.
  const awaited = (said: string[]) => said.filter((type) => type !== 'media' && type !== 'candidates')
  expect(awaited(atBed)).toEqual(['call.accept', 'call.changed'])
  expect(awaited(atStation)).toEqual(['call.changed'])
})

test('device clocks ten minutes off, one each way: the call verifies all the same @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  for (const [page, minutes] of [
    [station, 10],
    [bed, -10],
  ] as const) {
    await page.addInitScript((ms) => {
      const now = Date.now
      Date.now = () => now() + ms
    }, minutes * 60_000)
    await page.reload()
  }
  await call(station)
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
})

for (const type of ['offer', 'answer'] as const) {
  const attacks: [string, (said: Description) => Description][] = [
    ['its fingerprint rewritten', rewrite((sdp) => sdp.replace(lines, line))],
    ['two fingerprints, the bogus first', rewrite((sdp) => sdp.replace(lines, (real) => line + real))],
    ['two fingerprints, the bogus last', rewrite((sdp) => sdp.replace(lines, (real) => real + line))],
    ['a bogus fingerprint at session level', rewrite((sdp) => sdp.replace('t=0 0\r\n', `t=0 0\r\n${line}`))],
    [
      'the real fingerprint at session level and bogus ones in the sections',
      rewrite((sdp) => {
        const [real = ''] = sdp.match(lines) ?? []
        return sdp.replace(lines, line).replace('t=0 0\r\n', `t=0 0\r\n${real}`)
      }),
    ],
    ['its proof taken away', (said) => ({ ...said, proof: null })],
    [
      'a signature of somebody else’s key',
      (said) =>
        forge(said, newSigner(), said.proof?.chain ?? [], {
          from: said.proof && decodeCertificate(said.proof.chain[0]?.text ?? '')?.keyId,
        }),
    ],
    [
      'its fingerprint rewritten, and a statement signed under a root of the liar’s own',
      (said) => {
        const liars = newOrganisation('Demo hospital', dayMs)
        const signer = newSigner()
        const certificate = certify(
          liars.admin,
          { ...subjectOf(said), publicKey: signer.publicKey },
          Date.now(),
          dayMs,
        )
        const chain = [certificate, liars.adminCertificate, liars.rootCertificate]
        return forge({ ...said, sdp: said.sdp.replace(lines, line) }, signer, chain, { fingerprint: bogus })
      },
    ],
  ]
  for (const [index, [what, change]] of attacks.entries()) {
    const tag = type === 'offer' && index === 0 ? '' : ' @whole'
    test(`an ${type} with ${what} is refused on both screens, and nobody is seen${tag}`, async ({
      ward,
      liar,
    }) => {
      const [station, bed] = [await ward.station(), await ward.bed()]
      liar.lie(about(type, change))
      await call(station)
      await expectRefused(station, bed)
    })
  }

  test(`an ${type} under a certificate that has ended is refused on both screens @whole`, async ({
    ward,
    liar,
  }) => {
    const [station, bed] = [await ward.station(), await ward.bed()]
    const [admin, signer] = [adminOf(ward.server), newSigner()]
    liar.lie(
      about(type, (said) => {
        const subject = { ...subjectOf(said), publicKey: signer.publicKey }
        const [, ...issuers] = said.proof?.chain ?? []
        return forge(said, signer, [certify(admin, subject, Date.now(), -1_000), ...issuers])
      }),
    )
    await call(station)
    await expectRefused(station, bed)
    const refuser = type === 'offer' ? bed : station
    await expect(refuser.getByText(/signature of the other device has ended/)).toBeVisible()
  })
}

test('a statement replayed from an earlier call is refused on both screens @whole', async ({
  ward,
  liar,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const offers: Description[] = []
  liar.lie(about('offer', (said) => collect(offers, said)))
  await call(station)
  await expect.poll(() => offers.length).toBe(1)
  await station.getByRole('button', { name: 'Cancel call' }).click()
  await expect(bed.getByRole('dialog')).toBeHidden()
  await forgetExchanged(station, bed)
  liar.lie(about('offer', (said) => offers[0] ?? said))
  await call(station)
  await expectRefused(station, bed)
})

test('a statement replayed from an earlier epoch of the same call ends it on both screens @whole', async ({
  ward,
  liar,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const offers: Description[] = []
  liar.lie(about('offer', (said) => collect(offers, said)))
  await callAndAnswer(station, bed)
  await expectLivePicture(bed, 'Staff video')
  liar.lie(about('offer', (said) => offers[0] ?? said))
  await station.reload()
  await Promise.all([expect(ended(station)).toBeVisible(), expect(doubted(bed)).toBeVisible()])
  await expectCameraOff(bed)
  await expectNothingSeen(station)
})

test('a fingerprint rewritten when a live call gets a fresh link ends it, and every camera stops', async ({
  ward,
  liar,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  liar.lie(
    about(
      'answer',
      rewrite((sdp) => sdp.replace(lines, line)),
    ),
  )
  await station.reload()
  await Promise.all([expect(ended(station)).toBeVisible(), expect(doubted(bed)).toBeVisible()])
  await expectCameraOff(bed)
  await expectNothingSeen(station)
})

test('a call misrouted to another enrolled bed is refused there and here (HZ-1)', async ({ ward, liar }) => {
  const [station, first, second] = [await ward.station(), await ward.bed('1'), await ward.bed('2')]
  const ids = new Map<string, string>()
  liar.lie({
    welcome(welcome) {
      for (const bed of welcome.snapshot?.beds ?? []) ids.set(bed.label, bed.bedId)
      return welcome
    },
    heard: (message) =>
      message.type === 'call.invite'
        ? { ...message, to: { type: 'bed', bedId: ids.get('2') ?? '' } }
        : message,
    told: (message, who) =>
      who.type === 'staff' && message.type === 'call.changed' && message.call.peer.type === 'bed'
        ? asBedOne(message, ids.get('1') ?? '')
        : message,
  })
  await station.reload()
  await call(station)
  await expectRefused(station, second)
  await expectNothingSeen(first)
})

function asBedOne(message: Extract<ServerMessage, { type: 'call.changed' }>, bedId: string): ServerMessage {
  const { call } = message
  if (call.peer.type !== 'bed') return message
  return { ...message, call: { ...call, peer: { ...call.peer, bedId, label: '1' } } }
}

test('a board that swaps two beds’ labels: the bed that answers is not the one on the screen (HZ-1) @whole', async ({
  ward,
  liar,
}) => {
  const [station, second] = [await ward.station(), await ward.bed('2')]
  const swapped = (label: string) => (label === '1' ? '2' : label === '2' ? '1' : label)
  liar.lie({
    welcome: (welcome) => {
      const beds = welcome.snapshot?.beds.map((bed) => ({ ...bed, label: swapped(bed.label) }))
      return beds && welcome.snapshot ? { ...welcome, snapshot: { ...welcome.snapshot, beds } } : welcome
    },
    told: (message, who) => {
      if (who.type === 'bed') return message
      if (message.type === 'bed.changed')
        return { ...message, bed: { ...message.bed, label: swapped(message.bed.label) } }
      if (message.type !== 'call.changed' || message.call.peer.type !== 'bed') return message
      const { call } = message
      const peer = { ...message.call.peer, label: swapped(message.call.peer.label) }
      return { ...message, call: { ...call, peer } }
    },
  })
  await station.reload()
  await call(station, '1')
  await expectRefused(station, second)
  await expect(station.getByText(/Another device answered/)).toBeVisible()
})

test('an answer under the certificate of another bed is refused on both screens @whole', async ({
  ward,
  liar,
}) => {
  const [station, first, second] = [await ward.station(), await ward.bed('1'), await ward.bed('2')]
  const chains: Proof['chain'][] = []
  liar.lie(
    about('answer', (said) => {
      if (said.proof) chains.push(said.proof.chain)
      return said
    }),
  )
  await call(station, '2')
  await expect.poll(() => chains.length).toBe(1)
  await second.getByRole('button', { name: 'Not now' }).click()
  await expect(station.getByRole('status').filter({ hasText: 'Call ended: declined' })).toBeVisible()
  await forgetExchanged(station)
  liar.lie(
    about('answer', (said) => ({ ...said, proof: said.proof && { ...said.proof, chain: chains[0] ?? [] } })),
  )
  await call(station, '1')
  await expectRefused(station, first)
})

test('a server with a root of its own vouches for the tablet’s real key: the station does not trust it @whole', async ({
  ward,
  liar,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const liars = newOrganisation('Demo hospital', dayMs)
  liar.lie({
    welcome(welcome) {
      if (!welcome.chain) return welcome
      const proof = { statement: { text: '', signature: '' }, chain: welcome.chain }
      const subject = subjectOf({ type: 'offer', negotiation: 1, sdp: '', proof })
      const certificate = certify(liars.admin, subject, Date.now(), dayMs)
      return { ...welcome, chain: [certificate, liars.adminCertificate, liars.rootCertificate] }
    },
  })
  await bed.reload()
  await call(station)
  await expectRefused(station, bed)
  await expect(station.getByText(/somebody this station does not trust/)).toBeVisible()
})

test('a liar that also hides the refusal: the end that was not told shows nobody either @whole', async ({
  ward,
  liar,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  liar.lie({
    ...about(
      'answer',
      rewrite((sdp) => sdp.replace(lines, line)),
    ),
    heard: (message) => (message.type === 'call.end' ? { ...nothing(message) } : message),
  })
  await call(station)
  await expect(ended(station)).toBeVisible()
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expect(bed.getByRole('button', { name: 'End call' })).toBeVisible()
  await expectCameraOff(station)
  await bed.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
  for (const page of [station, bed]) expect(await exchangedBy(page)).toMatchObject({ frames: 0, bytes: 0 })
})

test('a man in the middle with links of his own to both sides, and the stolen statements, sees nobody', async ({
  ward,
  liar,
  stationBrowser,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const middle = await (await stationBrowser.newContext()).newPage()
  await middle.addInitScript(installWitness)
  await middle.goto(`${ward.server.origin}/healthz`)
  liar.lie(await standBetween(middle))
  await call(station)
  await expectRefused(station, bed)
  expect(await exchangedBy(middle)).toMatchObject({ frames: 0, bytes: 0 })
  await middle.context().close()
})

/** This page's browser says that DTLS met a certificate which nobody signed for. */
async function meetStranger(page: Page): Promise<void> {
  await page.addInitScript((fingerprint) => {
    const stats = RTCPeerConnection.prototype.getStats
    RTCPeerConnection.prototype.getStats = async function () {
      const report = await stats.call(this)
      const changed = [...report].map(([id, one]) =>
        one.type === 'certificate' ? ([id, { ...one, fingerprint }] as const) : ([id, one] as const),
      )
      return new Map(changed)
    }
  }, bogus)
  await page.reload()
}

test('DTLS met another certificate than the signed one: the call ends on both screens before the answer @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await meetStranger(station)
  await meetStranger(bed)
  await call(station)
  await expectRefused(station, bed)
})

for (const one of ['station', 'bed'] as const) {
  test(`only the ${one} met another certificate than the signed one: it sends and shows nothing, and both end @whole`, async ({
    ward,
  }) => {
    const [station, bed] = [await ward.station(), await ward.bed()]
    const doubter = one === 'station' ? station : bed
    await meetStranger(doubter)
    // A tablet that begins may look whether it has a camera.
    await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
    const { opened } = await mediaOf(bed)
    await call(station)
    await Promise.all([expect(ended(station)).toBeVisible(), expect(doubted(bed)).toBeVisible()])
    await Promise.all([expectCameraOff(station), expectCameraOff(bed)])
    expect((await exchangedBy(doubter)).attached).toBe(0)
    expect((await mediaOf(bed)).opened, 'the tablet opened nothing that could be sent').toBe(opened)
  })
}

test('a browser that cannot say which certificate DTLS met is not believed: the call ends on both screens @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await station.addInitScript(() => {
    const stats = RTCPeerConnection.prototype.getStats
    RTCPeerConnection.prototype.getStats = async function () {
      return new Map([...(await stats.call(this))].filter(([, one]) => one.type !== 'certificate'))
    }
    Reflect.deleteProperty(RTCDtlsTransport.prototype, 'getRemoteCertificates')
  })
  await station.reload()
  await call(station)
  await Promise.all([expect(ended(station)).toBeVisible(), expect(doubted(bed)).toBeVisible()])
  await Promise.all([expectCameraOff(station), expectCameraOff(bed)])
  expect((await exchangedBy(station)).attached).toBe(0)
})
