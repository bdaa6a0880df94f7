/** The administrator's pages: who is signed in, and what each section knows. */
import { type Signal, signal } from '@preact/signals'
import { type Action, permissionOf } from '../core/permissions.ts'
import { type WhoAmI, whoAmI } from '../protocol/http.ts'
import { createLanguageChoice, type LanguageChoice } from './language.ts'
import { createLock, hearLocks, type Lock } from './lock.ts'
import type { Ports } from './ports.ts'
import { createEntry, type Entry, type EntryProblem } from './sign-in.ts'

export type AdminAccess =
  | { readonly type: 'starting' }
  | { readonly type: 'signed-out'; readonly problem: EntryProblem | null }
  | ({ readonly type: 'signed-in' } & WhoAmI)

export type Admin = {
  readonly access: Signal<AdminAccess>
  readonly entry: Entry
  readonly lock: Lock
  readonly speech: LanguageChoice
  /** Whether this person's role ever allows it; the server has the last word. */
  mayEver(action: Action): boolean
  signOut(): Promise<void>
  readonly ports: Ports
}

/** The server takes a browser that it hears nothing of for five minutes for one that is gone. */
const knownMs = 60_000

/** Builds the pages and finds out who is there: the link's one-time code first, then the session this browser has. */
export function createAdmin(given: Ports): Admin {
  const ports = hearLocks(given, () => lock.told(true))
  const access = signal<AdminAccess>({ type: 'starting' })

  const entry = createEntry(ports, 'admin', () => {
    lock.anew()
    void look()
  })
  const lock = createLock(ports, 'admin', () => void look())

  function leave(problem: EntryProblem | null): void {
    lock.stop()
    entry.problem.value = problem
    access.value = { type: 'signed-out', problem }
    void entry.load()
  }

  async function begin(): Promise<void> {
    const code = ports.page.takeSecret('signin')
    const signedIn = code === null ? null : await ports.api.signIn(code)
    if (signedIn && !signedIn.ok) return leave(signedIn.failure)
    if (signedIn) lock.anew()
    if (entry.hasErrand) return leave(entry.problem.value)
    await look()
  }

  /** Who is signed in here, if anybody. */
  async function look(): Promise<void> {
    const answer = await ports.api.ask('GET', '/me', {}, whoAmI)
    if (answer.ok) access.value = { type: 'signed-in', ...answer.value }
    else if (answer.failure === 'signed-out') {
      lock.anew()
      return leave(null)
    } else if (!lock.locked.value) return leave(answer.failure)
    await lock.begin()
  }

  /** Without a socket it is by asking that the server knows of an open page, and the page of a lock. */
  function stayKnown(): void {
    ports.clock.after(knownMs, stayKnown)
    if (access.value.type === 'signed-in' && !lock.locked.value) void ports.api.ask('GET', '/me', {}, whoAmI)
  }

  ports.clock.after(knownMs, stayKnown)
  void begin()

  return {
    access,
    entry,
    lock,
    speech: createLanguageChoice(ports.page, () =>
      access.value.type === 'signed-in' ? access.value.me.staffId : null,
    ),
    mayEver: (action) =>
      access.value.type === 'signed-in' && permissionOf(access.value.me.role, action) !== 'no',
    async signOut() {
      const left = await ports.api.signOut()
      if (!left.ok) return
      lock.anew()
      leave(null)
      if (left.value.goTo !== null) ports.page.goTo(left.value.goTo)
    },
    ports,
  }
}
