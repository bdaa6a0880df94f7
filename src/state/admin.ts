/** The administrator's pages: who is signed in, and what each section knows. */
import { type Signal, signal } from '@preact/signals'
import { type Action, permissionOf } from '../core/permissions.ts'
import { type WhoAmI, whoAmI } from '../protocol/http.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type AdminAccess =
  | { readonly type: 'starting' }
  | { readonly type: 'signed-out'; readonly problem: ApiFailure | null }
  | ({ readonly type: 'signed-in' } & WhoAmI)

export type Admin = {
  readonly access: Signal<AdminAccess>
  /** Whether this person's role ever allows it; the server has the last word. */
  mayEver(action: Action): boolean
  signOut(): Promise<void>
  readonly ports: Ports
}

/** Builds the pages and finds out who is there: the link's one-time code first, then the session this browser has. */
export function createAdmin(ports: Ports): Admin {
  const access = signal<AdminAccess>({ type: 'starting' })

  async function begin(): Promise<void> {
    const code = ports.page.takeSecret('signin')
    const signedIn = code === null ? null : await ports.api.signIn(code)
    if (signedIn && !signedIn.ok) {
      access.value = { type: 'signed-out', problem: signedIn.failure }
      return
    }
    const answer = await ports.api.ask('GET', '/me', {}, whoAmI)
    if (answer.ok) access.value = { type: 'signed-in', ...answer.value }
    else
      access.value = { type: 'signed-out', problem: answer.failure === 'signed-out' ? null : answer.failure }
  }

  void begin()

  return {
    access,
    mayEver: (action) =>
      access.value.type === 'signed-in' && permissionOf(access.value.me.role, action) !== 'no',
    async signOut() {
      if (await ports.api.signOut()) access.value = { type: 'signed-out', problem: null }
    },
    ports,
  }
}
