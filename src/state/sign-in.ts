/** The page of somebody who is not signed in: the ways this server offers, an invitation, and what went wrong. */
import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import {
  type Invitation,
  invitation as invitationSchema,
  type SignInProblem,
  type SignInWays,
  shortestPassword,
  signedIn,
  signInProblem,
  signInWays,
} from '../protocol/sign-in.ts'
import type { ApiFailure, PasskeyFailure, Ports } from './ports.ts'

export type { Invitation, SignInProblem, SignInWays }
export { shortestPassword }

/** Whatever may stand between a person and their ward. */
export type EntryProblem = ApiFailure | PasskeyFailure | SignInProblem

export type Entry = {
  /** Null until the server said it. */
  readonly ways: Signal<SignInWays | null>
  /** The page was opened to say or do something: whoever may be signed in here already has to wait. */
  readonly hasErrand: boolean
  /** Whom the link in the address is for; null: there was none, or it is used up. */
  readonly invitation: Signal<Invitation | null>
  readonly problem: Signal<EntryProblem | null>
  /** Something was asked and is not answered yet. */
  readonly busy: Signal<boolean>
  hasPasskeys(): boolean
  /** Asks what there is to offer. */
  load(): Promise<void>
  byProvider(): void
  byPassword(name: string, password: string): Promise<void>
  byPasskey(): Promise<void>
  acceptByPassword(password: string): Promise<void>
  acceptByPasskey(): Promise<void>
}

const anything = v.looseObject({})

/** `entered` is called when somebody is signed in. */
export function createEntry(ports: Ports, page: 'station' | 'admin', entered: () => void): Entry {
  const { api, passkeys } = ports
  const ways = signal<SignInWays | null>(null)
  const invitation = signal<Invitation | null>(null)
  const problem = signal<EntryProblem | null>(readProblem(ports))
  const busy = signal(false)
  let code = ports.page.takeSecret('invite')

  /** One thing at a time; what it answers is what is wrong, or nothing. */
  async function attempt(act: () => Promise<EntryProblem | null>): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = await act()
    busy.value = false
  }

  async function enter(path: string, said: Readonly<Record<string, unknown>>): Promise<EntryProblem | null> {
    const answer = await api.ask('POST', path, said, signedIn)
    if (!answer.ok) return answer.failure
    code = null
    invitation.value = null
    entered()
    return null
  }

  async function loadInvitation(): Promise<void> {
    if (code === null) return
    const answer = await api.ask('POST', '/invitation', { code }, invitationSchema)
    if (answer.ok) invitation.value = answer.value
    else problem.value = answer.failure
  }

  return {
    hasErrand: code !== null || problem.value !== null,
    ways,
    invitation,
    problem,
    busy,
    hasPasskeys: () => passkeys.supported(),
    async load() {
      const answer = await api.ask('GET', '/sign-in-ways', {}, signInWays)
      if (answer.ok) ways.value = answer.value
      await loadInvitation()
    },
    byProvider: () => ports.page.goTo(`/api/oidc/start?page=${page}`),
    byPassword: (name, password) => attempt(() => enter('/sign-in/password', { name, password })),
    byPasskey: () =>
      attempt(async () => {
        const options = await api.ask('POST', '/sign-in/passkey-options', {}, anything)
        if (!options.ok) return options.failure
        const used = await passkeys.use(options.value)
        return used.ok ? await enter('/sign-in/passkey', { passkey: used.value }) : used.failure
      }),
    acceptByPassword: (password) => attempt(() => enter('/invitation/password', { code, password })),
    acceptByPasskey: () =>
      attempt(async () => {
        const options = await api.ask('POST', '/invitation/passkey-options', { code }, anything)
        if (!options.ok) return options.failure
        const made = await passkeys.make(options.value)
        return made.ok ? await enter('/invitation/passkey', { code, passkey: made.value }) : made.failure
      }),
  }
}

function readProblem(ports: Ports): EntryProblem | null {
  const said = v.safeParse(signInProblem, ports.page.takeSecret('problem'))
  return said.success ? said.output : null
}
