/** What whoever has a link can do with it: look, come in by a date of birth, wish for a new one, rate. It never says whose it is. */
import type * as v from 'valibot'
import { languageFrom } from '../../core/languages.ts'
import type { AuditAgent } from '../../protocol/audit.ts'
import {
  mostBirthTries,
  type VisitEnterAnswer,
  type VisitLookAnswer,
  type visitEnter,
  type visitRate,
} from '../../protocol/visit.ts'
import type { NewAct } from '../audit/record.ts'
import { isPublicKey } from '../authority.ts'
import type { Answer } from '../routes.ts'
import { partyFor, timeOf } from './facts.ts'
import { countRating, findByLink, type Visit } from './kept.ts'
import type { Room, RoomParts } from './room.ts'

/** One inbox is sent no more than one new link in so long, and so many in all, however often it is asked for. */
const renewMs = 10 * 60_000
const mostRenewals = 3
/** Once staff have refused so many other devices, none is asked about any more. */
const mostRefused = 5

const unknown: Answer = { refusal: 'unknown-code' }

type Found = { readonly visit: Visit; readonly isNewest: boolean }
type Entering = v.InferOutput<typeof visitEnter>

export function createLinks({ store, ward, now, post, zone, phone }: RoomParts, room: Room) {
  async function found(token: string): Promise<Found | null> {
    const hash = store.digest(token)
    const visitId = await findByLink(store.db, hash)
    const visit = visitId === null ? null : await room.find(visitId)
    return visit && { visit, isNewest: visit.linkHash === hash }
  }

  function mayRenew({ visit, isNewest }: Found): boolean {
    const email = room.rowOf(visit)?.outpatient?.email ?? null
    const isLeft = post.isOn && email !== null && visit.renewals < mostRenewals
    return isLeft && room.linkOf(visit, isNewest) === 'replaced'
  }

  /** [VISIT-1] */
  async function look(token: string): Promise<Answer> {
    const link = await found(token)
    const row = link && room.rowOf(link.visit)
    if (!link || !row) return unknown
    const answer: VisitLookAnswer = {
      ...timeOf(row),
      state: room.linkOf(link.visit, link.isNewest),
      ward: ward.name,
      zone,
      language: row.language && languageFrom([row.language]),
      phone,
      mayRenew: mayRenew(link),
    }
    return { answer }
  }

  async function renew(token: string): Promise<Answer> {
    const link = await found(token)
    if (!link) return unknown
    const state = room.linkOf(link.visit, link.isNewest)
    if (state === 'ahead' || state === 'open') return { refusal: 'conflict' }
    if (mayRenew(link)) {
      await sendNewest(link.visit)
      return { answer: { done: 'sent' } }
    }
    const { visitId, wishesNewMs } = link.visit
    const act: NewAct = { action: 'visit-wished', agent: { type: 'unknown' }, detail: 'told' }
    if (wishesNewMs === null) await room.change(visitId, { wishesNewMs: now() }, [act])
    await room.settle()
    return { answer: { done: 'told' } }
  }

  async function sendNewest({ visitId, renewals, renewedMs }: Visit): Promise<void> {
    if (renewedMs !== null && now() - renewedMs < renewMs) return
    const act: NewAct = { action: 'visit-wished', agent: { type: 'unknown' }, detail: 'sent' }
    const sent = { renewals: renewals + 1, renewedMs: now() }
    const letter = { visitId, kind: 'new-link', dueMs: now() } as const
    await room.change(visitId, sent, [act], (step) => post.queue(step, letter))
  }

  /** [VISIT-2] */
  async function enter({ token, born, publicKey }: Entering): Promise<Answer> {
    if (!isPublicKey(publicKey)) return { refusal: 'bad-request' }
    const link = await found(token)
    const row = link && room.rowOf(link.visit)
    if (!link || !row) return unknown
    const state = room.linkOf(link.visit, link.isNewest)
    if (state !== 'ahead' && state !== 'open') return said({ type: 'not-open', state })
    const known = row.outpatient?.born ?? null
    // Whoever the link was passed on to keeps nobody out who is in already.
    const isSpent = link.visit.tries >= mostBirthTries
    const isBound = link.visit.publicKey === publicKey && known === born
    if (known === null || (isSpent && !isBound)) return said({ type: 'blocked' })
    if (known !== born) return said(await countTry(link.visit))
    return said(await comeBy(link.visit, publicKey))
  }

  async function countTry({ visitId, tries: before }: Visit): Promise<VisitEnterAnswer> {
    const tries = before + 1
    const isLast = tries >= mostBirthTries
    const detail = isLast ? 'blocked' : 'wrong-birth'
    const agent: AuditAgent = { type: 'unknown' }
    await room.change(visitId, { tries }, [{ action: 'visit-refused', outcome: 'refused', agent, detail }])
    await room.settle()
    return isLast ? { type: 'blocked' } : { type: 'wrong', left: mostBirthTries - tries }
  }

  async function comeBy(visit: Visit, publicKey: string): Promise<VisitEnterAnswer> {
    const { visitId } = visit
    const me = partyFor(visit, room.rowOf(visit))
    if (visit.publicKey === publicKey) return { type: 'in', me }
    const agent: AuditAgent = { type: 'guest', guestId: visitId }
    if (visit.publicKey === null) {
      await room.change(visitId, { publicKey, boundMs: now() }, [{ action: 'visit-came', agent }])
      await room.settle()
      return { type: 'in', me }
    }
    return await askFor(visit, publicKey)
  }

  /** Staff are asked about one after the other, and nothing is written down of whoever else knocks meanwhile. */
  async function askFor(
    { visitId, otherKey, refusedKeys }: Visit,
    publicKey: string,
  ): Promise<VisitEnterAnswer> {
    if (refusedKeys.includes(publicKey)) return { type: 'refused' }
    if (refusedKeys.length >= mostRefused) return { type: 'blocked' }
    if (otherKey === null) {
      const agent: AuditAgent = { type: 'guest', guestId: visitId }
      const act = { action: 'visit-device', agent, outcome: 'refused', detail: 'asks' } as const
      await room.change(visitId, { otherKey: publicKey }, [act])
      await room.settle()
    }
    return { type: 'other-device' }
  }

  /** Once; and nothing of it says whose it was. */
  async function rate({ token, stars }: v.InferOutput<typeof visitRate>): Promise<Answer> {
    const link = await found(token)
    if (!link) return unknown
    const { visitId, boundMs, isRated } = link.visit
    if (isRated || boundMs === null) return { refusal: 'conflict' }
    const day = dayOf(now())
    await room.change(visitId, { isRated: true }, [], (step) => countRating(step, day, stars))
    return { answer: {} }
  }

  return { look, renew, enter, rate }
}

/** ISO 8601. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}

function said(answer: VisitEnterAnswer): Answer {
  return { answer }
}
