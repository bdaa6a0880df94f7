/** Sends an outpatient the link of their visit: the same again, or a new one where the old one may serve no more. */

import { randomUUIDv7 } from 'node:crypto'
import type * as v from 'valibot'
import { type Language, languageFrom } from '../../core/languages.ts'
import type { Appointment } from '../../protocol/plan.ts'
import { mostBirthTries, type VisitInviteAnswer, type visitInvite } from '../../protocol/visit.ts'
import { agentOfParty } from '../audit/record.ts'
import type { SignIn } from '../people.ts'
import { sequenceOf } from '../plan/ics-parts.ts'
import type { Answer } from '../routes.ts'
import { newCode } from '../store/secrets.ts'
import type { Db } from '../store/store.ts'
import { isKnownZone, timeOf } from './facts.ts'
import { findByAppointment, nobodyYet, type Visit } from './kept.ts'
import { type LetterFacts, queueWithReminders } from './post.ts'
import type { Room, RoomParts } from './room.ts'

export type InvitingParts = RoomParts & {
  readonly origin: string
  /** Where nobody said what a patient speaks. */
  readonly language: Language
}

/** What a visit begins with beside its link. */
const nothingSaid = {
  notes: [],
  lastCallMs: null,
  throughMs: null,
  wishesNewMs: null,
  isRated: false,
} as const

type Inviting = v.InferOutput<typeof visitInvite>

export function createInviting(parts: InvitingParts, room: Room) {
  const { store, ward, now, origin, plan, post } = parts

  /** Whatever was done with the one before is undone with it. */
  function newLink() {
    const token = newCode()
    const sealed = { tokenSealed: store.seal(token), linkHash: store.digest(token) }
    return { ...nobodyYet, ...sealed, boundMs: null, renewals: 0, renewedMs: null }
  }

  function newVisit({ id: appointmentId }: Appointment, name: string): Visit {
    return {
      ...nobodyYet,
      ...newLink(),
      ...{ visitId: randomUUIDv7(), appointmentId, entryId: appointmentId, name },
      ...{ zone: null, mailedTo: null, madeMs: now() },
      ...{ textedTo: null, goneRow: null },
      ...{ ...nothingSaid, closed: null },
    }
  }

  function linkIn(visit: Visit): string | null {
    const token = store.unseal(visit.tokenSealed)
    return token === null ? null : `${origin}/visit#${token}`
  }

  /** Over, guessed at, or unreadable since the server's key changed. Whoever is there by it stays, and may guess again. */
  function isSpent(visit: Visit): boolean {
    const isGuessed = visit.tries >= mostBirthTries && !room.isHere(visit)
    return visit.closed !== null || isGuessed || linkIn(visit) === null
  }

  function renewed(visit: Visit): Visit {
    return isSpent(visit)
      ? { ...visit, ...nothingSaid, closed: null, ...newLink() }
      : { ...visit, wishesNewMs: null, tries: 0 }
  }

  const textedBy = ({ phone }: { readonly phone: string | null }) => (post.isTexting ? phone : null)

  async function invite({ staff }: SignIn, { appointmentId, by, zone }: Inviting): Promise<Answer> {
    const row = plan.book.get('appointment', appointmentId)
    if (!row) return { refusal: 'not-found' }
    if (typeof zone === 'string' && !isKnownZone(zone)) return { refusal: 'bad-request' }
    const { outpatient } = row
    if (!outpatient) return { refusal: 'conflict' }
    if (by === 'mail' && !post.isOn) return { refusal: 'unavailable' }
    const mailedTo = by === 'mail' ? outpatient.email : null
    if (by === 'mail' && !mailedTo) return { refusal: 'conflict' }
    const found = room.byAppointment(appointmentId) ?? (await findByAppointment(store.db, appointmentId))
    const before = renewed(found ?? newVisit(row, outpatient.name))
    if (!room.isOpen(before)) return { refusal: 'conflict' }
    const known = { zone: zone === undefined ? before.zone : zone, mailedTo: mailedTo ?? before.mailedTo }
    const textedTo = mailedTo ? textedBy(outpatient) : before.textedTo
    const visit = { ...before, ...known, textedTo, name: outpatient.name }
    const { visitId } = visit
    const act = { action: 'visit-invited', agent: agentOfParty(staff), detail: by } as const
    const letter = { visitId, kind: 'invitation' } as const
    await room.keep(visit, [act], async (step) => {
      if (mailedTo) await queueWithReminders(step, post, letter, timeOf(row).startMs, now())
    })
    await room.settle()
    const link = by === 'letter' ? linkIn(visit) : null
    const ring = parts.phone === null ? {} : { phone: parts.phone }
    return { answer: { visitId, link, ...ring } satisfies VisitInviteAnswer }
  }

  /**
   * The hospital knows another address, or it is another patient's: what was sent before leads nowhere any more (HZ-1).
   * Nobody is written to whom no person ever wrote to.
   */
  async function readdress(
    visit: Visit,
    row: Appointment,
    why: 'new-address' | 'another-patient',
  ): Promise<void> {
    const { visitId } = visit
    const { name, email } = row.outpatient ?? { name: visit.name, email: null }
    const act = { action: 'visit-invited', agent: { type: 'server' }, detail: why } as const
    const mailedTo = visit.mailedTo !== null && post.isOn ? email : null
    const letter = { visitId, kind: 'invitation' } as const
    const own = why === 'another-patient' ? { ...nothingSaid, zone: null } : {}
    const textedTo = mailedTo && row.outpatient && textedBy(row.outpatient)
    await room.change(visitId, { ...own, ...newLink(), name, mailedTo, textedTo }, [act], async (step) => {
      await withdraw(step, visit, row, mailedTo)
      if (mailedTo) await queueWithReminders(step, post, letter, timeOf(row).startMs, now())
      else await post.drop(step, visitId)
    })
    await room.sendAway(visitId, 'replaced', null)
  }

  /** Whoever was written to before is told that it is not for them, in so few words that they learn nothing (HZ-6). */
  async function withdraw(step: Db, visit: Visit, row: Appointment, mailedTo: string | null): Promise<void> {
    const { visitId, entryId, mailedTo: to } = visit
    if (to === null || to === mailedTo) return
    const [sequence, language] = [sequenceOf(row.rev), languageOf(row)]
    await post.withdraw(step, { visitId, entryId, to, sequence, language })
  }

  const languageOf = ({ language }: Appointment) =>
    language === null ? parts.language : languageFrom([language])

  /** What a letter about it says now. */
  async function factsOf(visitId: string): Promise<LetterFacts | null> {
    const visit = await room.find(visitId)
    const appointment = visit && room.rowOf(visit)
    const link = visit && linkIn(visit)
    const to = appointment?.outpatient?.email
    if (!visit || !appointment || !link || !to || !isToBeTold(visit)) return null
    return {
      ...{ link, to, appointment, entryId: visit.entryId },
      phone: appointment.outpatient?.phone ?? null,
      name: appointment.outpatient?.name ?? visit.name,
      language: languageOf(appointment),
      zone: visit.zone ?? parts.zone,
      wardZone: parts.zone,
      ward: ward.name,
      wardPhone: parts.phone,
    }
  }

  return { invite, readdress, factsOf }
}

/** Of what is over nothing is said any more; but that it was cancelled is. */
function isToBeTold({ closed }: Visit): boolean {
  return closed === null || closed.why === 'cancelled'
}
