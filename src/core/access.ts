/** What somebody sees of a ward, and until when: the table of permissions put into one word for a screen. */
import type { WardAccess } from '../protocol/glass.ts'
import { type Actor, permissionOf } from './permissions.ts'

export function isOwnWard({ wards }: Actor, wardId: string): boolean {
  return wards === 'all' || wards.includes(wardId)
}

export function accessOf(actor: Actor, wardId: string, nowMs: number): WardAccess {
  if (permissionOf(actor.role, 'board.see') === 'no') return { type: 'none' }
  if (isOwnWard(actor, wardId)) return { type: 'own' }
  const untilMs = actor.broken.get(wardId) ?? 0
  if (untilMs > nowMs) return { type: 'broken', wardId, untilMs }
  return { type: 'foreign', wardId, mayBreak: permissionOf(actor.role, 'glass.break') !== 'no' }
}

/** The same person with this ward's glass broken until then. */
export function withBroken(actor: Actor, wardId: string, untilMs: number): Actor {
  return { ...actor, broken: new Map(actor.broken).set(wardId, untilMs) }
}
