/**
 * Guests: who was asked to which table, who has come, and whether the screen that asked them says that it is them. The server
 * passes on what both of them sealed with a secret it does not have, and cannot let anybody in by itself.
 */
import { randomUUIDv7 } from 'node:crypto'
import type * as v from 'valibot'
import { guestEndpoint, sideOf } from '../core/switchboard-parties.ts'
import type { EndpointId, ServerCall } from '../core/switchboard-state.ts'
import { callsAt as callsOfTable } from '../core/switchboard-table.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import type { guestRequest, JoinLookAnswer, joinRequest } from '../protocol/guest.ts'
import type { GuestParty, Party, StaffParty } from '../protocol/people.ts'
import type { Signed } from '../protocol/proof.ts'
import { type ClientMessage, closeCode } from '../protocol/wire.ts'
import { agentOfParty } from './audit/record.ts'
import { isPublicKey, isSealed } from './authority.ts'
import { chainBehind } from './guest-chain.ts'
import {
  findByCode,
  findGuest,
  type Guest,
  listGuests,
  recordCame,
  recordInvited,
  recordOver,
  recordSeated,
  recordTurnedAway,
  recordVouched,
} from './guests-kept.ts'
import type { SignIn } from './people.ts'
import type { Queue } from './queue.ts'
import type { Answer } from './routes.ts'
import { type Session, type Sessions, tell } from './session.ts'
import type { Store } from './store/store.ts'
import type { Switching } from './switching.ts'
import type { Ward } from './ward.ts'

export type GuestsParts = {
  readonly store: Store
  readonly ward: Ward
  readonly now: () => number
  readonly queue: Queue
  readonly sessions: Sessions
  readonly switching: Switching
  readonly sweepMs: number
}

type Vouch = Extract<ClientMessage, { type: 'guest.vouch' }>
type Code = { readonly codeId: string }

/** Whoever came and for whom nobody has spoken after so long is not let in: the screen that could is gone. */
export const guestWaitMs = 2 * 60_000

export type Guests = Awaited<ReturnType<typeof createGuests>>

export async function createGuests({ store, ward, now, queue, sessions, switching, sweepMs }: GuestsParts) {
  const { db } = store
  /** The screens that asked anybody: while there are none, nothing is looked for. */
  let hosts = new Set((await listGuests(db)).map(({ endpoint }) => endpoint))

  const callsAt = (tableId: string) => callsOfTable(switching.board(), tableId)

  /** The answered call by which this person sits there. */
  function seatOf(tableId: string, party: Party): ServerCall | undefined {
    return callsAt(tableId).find((call) => call.phase === 'accepted' && sideOf(call, party) !== null)
  }

  /** Whose stay the table is about, where a patient is at it. */
  function patientAt(tableId: string): string | null {
    return callsAt(tableId).find(({ stay }) => stay !== null)?.stay?.admissionId ?? null
  }

  /** Whoever asked them, while they sit there: without them nobody speaks for a guest. */
  function hostOf({ invitedBy, tableId }: Guest): StaffParty | null {
    const host = ward.staff.get(invitedBy)
    return host && seatOf(tableId, host) ? host : null
  }

  /** From the screen that sits at the table, and in the browser that it is signed in by. */
  async function invite(signIn: SignIn, asked: v.InferOutput<typeof guestRequest>): Promise<Answer> {
    const { staff, tokenHash } = signIn
    const { tableId, codeId, name, kind } = asked
    const endpoint = endpointIn(seatOf(tableId, staff), staff)
    if (endpoint === null || sessions.get(endpoint)?.tokenHash !== tokenHash) return { refusal: 'not-found' }
    const party: GuestParty = { type: 'guest', guestId: randomUUIDv7(), name, kind }
    const codeHash = store.digest(codeId)
    const patient = patientAt(tableId)
    const made = await recordInvited(db, { party, tableId, endpoint, by: staff, patient, codeHash }, now())
    if (typeof made === 'string') return { refusal: made }
    hosts.add(endpoint)
    return { answer: { guestId: party.guestId, untilMs: made.untilMs } }
  }

  /** A code that may still be used, or was by somebody who is here; null: to everybody else it is none. */
  async function openFor({ codeId }: Code): Promise<{ guest: Guest; host: StaffParty } | null> {
    const guest = await findByCode(db, store.digest(codeId))
    const host = guest && hostOf(guest)
    if (!host || (!guest.bound && guest.expiresMs <= now())) return null
    return { guest, host }
  }

  async function look(asked: Code): Promise<Answer> {
    const found = await openFor(asked)
    if (!found) return { refusal: 'unknown-code' }
    if (found.guest.bound) return { refusal: 'used-code' }
    const answer: JoinLookAnswer = { guest: found.guest.party, by: found.host, ward: ward.name }
    return { answer }
  }

  /** The same key may ask again: its answer can have been lost. */
  async function join(asked: v.InferOutput<typeof joinRequest>): Promise<Answer> {
    const { codeId, publicKey, seal } = asked
    if (!isPublicKey(publicKey)) return { refusal: 'bad-request' }
    const found = await openFor(asked)
    if (!found) return { refusal: 'unknown-code' }
    const { party, tableId } = found.guest
    const outcome = await recordCame(db, store.digest(codeId), { publicKey, seal }, patientAt(tableId), now())
    const after = await findGuest(db, party.guestId)
    const isTheirs = after?.bound?.publicKey === publicKey && after.bound.seal === seal
    return outcome === 'bound' || isTheirs ? { answer: { guest: party } } : { refusal: 'used-code' }
  }

  /** Whose hello this is; null: nobody's who is asked to a table that goes on. */
  async function recognise(guestId: string, said: Signed): Promise<GuestParty | null> {
    const guest = await findGuest(db, guestId)
    if (!guest?.bound || callsAt(guest.tableId).length === 0) return null
    return isSealed(said, guest.bound.publicKey) ? guest.party : null
  }

  async function greet(session: Session): Promise<void> {
    const { party, endpoint } = session
    for (const guest of await listGuests(db)) {
      if (party.type === 'guest' && guest.party.guestId === party.guestId) await meet(guest, session)
      else if (guest.endpoint === endpoint) ask(guest)
    }
  }

  /** A guest's page has just come, for the first time or after a reload. */
  async function meet(guest: Guest, session: Session): Promise<void> {
    if (!guest.admitted) return ask(guest)
    const { chain, seal, isSeated } = guest.admitted
    tell(session, { type: 'guest.admitted', chain, seal })
    if (!isSeated) await seat(guest)
  }

  /** Asks the screen that knows the code's secret, once the guest is there and as long as nothing was said. */
  function ask({ party, tableId, endpoint, bound, admitted }: Guest): void {
    const [host, guest] = [sessions.get(endpoint), sessions.get(guestEndpoint(party.guestId))]
    if (!host || !guest?.socket || !bound || admitted) return
    const { publicKey, seal } = bound
    tell(host, { type: 'guest.waiting', guest: party, tableId, publicKey, seal })
  }

  async function vouch({ party }: Session, { guestId, certificate, seal }: Vouch): Promise<void> {
    const guest = await ofHost(guestId, party)
    if (!guest?.bound || guest.admitted) return
    const host = hostOf(guest)
    if (!host) return await turnAway(guest, agentOfParty(party), 'left')
    const { publicKey } = guest.bound
    const vouchee = { guestId, name: guest.party.name, tableId: guest.tableId, publicKey }
    const chain = await chainBehind(db, vouchee, certificate, now())
    if (!chain) return await turnAway(guest, agentOfParty(party), 'wrong-certificate')
    await recordVouched(db, guest, host, { chain, seal }, patientAt(guest.tableId), now())
    const session = sessions.get(guestEndpoint(guestId))
    if (!session?.socket) return
    tell(session, { type: 'guest.admitted', chain, seal })
    await seat(guest)
  }

  async function refuse({ party }: Session, guestId: string): Promise<void> {
    const guest = await ofHost(guestId, party)
    if (guest?.bound && !guest.admitted) await turnAway(guest, agentOfParty(party), 'not-believed')
  }

  /** A guest of this person's own; others have no say. */
  async function ofHost(guestId: string, party: Party): Promise<Guest | null> {
    const guest = await findGuest(db, guestId)
    return party.type === 'staff' && guest?.invitedBy === party.staffId ? guest : null
  }

  async function seat(guest: Guest): Promise<void> {
    const { party, tableId, invitedBy } = guest
    const by = ward.staff.get(invitedBy)
    if (!by) return
    const endpoint = guestEndpoint(party.guestId)
    const callId = randomUUIDv7()
    await switching.dispatch({ type: 'seated', tableId, callId, by, endpoint, party, nowMs: now() })
    await recordSeated(db, party.guestId, now())
    const isIn = callsAt(tableId).some((call) => sideOf(call, party) !== null)
    if (!isIn) await turnAway(guest, { type: 'server' }, 'table-full')
  }

  async function turnAway(guest: Guest, by: AuditAgent, why: string): Promise<void> {
    await recordTurnedAway(db, guest, by, why, patientAt(guest.tableId), now())
    const session = sessions.get(guestEndpoint(guest.party.guestId))
    if (session) tell(session, { type: 'guest.refused' })
    sendAway(guest)
  }

  /** Whoever comes back is not recognised any more. */
  function sendAway({ party }: Guest): void {
    sessions.get(guestEndpoint(party.guestId))?.socket?.close(closeCode.unauthenticated, 'the visit is over')
  }

  async function end(guest: Guest): Promise<void> {
    await recordOver(db, guest.party.guestId, now())
    sendAway(guest)
  }

  /** What is over by itself: a code by its time, a wait by the host's leaving, a visit by the last of its calls. */
  async function lookOver(guest: Guest): Promise<void> {
    const { party, tableId, bound, admitted } = guest
    const table = callsAt(tableId)
    if (admitted) {
      const isIn = table.some((call) => sideOf(call, party) !== null)
      return table.length === 0 || (admitted.isSeated && !isIn) ? await end(guest) : undefined
    }
    if (!bound) return !hostOf(guest) || guest.expiresMs <= now() ? await end(guest) : undefined
    if (!hostOf(guest)) await turnAway(guest, { type: 'server' }, 'left')
    else if (bound.sinceMs + guestWaitMs <= now()) await turnAway(guest, { type: 'server' }, 'no-answer')
  }

  async function sweep(): Promise<void> {
    for (const guest of await listGuests(db)) await lookOver(guest)
    hosts = new Set((await listGuests(db)).map(({ endpoint }) => endpoint))
  }

  const sweeper = setInterval(() => {
    if (hosts.size > 0) queue.run(sweep)
  }, sweepMs)

  /** One after the other, and none amid a decision about calls. What fails is the asker's to hear. */
  function inTurn(act: () => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => queue.run(() => act().then(resolve, reject)))
  }

  return {
    invite: (...asked: Parameters<typeof invite>) => inTurn(() => invite(...asked)),
    look,
    join: (...asked: Parameters<typeof join>) => inTurn(() => join(...asked)),
    recognise,
    /** A screen begins anew. What it is told follows its welcome, and the calls that it brings. */
    greet(session: Session): void {
      if (session.party.type === 'guest' || hosts.has(session.endpoint)) queue.run(() => greet(session))
    },
    /** Run these two in the queue. */
    vouch,
    refuse,
    stop: () => clearInterval(sweeper),
  }
}

function endpointIn(call: ServerCall | undefined, party: Party): EndpointId | null {
  if (!call) return null
  return sideOf(call, party) === 'caller' ? call.callerEndpoint : call.calleeEndpoint
}
