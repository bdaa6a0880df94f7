/** Whom those who wait call for: whoever is to see them, and everybody where none of these hears it. */
import { guestEndpoint } from '../../core/switchboard-parties.ts'
import { unheardMs } from '../../core/visit.ts'
import type { Phones } from '../push/phones.ts'
import type { Session, Sessions } from '../session.ts'
import type { Visit } from './kept.ts'
import { awayMs, type States } from './states.ts'

export type CallingParts = {
  readonly now: () => number
  readonly sessions: Sessions
  readonly phones: Pick<Phones, 'tell'>
}

/** One time of waiting: whoever goes away and comes back calls anew. */
type Turn = { readonly sinceMs: number; readonly told: 'own' | 'all' }

export function createCalling({ now, sessions, phones }: CallingParts, { rowOf, stateOf }: States) {
  const turns = new Map<string, Turn>()
  /** By which page they waited last: a wait that was broken off for long is another one, whenever that is noticed. */
  const pages = new Map<string, Session>()
  /** Those who did not wait for a while, since this server started. */
  const gone = new Set<string>()
  /** Those of them who were away, and when others came back from that. */
  const away = new Set<string>()
  const back = new Map<string, number>()
  /** Who has said that they know who waits, and of which turn of whom. */
  const known = new Map<string, ReadonlyMap<string, number | undefined>>()

  function isKnownTo(staffId: string, { visitId }: Visit): boolean {
    const mine = known.get(staffId)
    return mine?.has(visitId) === true && mine.get(visitId) === turns.get(visitId)?.sinceMs
  }

  /** None of them is signed in anywhere, or none has said for long that they know it. */
  function isUnheardBy(staff: readonly string[], visit: Visit): boolean {
    const isThere = [...sessions.values()].some(
      ({ party }) => party.type === 'staff' && staff.includes(party.staffId),
    )
    if (!isThere) return true
    const waitMs = now() - (turns.get(visit.visitId)?.sinceMs ?? now())
    return waitMs >= unheardMs && !staff.some((staffId) => isKnownTo(staffId, visit))
  }

  /** Empty: whoever of the ward. */
  function audienceOf(visit: Visit): readonly string[] {
    const staff = rowOf(visit)?.staff ?? []
    return turns.has(visit.visitId) && isUnheardBy(staff, visit) ? [] : staff
  }

  function isFor(staffId: string, visit: Visit): boolean {
    const audience = audienceOf(visit)
    return audience.length === 0 || audience.includes(staffId)
  }

  function phone({ visitId }: Visit, audience: readonly string[], present: () => Visit | undefined): void {
    const whose = (owners: readonly string[]) =>
      audience.length === 0 ? owners : owners.filter((owner) => audience.includes(owner))
    const isCalling = () => {
      const visit = present()
      return visit !== undefined && stateOf(visit) === 'waiting'
    }
    phones.tell({ id: visitId, title: 'visitor', whose, isCalling })
  }

  function stop(visitId: string): void {
    if (turns.delete(visitId)) gone.add(visitId)
  }

  function leave(visitId: string): void {
    stop(visitId)
    if (gone.has(visitId)) away.add(visitId)
  }

  return {
    audienceOf,

    /** They wait now, for the first time if the server knows of no other. Telephones are told once, and once more when it is for all. */
    call(visit: Visit, isFirst: boolean, present: () => Visit | undefined): void {
      const { visitId } = visit
      const [before, page] = [pages.get(visitId), sessions.get(guestEndpoint(visitId))]
      if (before && before !== page && now() - before.lostAtMs >= awayMs) leave(visitId)
      if (away.delete(visitId)) back.set(visitId, now())
      if (page) pages.set(visitId, page)
      const turn = turns.get(visitId)
      if (!turn) turns.set(visitId, { sinceMs: now(), told: 'own' })
      const audience = audienceOf(visit)
      const told = audience.length === 0 ? 'all' : 'own'
      const isNew = !turn && (gone.delete(visitId) || isFirst)
      const isWider = turn?.told === 'own' && told === 'all'
      if (!turn || isWider) turns.set(visitId, { sinceMs: turn?.sinceMs ?? now(), told })
      if (isNew || isWider) phone(visit, audience, present)
    },

    stop,
    leave,

    /** Since when they wait without a break: since it was time and they were there, their last call, or their way back. */
    waitsSince({ visitId, waitedMs, lastCallMs }: Visit): number {
      const sinceMs = Math.max(waitedMs ?? 0, lastCallMs ?? 0, back.get(visitId) ?? 0)
      return sinceMs > 0 ? sinceMs : now()
    },

    forget(visitId: string): void {
      turns.delete(visitId)
      pages.delete(visitId)
      for (const some of [gone, away, back]) some.delete(visitId)
    },

    /** Whether this person's stations sound for them. */
    isCalled(staffId: string, visit: Visit): boolean {
      return isFor(staffId, visit) && stateOf(visit) === 'waiting' && !isKnownTo(staffId, visit)
    },

    know(staffId: string, waiting: readonly Visit[]): void {
      const mine = waiting.filter((visit) => isFor(staffId, visit))
      known.set(staffId, new Map(mine.map(({ visitId }) => [visitId, turns.get(visitId)?.sinceMs])))
    },
  }
}
