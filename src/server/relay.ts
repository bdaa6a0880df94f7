/** What endpoints say, once they are in: acts go to the switchboard, signals to the other end of the call. */
import { actionOf, may } from '../core/permissions.ts'
import { addressOf } from '../core/proof.ts'
import { bedEndpoint, endpointsOf, partOf, sameParty } from '../core/switchboard-parties.ts'
import type { EndpointId } from '../core/switchboard-state.ts'
import type { CallOverride } from '../protocol/call-override.ts'
import type { BedReport, Party, Stay } from '../protocol/people.ts'
import type { TabletHealth } from '../protocol/tablet-health.ts'
import { type ClientMessage, closeCode } from '../protocol/wire.ts'
import type { Admissions } from './admissions.ts'
import { auditNowhere, auditOutcome } from './audit/calls.ts'
import { ledgerOf } from './audit/mine.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import type { BoardNews } from './board-news.ts'
import { createBuckets } from './buckets.ts'
import { recordFigures } from './call-figures.ts'
import type { Duties } from './duties.ts'
import type { Family } from './family/family.ts'
import type { Guests } from './guests.ts'
import { findPast } from './ledger.ts'
import type { Limits } from './limits.ts'
import type { Metrics } from './metrics.ts'
import type { Queue } from './queue.ts'
import type { Requests } from './requests.ts'
import type { Rollouts } from './rollouts.ts'
import type { ScanShares } from './scan-shares.ts'
import { type Session, type Sessions, tell, tellText } from './session.ts'
import type { Shifts } from './shifts.ts'
import type { Db } from './store/store.ts'
import type { Switching } from './switching.ts'
import { keepHealth } from './tablet-health.ts'
import type { TabletSettings } from './tablet-settings.ts'
import type { Visits } from './visits/visits.ts'
import { takeReport, type Ward } from './ward.ts'

type Invite = Extract<ClientMessage, { type: 'call.invite' }>
type Figures = Extract<ClientMessage, { type: 'call.figures' }>
type Outcome = Extract<ClientMessage, { type: 'call.outcome' }>
type Signal = Extract<ClientMessage, { type: 'call.signal' }>

export type RelayParts = {
  readonly db: Db
  readonly ward: Ward
  readonly limits: Limits
  readonly now: () => number
  readonly queue: Queue
  readonly sessions: Sessions
  readonly switching: Switching
  readonly news: BoardNews
  readonly admissions: Admissions
  readonly shifts: Pick<Shifts, 'change'>
  readonly duties: Pick<Duties, 'rung'>
  readonly requests: Requests
  readonly guests: Pick<Guests, 'vouch' | 'refuse'>
  readonly visits: Pick<Visits, 'calleeFor' | 'hear'>
  readonly family: Pick<Family, 'bedFor' | 'hear'>
  readonly scanShares: Pick<ScanShares, 'hear'>
  readonly rollouts: Pick<Rollouts, 'failed' | 'heard'>
  readonly settings: Pick<TabletSettings, 'hear'>
  /** Null: nobody reads any. */
  readonly metrics: Pick<Metrics, 'told'> | null
}

export type Relay = ReturnType<typeof createRelay>

export function createRelay(parts: RelayParts) {
  const { db, ward, now, queue, sessions, switching, news, admissions, shifts } = parts
  const { duties, requests, guests, visits, family, scanShares, metrics, rollouts, settings } = parts
  const rings = createBuckets(parts.limits.rings)

  function isAllowed({ actor }: Session, message: ClientMessage): boolean {
    return may(actor, actionOf(message), ward.wardId, now())
  }

  async function handle(session: Session, message: ClientMessage): Promise<void> {
    const from = session.endpoint
    if (!isAllowed(session, message)) return await forbid(session, message)
    const closed = session.isLocked ? 'locked' : session.expiresMs <= now() ? 'signed-out' : null
    if (closed !== null && !staysOpen(message, closed)) return await hold(session, message, closed)
    switch (message.type) {
      case 'call.invite':
        return await invite(session, message)
      case 'call.override': {
        const { bedId, override, ...rest } = message
        const to = { type: 'bed', bedId } as const
        return await invite(session, { ...rest, type: 'call.invite', to }, override)
      }
      case 'call.accept':
        return await switching.dispatch({ type: 'accepted', from, callId: message.callId })
      case 'call.end': {
        const { callId, reason } = message
        return await switching.dispatch({ type: 'ended', from, callId, reason })
      }
      case 'call.take':
        return await switching.dispatch({ type: 'taken', from, callId: message.callId })
      case 'call.relink': {
        const { callId, epoch } = message
        return await switching.dispatch({ type: 'relinked', from, callId, epoch })
      }
      case 'call.signal':
        return relaySignal(session, message)
      case 'call.outcome':
        return await noteOutcome(session.party, message)
      case 'call.figures':
        return await keepFigures(from, message)
      case 'bed.report':
        return await setReport(session.party, message.report)
      case 'tablet.health':
        return await takeHealth(session.party, message.health)
      case 'update.failed':
        return await rollouts.failed(session.party, message)
      case 'settings.tried':
      case 'bed.leave':
        return await settings.hear(session.party, message)
      case 'ledger.ask':
        return await tellLedger(session)
      case 'admission.admit':
      case 'admission.move':
      case 'admission.swap':
      case 'admission.wish':
      case 'admission.away':
      case 'admission.discharge':
        return await admissions.perform(session, message)
      case 'care.take':
        return await takeBeds(session.party, message.bedIds)
      case 'request.make':
      case 'request.take-back':
      case 'request.here':
      case 'request.sounds':
      case 'request.silent':
      case 'request.see':
      case 'request.come':
      case 'request.done':
        return await requests.hear(session, message)
      case 'scan.shared':
      case 'scan.seen':
      case 'scan.ended':
        return await scanShares.hear(switching.board(), session, message)
      case 'guest.vouch':
        return await guests.vouch(session, message)
      case 'guest.refuse':
        return await guests.refuse(session, message.guestId)
      case 'visit.tested':
      case 'visit.leave':
        return await visits.hear(session, message)
      case 'family.ask':
      case 'family.wish':
      case 'family.remove':
        return await family.hear(session, message)
      case 'sound.check':
        return checkSound(session.party, message.bedId)
    }
  }

  /** No screen of ours offers what the table does not allow: whoever says it is sent away, and it is written down. */
  async function forbid(session: Session, message: ClientMessage): Promise<void> {
    const agent = agentOfParty(session.party)
    await recordAct(db, now(), { action: 'forbidden', outcome: 'refused', agent, detail: actionOf(message) })
    session.socket?.close(closeCode.forbidden, 'not allowed')
  }

  /** It was pressed as the screen locked or the shift's sign-in ran out: nothing is broken, and nothing begins. */
  async function hold(session: Session, message: ClientMessage, detail: string): Promise<void> {
    const agent = agentOfParty(session.party)
    await recordAct(db, now(), { action: 'forbidden', outcome: 'refused', agent, detail })
    if (message.type === 'call.invite' || message.type === 'call.override')
      switching.tellEnded({ to: session.endpoint, callId: message.callId, reason: 'cancelled', by: 'me' })
  }

  async function invite(
    session: Session,
    { callId, to, mode, stay, expiresAtMs, softly, tableId }: Invite,
    override?: CallOverride,
  ): Promise<void> {
    const duty = to.type === 'duty' ? duties.rung(to.dutyId) : undefined
    const callee = calleeOf(to, session) ?? duty?.holders.find((one) => !sameParty(one, session.party))
    // Nobody there, nobody before its Start (ALIVE-6), or one patient ringing another: only staff may ring a bed.
    if (!callee || isBeforeStart(callee) || (callee.type === 'bed' && session.party.type === 'bed')) {
      await auditNowhere(db, { callId, caller: session.party, callee: callee ?? null, mode }, now())
      return switching.tellEnded({ to: session.endpoint, callId, reason: 'device-unready', by: 'server' })
    }
    const isPast = (await findPast(db, callId)) !== null
    const isNew = !isPast && !switching.board().calls.has(callId)
    if (isNew && isPestering(session.party, duty?.dutyId ?? idOf(callee)))
      return await refuseRing(session, callId, callee)
    await switching.dispatch({
      type: 'invited',
      from: session.endpoint,
      callId,
      to: callee,
      mode: isAway(callee) ? 'ring' : mode,
      stay: stayIn(callee, session.party),
      // Family are shown no stay: their link is of one.
      seenEpoch: to.type === 'family' ? (stayIn(callee)?.epoch ?? null) : stay,
      nowMs: now(),
      expiresAtMs,
      door: override ? overriddenDoor(callee, override) : doorOf(callee),
      ...(override && { override }),
      ...(softly && { softly }),
      ...(tableId !== undefined && { tableId }),
      ...(duty && { duty }),
      isPast,
    })
  }

  function calleeOf(to: Invite['to'], from: Session): Party | undefined {
    if (to.type === 'visitor') return visits.calleeFor(to.visitId, from)
    if (to.type === 'family') return family.bedFor(from.party)?.party
    if (to.type === 'bed') return ward.beds.get(to.bedId)?.party
    return to.type === 'staff' ? ward.staff.get(to.staffId) : undefined
  }

  function isBeforeStart(callee: Party): boolean {
    return callee.type === 'bed' && ward.beds.get(callee.bedId)?.report?.start === 'waits'
  }

  /** [ADMIT-17] A camera that opens by itself would show whoever else is in the room (HZ-3). */
  function isAway(callee: Party): boolean {
    return callee.type === 'bed' && (ward.beds.get(callee.bedId)?.awaySinceMs ?? null) !== null
  }

  /** One caller at one callee: a colleague of theirs, and another bed, are not touched. */
  function isPestering(caller: Party, callee: string): boolean {
    return rings.take(`${idOf(caller)} ${callee}`, now()) > 0
  }

  async function refuseRing(session: Session, callId: string, callee: Party): Promise<void> {
    const agent = agentOfParty(session.party)
    const detail = 'rung-too-often' as const
    await recordAct(db, now(), {
      action: 'call-invited',
      outcome: 'refused',
      agent,
      detail,
      peer: agentOfParty(callee),
      patient: stayIn(callee, session.party)?.admissionId ?? null,
      entity: { type: 'call', id: callId },
    })
    switching.tellEnded({ to: session.endpoint, callId, reason: detail, by: 'server' })
  }

  /** Passed on only between the ends of a call that goes on, under its present epoch; else it is late or foreign. */
  function relaySignal(session: Session, message: Signal): void {
    const board = switching.board()
    const call = board.calls.get(message.callId)
    if (!call || call.epoch !== message.epoch) return
    const part = partOf(call, session.endpoint, session.party)
    if (!part) return
    const text = JSON.stringify(message)
    // [DUTY-3] Who answers is not known yet, and a statement is for one person: their link is made when they do.
    if (call.duty && call.calleeEndpoint === null) return
    if (part === 'callee') passOn(call.callerEndpoint, text)
    else if (call.calleeEndpoint !== null) passOn(call.calleeEndpoint, text)
    else for (const endpoint of endpointsOf(board, call).slice(1)) passOn(endpoint, text)
  }

  async function takeBeds(party: Party, bedIds: readonly string[]): Promise<void> {
    if (party.type === 'staff') await shifts.change(party, { bedIds })
  }

  function passOn(endpoint: EndpointId, text: string): void {
    const session = sessions.get(endpoint)
    if (session) tellText(session, text)
  }

  function idOf(party: Party): string {
    return addressOf(party)
  }

  /** Who lies in the bed that is one of these two. */
  function stayIn(...parties: readonly Party[]): Stay | null {
    const bed = parties.find((party) => party.type === 'bed')
    return (bed && ward.beds.get(bed.bedId)?.stay) ?? null
  }

  /** Where the ward does not allow it an override opens no door; one of quiet hours opens no curtain. */
  function overriddenDoor(callee: Party, { over }: CallOverride): 'open' | 'privacy' {
    if (ward.overrides !== 'on') return 'privacy'
    return over === 'quiet' ? doorOf(callee) : 'open'
  }

  function doorOf(callee: Party): 'open' | 'privacy' {
    const bed = callee.type === 'bed' ? ward.beds.get(callee.bedId) : undefined
    return (bed?.report?.privacyUntilMs ?? 0) > now() ? 'privacy' : 'open'
  }

  /** Of the stay that is there now, and of no bed but the asker's own: the question names neither (HZ-6). */
  async function tellLedger(session: Session): Promise<void> {
    const bed = session.party.type === 'bed' ? ward.beds.get(session.party.bedId) : undefined
    if (!bed) return
    tell(session, { type: 'ledger.yours', stay: bed.stay.epoch, ...(await ledgerOf(db, bed.stay)) })
  }

  /** Of a call that is over, by somebody who was on it; of any other there is nothing to note. */
  async function noteOutcome(party: Party, { callId, outcome }: Outcome): Promise<void> {
    const past = await findPast(db, callId)
    if (!past) return
    const by = sameParty(past.caller, party) ? 'caller' : sameParty(past.callee, party) ? 'callee' : null
    if (by) await auditOutcome(db, { ...past, callId }, by, outcome, now())
  }

  /** [FIGURES-1] What is late, foreign or said again is let pass: it is nobody's fault, and nothing comes of it. */
  async function keepFigures(from: EndpointId, { callId, figures }: Figures): Promise<void> {
    const told = await recordFigures(db, from, callId, figures)
    if (told) metrics?.told(told)
  }

  /** It is a noise like a ring's, so it counts as one. A tablet that is away is not made to sound later. */
  function checkSound(party: Party, bedId: string): void {
    const bed = ward.beds.get(bedId)
    const tablet = sessions.get(bedEndpoint(bedId))
    if (bed && tablet?.socket && !isPestering(party, idOf(bed.party))) tell(tablet, { type: 'sound.play' })
  }

  async function takeHealth(party: Party, health: TabletHealth): Promise<void> {
    const bed = party.type === 'bed' ? ward.beds.get(party.bedId) : undefined
    if (!bed) return
    await keepHealth(db, bed, health, now())
    news.tellBed(bed, switching.board())
    rollouts.heard(bed.party.bedId, health.build)
  }

  async function setReport(party: Party, report: BedReport): Promise<void> {
    const bed = party.type === 'bed' ? ward.beds.get(party.bedId) : undefined
    if (!bed) return
    await takeReport(db, bed, report, now())
    news.tellBed(bed, switching.board())
  }

  return {
    /** Signals go straight through, unless something before them is not decided yet. */
    receive(session: Session, seq: number, message: ClientMessage): void {
      if (message.type === 'call.signal' && queue.isIdle() && isAllowed(session, message)) {
        relaySignal(session, message)
        session.handled = seq
        return
      }
      queue.run(async () => {
        // Whoever was sent away meanwhile says nothing any more.
        if (sessions.get(session.endpoint) !== session) return
        await handle(session, message)
        session.handled = seq
      })
    },
  }
}

const ofItsCall: ReadonlySet<string> = new Set([
  'call.end',
  'call.relink',
  'call.signal',
  'call.figures',
  // They show nobody anything: they say what was shown.
  'scan.shared',
  'scan.seen',
  'scan.ended',
])

/**
 * What a screen that is locked, or signed out but for its call, still does: keep up the call it is in, end it, and say
 * how it went. A locked one goes on sounding for patients (HZ-4).
 */
function staysOpen(message: ClientMessage, closed: 'locked' | 'signed-out'): boolean {
  if (message.type === 'request.sounds' || message.type === 'request.silent') return closed === 'locked'
  // Whoever is in the call asked them before it was locked, and nobody is shown by it.
  if (message.type === 'guest.vouch' || message.type === 'guest.refuse') return closed === 'locked'
  // Pressed before it was locked, while there was no network.
  if (message.type === 'call.outcome') return closed === 'locked'
  return ofItsCall.has(message.type)
}
