/** Valid frames of every kind, by chance: what the fuzzers spoil, and what must always be let in. */

import { endReasons } from '../../src/protocol/call.ts'
import { linkWays, longestMs } from '../../src/protocol/call-figures.ts'
import { callOutcomes } from '../../src/protocol/call-outcome.ts'
import { relayWays } from '../../src/protocol/ice.ts'
import { guestKinds } from '../../src/protocol/people.ts'
import { protocolVersion } from '../../src/protocol/primitives.ts'
import { requestEnds, requestReasons } from '../../src/protocol/request.ts'
import { visitEnds } from '../../src/protocol/visit-messages.ts'
import { between, type Chance, pick } from './prng.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const idLetters = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-']
const nameLetters = [...'AnnaÅsaÑu 李明 Мария محمد 👩‍⚕️ O’Neill-Ž']
const serversOwn = ['busy', 'rung-too-often', 'taken-elsewhere', 'overridden', 'table-full']
const claimable = endReasons.filter((reason) => !serversOwn.includes(reason))

function text(chance: Chance, letters: readonly string[], longest: number): string {
  const length = chance() < 0.05 ? longest : between(chance, 1, Math.min(longest, 24))
  let written = ''
  while (written.length < length) written += pick(chance, letters)
  return written.slice(0, longest)
}

const id = (chance: Chance) => text(chance, idLetters, 64)
const name = (chance: Chance) => text(chance, nameLetters, 80)
const flag = (chance: Chance) => chance() < 0.5
const counter = (chance: Chance) => pick(chance, [0, 1, between(chance, 0, 1_000), Number.MAX_SAFE_INTEGER])
const milliseconds = (chance: Chance) =>
  pick(chance, [0, 0.5, between(chance, 0, 60_000), 1_763_805_600_000, 8.64e15])
const callMode = (chance: Chance) => pick(chance, ['ring', 'knock'])
const several = <T>(chance: Chance, most: number, make: (chance: Chance) => T): T[] =>
  Array.from({ length: between(chance, 0, most) }, () => make(chance))

function staff(chance: Chance): Json {
  return { type: 'staff', staffId: id(chance), name: name(chance), role: pick(chance, ['nurse', 'doctor']) }
}

function carer(chance: Chance): Json {
  const person = { type: 'staff', staffId: id(chance), name: name(chance), role: 'nurse' }
  return flag(chance) ? person : { ...person, untilMs: milliseconds(chance) }
}

function bed(chance: Chance): Json {
  return { type: 'bed', bedId: id(chance), label: pick(chance, ['1', '12A', 'B-7']), ward: name(chance) }
}

const party = (chance: Chance): Json => pick(chance, [staff, bed, guest])(chance)

function deviceTest(chance: Chance): Json {
  return {
    camera: pick(chance, ['works', 'denied', 'missing', 'taken', 'skipped']),
    microphone: pick(chance, ['heard', 'silent', 'denied', 'skipped']),
    speaker: pick(chance, ['heard', 'not-heard', 'skipped']),
    ways: pick(chance, [{}, { udp: 'open', tls: 'closed' }]),
    downKbps: pick(chance, [null, counter(chance)]),
    upKbps: pick(chance, [null, counter(chance)]),
    browser: name(chance),
  }
}

function visitYours(chance: Chance): Json {
  return {
    state: pick(chance, ['ahead', 'waiting', 'called', 'again']),
    startMs: milliseconds(chance),
    endMs: milliseconds(chance),
    zone: pick(chance, ['Europe/Helsinki', 'UTC']),
    before: counter(chance),
    notes: several(chance, 5, () => ({
      noteId: id(chance),
      atMs: milliseconds(chance),
      by: name(chance),
      said: pick(chance, [
        { type: 'late', minutes: 10 },
        { type: 'text', text: name(chance).trim() || 'x' },
      ]),
    })),
    phone: pick(chance, [null, '+358 9 471 1']),
  }
}

function callView(chance: Chance): Json {
  return {
    callId: id(chance),
    epoch: counter(chance),
    phase: pick(chance, ['ringing', 'accepted']),
    mode: callMode(chance),
    part: pick(chance, ['caller', 'callee']),
    peer: party(chance),
    stay: pick(chance, [null, counter(chance)]),
    remainingMs: milliseconds(chance),
    ...(flag(chance) ? {} : { override: override(chance) }),
    ...(flag(chance) ? {} : { softly: 'yes' }),
    ...(flag(chance) ? {} : { table: table(chance) }),
    ...(flag(chance) ? {} : { duty: name(chance) }),
  }
}

function table(chance: Chance): Json {
  return {
    tableId: id(chance),
    joins: pick(chance, ['caller', 'callee']),
    by: party(chance),
    ...(flag(chance) ? {} : { bed: bed(chance) }),
  }
}

function guest(chance: Chance): Json {
  return { type: 'guest', guestId: id(chance), name: name(chance), kind: pick(chance, [...guestKinds]) }
}

function report(chance: Chance): Json {
  return {
    sound: pick(chance, ['on', 'blocked']),
    knock: flag(chance),
    privacyUntilMs: pick(chance, [null, milliseconds(chance)]),
    cleanEpoch: pick(chance, [null, counter(chance)]),
    ...(flag(chance) ? { power: pick(chance, ['mains', 'battery']) } : {}),
    ...(flag(chance) ? { ways: ways(chance) } : {}),
  }
}

function health(chance: Chance): Json {
  const allowed = () => pick(chance, ['granted', 'denied', 'prompt', 'unknown'])
  return {
    build: pick(chance, [null, '0123456789ab']),
    camera: allowed(),
    microphone: allowed(),
    awake: pick(chance, ['held', 'lost', 'unsupported']),
    battery: pick(chance, [null, { percent: between(chance, 0, 100), isCharging: flag(chance) }]),
    storage: pick(chance, [null, { isKept: flag(chance), usedMegabytes: 1, quotaMegabytes: 9000 }]),
    clockMs: milliseconds(chance),
  }
}

function ways(chance: Chance): Json {
  const state = () => pick(chance, ['open', 'closed'])
  return {
    ...(flag(chance) ? { udp: state() } : {}),
    ...(flag(chance) ? { tcp: state() } : {}),
    ...(flag(chance) ? { tls: state() } : {}),
  }
}

const minute = (chance: Chance) => pick(chance, [0, 1439, between(chance, 0, 1439)])

function wishes(chance: Chance): Json {
  const someone = pick(chance, ['representative', 'best-interests'])
  return {
    language: pick(chance, [null, 'fi', 'sv-FI']),
    textSize: pick(chance, [100, 125, 150, 200]),
    hearing: pick(chance, ['well', 'hard-of-hearing', 'deaf']),
    sight: pick(chance, ['well', 'low', 'blind']),
    answer: pick(chance, ['ring', 'knock', 'knock-by-day', 'in-person']),
    quiet: flag(chance) ? null : { fromMinute: minute(chance), untilMinute: minute(chance) },
    visits: flag(chance) ? null : { fromMinute: minute(chance), untilMinute: minute(chance) },
    roommates: pick(chance, ['told', 'not-told']),
    consent: flag(chance)
      ? { type: pick(chance, ['patient', 'none']) }
      : { type: someone, name: name(chance) },
  }
}

function stay(chance: Chance): Json {
  return { epoch: counter(chance), admissionId: flag(chance) ? null : id(chance) }
}

const patient = (chance: Chance): Json => ({ name: name(chance), born: '1956-02-29', number: '943 476 5919' })

function bedView(chance: Chance): Json {
  return {
    bedId: id(chance),
    label: '12A',
    patient: flag(chance) ? null : patient(chance),
    stay: stay(chance),
    wishes: pick(chance, [null, wishes(chance)]),
    cleanEpoch: counter(chance),
    tablet: pick(chance, ['none', 'waiting', 'bound', 'cloned', 'lost', 'astray']),
    state: pick<Json>(chance, [
      { type: 'ready' },
      { type: 'ringing', with: name(chance) },
      { type: 'in-call', with: name(chance) },
      { type: 'offline', sinceMs: milliseconds(chance) },
    ]),
    report: flag(chance) ? null : report(chance),
    carers: several(chance, 2, staff),
    ...(flag(chance) ? { override: 'allowed' } : {}),
    ...(flag(chance) ? { room: 'B 3' } : {}),
    ...(flag(chance) ? { area: 'Ward 4A' } : {}),
    ...(flag(chance) ? { family: 'wished' } : {}),
    ...(flag(chance) ? { identity: 'unverified' } : {}),
    ...(flag(chance) ? { awaySinceMs: milliseconds(chance) } : {}),
  }
}

function sdp(chance: Chance): string {
  const line = 'a=candidate:1 1 udp 2122260223 192.0.2.7 54321 typ host\r\n'
  return `v=0\r\no=- 46117 2 IN IP4 127.0.0.1\r\n${line.repeat(between(chance, 0, chance() < 0.01 ? 800 : 12))}`
}

function sealed(chance: Chance): Json {
  return { text: `{"v":1,"atMs":${milliseconds(chance)}}`, signature: 'A'.repeat(86) }
}

function chain(chance: Chance): Json {
  const three = [sealed(chance), sealed(chance), sealed(chance)]
  return flag(chance) ? three : [...three, sealed(chance)]
}

function proof(chance: Chance): Json {
  return flag(chance) ? null : { statement: sealed(chance), chain: chain(chance) }
}

function candidate(chance: Chance): Json {
  return {
    candidate: `candidate:${between(chance, 0, 9)} 1 udp 2122260223 192.0.2.7 54321 typ host`,
    sdpMid: pick(chance, [null, '0', 'audio']),
    sdpMLineIndex: pick(chance, [null, 0, 1, 32]),
  }
}

function signal(chance: Chance): Json {
  const negotiation = counter(chance)
  return pick<() => Json>(chance, [
    () => ({ type: 'offer', negotiation, sdp: sdp(chance), proof: proof(chance) }),
    () => ({ type: 'answer', negotiation, sdp: sdp(chance), proof: proof(chance) }),
    () => ({
      type: 'candidates',
      negotiation,
      candidates: [candidate(chance), ...several(chance, 3, candidate)],
    }),
    () => ({ type: 'renegotiate' }),
    () => ({ type: 'restart' }),
    () => ({ type: 'media', camera: flag(chance), microphone: flag(chance) }),
    () => ({ type: 'media', camera: true, microphone: flag(chance), held: 'yes' }),
    () => ({ type: 'media', camera: true, microphone: true, sharp: 'yes' }),
    () => ({ type: 'inspect', wanted: pick(chance, ['sharp', 'usual']) }),
  ])()
}

function callSignal(chance: Chance): Json {
  return { type: 'call.signal', callId: id(chance), epoch: counter(chance), signal: signal(chance) }
}

function figures(chance: Chance): Json {
  const duration = () => pick(chance, [0, between(chance, 0, 600_000), longestMs])
  return {
    setUpMs: pick(chance, [null, duration()]),
    reconnections: pick(chance, [0, between(chance, 0, 20), 10_000]),
    goodMs: duration(),
    weakMs: duration(),
    lostMs: duration(),
    way: pick(chance, [null, ...linkWays]),
    over: pick(chance, [null, ...relayWays]),
  }
}

export function clientMessage(chance: Chance): Json {
  const callId = id(chance)
  return pick<() => Json>(chance, [
    () => ({
      type: 'call.invite',
      callId,
      to: pick(chance, [
        { type: 'bed', bedId: id(chance) },
        { type: 'staff', staffId: id(chance) },
        { type: 'duty', dutyId: id(chance) },
        { type: 'visitor', visitId: id(chance) },
        { type: 'family' },
      ]),
      mode: callMode(chance),
      stay: pick(chance, [null, counter(chance)]),
      expiresAtMs: milliseconds(chance),
      ...(flag(chance) ? { softly: 'yes' } : {}),
      ...(flag(chance) ? { tableId: id(chance) } : {}),
    }),
    () => ({
      type: 'guest.vouch',
      guestId: id(chance),
      certificate: sealed(chance),
      seal: 'A'.repeat(43),
    }),
    () => ({ type: 'guest.refuse', guestId: id(chance) }),
    () => ({ type: 'visit.tested', test: deviceTest(chance) }),
    () => ({ type: 'visit.leave' }),
    () => ({ type: 'family.ask' }),
    () => ({ type: 'family.wish', guestId: id(chance), name: 'Maria' }),
    () => ({ type: 'family.remove', guestId: id(chance) }),
    () => ({ type: 'call.accept', callId }),
    () => ({ type: 'call.end', callId, reason: pick(chance, claimable) }),
    () => ({ type: 'call.take', callId }),
    () => ({ type: 'call.relink', callId, epoch: counter(chance) }),
    () => callSignal(chance),
    () => ({ type: 'bed.report', report: report(chance) }),
    () => ({ type: 'tablet.health', health: health(chance) }),
    () => ({
      type: 'update.failed',
      build: '0123456789ab',
      number: counter(chance),
      why: pick(chance, ['files', 'not-ready']),
    }),
    () => ({ type: 'settings.tried', outcome: pick(chance, ['opened', 'refused']) }),
    () => ({ type: 'bed.leave' }),
    () => ({ type: 'ledger.ask' }),
    () => ({
      type: 'call.override',
      callId: id(chance),
      bedId: id(chance),
      mode: pick(chance, ['ring', 'knock']),
      stay: counter(chance),
      expiresAtMs: milliseconds(chance),
      override: override(chance),
    }),
    () => ({ type: 'call.figures', callId: id(chance), figures: figures(chance) }),
    () => ({ type: 'call.outcome', callId: id(chance), outcome: pick(chance, callOutcomes) }),
    () => ({ type: 'sound.check', bedId: id(chance) }),
    () => ({
      type: 'scan.shared',
      callId: id(chance),
      shareId: id(chance),
      digest: 'ab'.repeat(32),
      files: 60,
      patientNumber: pick(chance, [null, 'DEMO-1']),
    }),
    () => ({ type: 'scan.seen', callId: id(chance), shareId: id(chance) }),
    () => ({ type: 'scan.ended', callId: id(chance), shareId: id(chance) }),
    () => ({
      type: 'admission.admit',
      actId: id(chance),
      admissionId: id(chance),
      bedId: id(chance),
      patient: patient(chance),
      wishes: wishes(chance),
    }),
    () => ({
      type: 'admission.swap',
      actId: id(chance),
      admissionId: id(chance),
      withAdmissionId: id(chance),
    }),
    () => ({
      type: 'admission.wish',
      actId: id(chance),
      admissionId: id(chance),
      wishes: wishes(chance),
    }),
    () => ({
      type: 'admission.away',
      actId: id(chance),
      admissionId: id(chance),
      now: pick(chance, ['away', 'back']),
    }),
    () => ({ type: 'admission.move', actId: id(chance), admissionId: id(chance), bedId: id(chance) }),
    () => ({
      type: 'admission.discharge',
      actId: id(chance),
      admissionId: id(chance),
      born: '1956-02-29',
      number: '943 476 5919',
    }),
    () => ({
      type: 'request.make',
      requestId: id(chance),
      reason: pick(chance, requestReasons),
      stay: counter(chance),
      expiresAtMs: milliseconds(chance),
    }),
    () => ({
      type: pick(
        chance,
        ['take-back', 'here', 'sounds', 'see', 'done'].map((what) => `request.${what}`),
      ),
      requestId: id(chance),
    }),
    () => ({ type: 'request.silent' }),
    () => ({ type: 'request.come', requestId: id(chance), inMinutes: pick(chance, [0, 5, 15]) }),
  ])()
}

function requestView(chance: Chance): Json {
  const by = flag(chance) ? null : name(chance)
  return {
    requestId: id(chance),
    bedId: id(chance),
    label: '12A',
    stay: counter(chance),
    reason: pick(chance, requestReasons),
    madeMs: milliseconds(chance),
    state: pick<Json>(chance, [
      { type: 'reaching' },
      { type: 'sent' },
      { type: 'unheard' },
      { type: 'seen', by, atMs: milliseconds(chance) },
      { type: 'coming', by, inMinutes: 5, untilMs: milliseconds(chance) },
      { type: 'overdue', by, untilMs: milliseconds(chance) },
      { type: 'ended', how: pick(chance, requestEnds) },
    ]),
    alarm: pick(chance, ['none', 'first', 'again', 'ward']),
  }
}

function override(chance: Chance): Json {
  return {
    over: pick(chance, ['privacy', 'quiet']),
    why: pick(chance, ['worried', 'other']),
    words: text(chance, idLetters, 300).padEnd(10, '.'),
  }
}

function ledgerYours(chance: Chance): Json {
  const line = () => ({
    id: id(chance),
    atMs: milliseconds(chance),
    how: pick(chance, ['rang', 'knocked', 'overrode', 'rang-out', 'scan', 'copy']),
    who: name(chance),
    role: pick(chance, [null, 'nurse', 'admin']),
    override: pick(chance, [null, override(chance)]),
    cameOut: pick<Json>(chance, [
      { type: 'goes-on' },
      { type: 'talked', lastedMs: milliseconds(chance) },
      { type: pick(chance, ['copied', 'copy-gone']), opened: counter(chance) },
      { type: 'ended', reason: pick(chance, endReasons) },
    ]),
  })
  return { type: 'ledger.yours', stay: counter(chance), lines: several(chance, 3, line), more: flag(chance) }
}

function relative(chance: Chance): Json {
  const lastMs = flag(chance) ? null : milliseconds(chance)
  return {
    guestId: id(chance),
    name: name(chance),
    state: pick(chance, ['wished', 'invited', 'came']),
    lastMs,
  }
}

export function serverMessage(chance: Chance): Json {
  const callId = id(chance)
  return pick<() => Json>(chance, [
    () => ({ type: 'call.relays', relays: relays(chance) }),
    () => ({
      type: 'family.yours',
      stay: counter(chance),
      relatives: several(chance, 3, relative),
      hours: null,
    }),
    () => ({ type: 'call.changed', call: callView(chance) }),
    () => ({
      type: 'guest.waiting',
      guest: guest(chance),
      tableId: id(chance),
      publicKey: 'A'.repeat(122),
      seal: 'A'.repeat(43),
    }),
    () => ({ type: 'guest.admitted', chain: chain(chance), seal: 'A'.repeat(43) }),
    () => ({ type: 'guest.refused' }),
    () => ({ type: 'visits.news' }),
    () => ({ type: 'visit.yours', visit: visitYours(chance) }),
    () => ({ type: 'visit.over', why: pick(chance, visitEnds), by: pick(chance, [null, staff(chance)]) }),
    () => ({ type: 'visit.vouched', chain: chain(chance) }),
    () => ({
      type: 'call.ended',
      callId,
      reason: pick(chance, endReasons),
      by: pick(chance, ['me', 'peer', 'server']),
    }),
    () => ({ type: 'call.glare', callId, call: callView(chance) }),
    () => ({ type: 'call.elsewhere', call: pick(chance, [null, { callId, peer: party(chance) }]) }),
    () => callSignal(chance),
    () => ({ type: 'bed.changed', bed: bedView(chance) }),
    () => ({ type: 'duty.news' }),
    () => ({ type: 'copies.changed' }),
    () => ({
      type: 'admission.answered',
      actId: id(chance),
      refusal: pick(chance, [null, 'bed-taken', 'already-admitted', 'wrong-identifiers']),
    }),
    () => ledgerYours(chance),
    () => ({ type: 'sound.play' }),
    () => ({
      type: 'staff-code.changed',
      check: { salt: 'c2FsdA', rounds: counter(chance), hash: 'A'.repeat(43) },
    }),
    () => ({
      ...{ type: 'update.offer', build: '0123456789ab', number: counter(chance) },
      ...{ idleMs: milliseconds(chance), readyMs: milliseconds(chance) },
    }),
    () => ({ type: 'stay.changed', stay: stay(chance), wishes: pick(chance, [null, wishes(chance)]) }),
    () => ({ type: 'tablet.whereabouts', digits: pick(chance, [null, '012345']) }),
    () => ({ type: 'chain.changed', chain: chain(chance) }),
    () => ({ type: 'access.changed', access: access(chance), beds: several(chance, 3, bedView) }),
    () => ({ type: 'ward.visited', visitor: visitor(chance) }),
    () => ({ type: 'request.list', requests: several(chance, 3, requestView) }),
    () => ({ type: 'request.changed', request: requestView(chance) }),
    () => ({
      type: 'request.refused',
      requestId: id(chance),
      why: pick(chance, ['late', 'stay', 'open-already']),
    }),
  ])()
}

export function clientFrame(chance: Chance): Json {
  if (chance() < 0.1) return { type: 'ping', ack: counter(chance) }
  return { seq: counter(chance), ack: counter(chance), message: clientMessage(chance) }
}

export function hello(chance: Chance): Json {
  const common = {
    type: 'hello',
    version: protocolVersion,
    resume: flag(chance) ? null : { sessionId: id(chance), received: counter(chance) },
    claims: several(chance, 4, (each) => ({ callId: id(each), epoch: counter(each) })),
  }
  if (flag(chance)) return { ...common, client: 'station', tabId: id(chance) }
  const signature = text(chance, idLetters, 128)
  if (flag(chance)) return { ...common, client: 'guest', guestId: id(chance), signature }
  return {
    ...common,
    client: 'bed',
    deviceId: id(chance),
    signature,
    counter: counter(chance),
    report: report(chance),
  }
}

function iceServer(chance: Chance): Json {
  const urls = several(chance, 2, () => 'turn:turn.example.org:3478?transport=udp')
  return { urls, username: '1763805600:call:9f3c', credential: 'c2VjcmV0' }
}

function access(chance: Chance): Json {
  const wardId = id(chance)
  return pick<() => Json>(chance, [
    () => ({ type: 'own' }),
    () => ({ type: 'none' }),
    () => ({ type: 'foreign', wardId, mayBreak: flag(chance) }),
    () => ({ type: 'broken', wardId, untilMs: milliseconds(chance) }),
  ])()
}

function visitor(chance: Chance): Json {
  const untilMs = flag(chance) ? null : milliseconds(chance)
  return { glassId: id(chance), name: name(chance), role: 'nurse', untilMs }
}

function relays(chance: Chance): Json {
  const only = flag(chance) ? { only: 'relay' } : {}
  return { callId: id(chance), iceServers: several(chance, 2, iceServer), ...only }
}

function timings(chance: Chance): Json {
  const names = [
    'inviteMs',
    'ringMs',
    'knockMs',
    'relinkMs',
    'connectMs',
    'rebuildMs',
    'restartMs',
    'reconnectMs',
    'untouchedMs',
    'stillMs',
    'privacyMinuteMs',
    'astrayMs',
    'askMs',
    'unseenMs',
    'wardMs',
    'comeNowMs',
    'minuteMs',
  ]
  return Object.fromEntries(names.map((timing) => [timing, milliseconds(chance)]))
}

function welcome(chance: Chance): Json {
  return {
    type: 'welcome',
    sessionId: id(chance),
    resumed: flag(chance),
    received: counter(chance),
    serverTimeMs: milliseconds(chance),
    demo: flag(chance),
    ward: name(chance),
    me: party(chance),
    stay: flag(chance) ? null : stay(chance),
    wishes: pick(chance, [null, wishes(chance)]),
    zone: pick(chance, ['UTC', 'Europe/Helsinki']),
    carers: several(chance, 2, carer),
    counter: pick(chance, [null, counter(chance)]),
    timings: timings(chance),
    access: access(chance),
    relays: several(chance, 2, relays),
    ...(flag(chance)
      ? { relayUrls: several(chance, 3, () => `turn:relay.example:${between(chance, 1, 65_535)}`) }
      : {}),
    chain: flag(chance) ? null : chain(chance),
    snapshot: flag(chance)
      ? null
      : { beds: several(chance, 3, bedView), calls: several(chance, 2, callView) },
  }
}

export function serverFrame(chance: Chance): Json {
  const luck = chance()
  if (luck < 0.1) return { type: 'challenge', nonce: text(chance, idLetters, 64) }
  if (luck < 0.2) return { type: 'pong', ack: counter(chance) }
  if (luck < 0.35) return welcome(chance)
  return { seq: counter(chance), ack: counter(chance), message: serverMessage(chance) }
}
