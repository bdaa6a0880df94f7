/** A visit as staff see it, and all of them, unless said otherwise: Kaarina waits. */
import type { VisitsNow, VisitView } from '../../src/protocol/visit.ts'

export function visitOf(over: Partial<VisitView> = {}): VisitView {
  return {
    visitId: 'v1',
    appointmentId: 'a1',
    title: 'Control',
    name: 'Kaarina Lahti',
    born: '1958-04-02',
    phone: '+358 40 123',
    language: null,
    zone: null,
    startMs: 0,
    endMs: 30 * 60_000,
    staff: [],
    mail: { state: 'sent', to: 'kaarina@example.org', atMs: 0, problem: null, isDealt: false },
    state: 'waiting',
    sinceMs: 0,
    waitsSinceMs: 0,
    test: null,
    device: 'bound',
    otherKey: null,
    isBlocked: false,
    wishesNew: false,
    publicKey: 'P'.repeat(122),
    isVouched: false,
    with: null,
    isIdentified: false,
    isMissing: false,
    ...over,
  }
}

export function visitsOf(visits: readonly VisitView[], over: Partial<VisitsNow> = {}): VisitsNow {
  return { visits: [...visits], alarm: 'none', mail: 'on', ratings: [0, 0, 0, 0, 0], ...over }
}
