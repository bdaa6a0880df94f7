/** What this person may see of the ward, the glass they broke, and who else is in through glass of theirs. */
import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import type { Visitor, WardAccess } from '../protocol/glass.ts'
import { glassBroken, shortestReason } from '../protocol/glass-acts.ts'
import type { ServerMessage, Welcome } from '../protocol/wire.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type { Visitor, WardAccess }
export { shortestReason }

export type Glass = {
  readonly access: Signal<WardAccess>
  /** Those who are in now, and those who have left since somebody last looked. */
  readonly visitors: Signal<readonly Visitor[]>
  /** Why the last try did not work. */
  readonly problem: Signal<ApiFailure | null>
  welcomed(welcome: Welcome): void
  received(message: ServerMessage): void
  /** Asks for the ward, for this reason; the server says at once what is seen then. */
  breakIt(reason: string): Promise<void>
  /** Leaves before the hour is over. */
  leave(): Promise<void>
  /** The notice was read. */
  dismiss(glassId: string): void
}

export function createGlass(ports: Ports): Glass {
  const access = signal<WardAccess>({ type: 'own' })
  const visitors = signal<readonly Visitor[]>([])
  const problem = signal<ApiFailure | null>(null)

  function wardId(): string {
    return 'wardId' in access.value ? access.value.wardId : ''
  }

  return {
    access,
    visitors,
    problem,
    welcomed(welcome) {
      access.value = welcome.access
      // A page that begins anew is told of everyone again.
      if (welcome.snapshot) visitors.value = []
    },
    received(message) {
      if (message.type === 'access.changed') access.value = message.access
      if (message.type !== 'ward.visited') return
      const { visitor } = message
      visitors.value = [...visitors.value.filter(({ glassId }) => glassId !== visitor.glassId), visitor]
    },
    async breakIt(reason) {
      const answer = await ports.api.ask('POST', '/glass', { wardId: wardId(), reason }, glassBroken)
      problem.value = answer.ok ? null : answer.failure
    },
    async leave() {
      const answer = await ports.api.ask('POST', '/glass/end', { wardId: wardId() }, v.unknown())
      problem.value = answer.ok ? null : answer.failure
    },
    dismiss(glassId) {
      visitors.value = visitors.value.filter((visitor) => visitor.glassId !== glassId)
    },
  }
}
