/** Whether this browser is told of requests while its page is closed; its person says so themselves. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Language } from '../core/languages.ts'
import { phoneAnswer } from '../protocol/push.ts'
import type { QuietHours } from '../protocol/wishes.ts'
import type { ApiPort, PhoneFailure, PhonePort } from './ports.ts'

export type { QuietHours }

/** `none`: nothing is known yet, or this server tells no telephones. */
export type PhoneState =
  | { readonly type: 'none' }
  | { readonly type: 'unable'; readonly why: 'no' | 'install-first' }
  | { readonly type: 'off'; readonly problem: PhoneFailure | null }
  | { readonly type: 'changing' }
  | { readonly type: 'on' }

export type Phone = {
  readonly state: ReadonlySignal<PhoneState>
  /** When none of this person's telephones is told; null: no hours. */
  readonly quiet: ReadonlySignal<QuietHours | null>
  load(): Promise<void>
  /** To be called from a touch: the browser asks its person now, and never before. */
  turnOn(): Promise<void>
  turnOff(): Promise<void>
  /** False: it stands as it stood. */
  beQuiet(hours: QuietHours | null): Promise<boolean>
}

export function createPhone(
  api: Pick<ApiPort, 'ask'>,
  fetchPort: () => Promise<PhonePort>,
  language: () => Language,
): Phone {
  const state = signal<PhoneState>({ type: 'none' })
  const quiet = signal<QuietHours | null>(null)
  let key: string | null = null
  let port: PhonePort | null = null

  async function load(): Promise<void> {
    const answer = await api.ask('GET', '/phone', {}, phoneAnswer)
    if (!answer.ok) return
    key = answer.value.key
    quiet.value = answer.value.quiet
    if (key === null) return
    port = await fetchPort()
    state.value = await look(port, key, answer.value.on)
    if (state.value.type === 'on') port.clearWhenSeen()
  }

  /** On is what server and browser agree about. */
  async function look(port: PhonePort, key: string, isKnown: boolean): Promise<PhoneState> {
    const able = port.able()
    if (able !== 'yes') return { type: 'unable', why: able }
    return isKnown && (await port.isSubscribed(key)) ? { type: 'on' } : { type: 'off', problem: null }
  }

  return {
    state,
    quiet,
    load,
    async turnOn() {
      if (key === null || port === null || state.value.type !== 'off') return
      state.value = { type: 'changing' }
      const made = await port.subscribe(key)
      if (!made.ok) {
        state.value = { type: 'off', problem: made.failure }
        return
      }
      const said = { subscription: made.value, language: language() }
      const answer = await api.ask('POST', '/phone/on', said, phoneAnswer)
      if (answer.ok) port.clearWhenSeen()
      state.value = answer.ok ? { type: 'on' } : { type: 'off', problem: 'failed' }
    },
    async turnOff() {
      if (port === null || state.value.type !== 'on') return
      state.value = { type: 'changing' }
      // Either of the two is enough for silence.
      const [answer, isUnsubscribed] = await Promise.all([
        api.ask('POST', '/phone/off', {}, phoneAnswer),
        port.unsubscribe().then(
          () => true,
          () => false,
        ),
      ])
      state.value = answer.ok || isUnsubscribed ? { type: 'off', problem: null } : { type: 'on' }
    },
    async beQuiet(hours) {
      const answer = await api.ask('POST', '/phone/quiet', { quiet: hours }, phoneAnswer)
      if (answer.ok) quiet.value = answer.value.quiet
      return answer.ok
    },
  }
}
