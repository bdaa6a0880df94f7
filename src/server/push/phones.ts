/** Tells telephones that a patient, or a colleague, asks: as well as can be, and never in the way of anything else (HZ-4, HZ-6). */
import type { Logger } from 'pino'
import { minuteAt } from '../../core/minutes.ts'
import { type PushTitle, pushWords } from '../../core/push-words.ts'
import { audible } from '../../core/request-phones.ts'
import type { PushNote } from '../../protocol/push.ts'
import type { PushConfig } from '../config-push.ts'
import type { Store } from '../store/store.ts'
import type { PushKeys } from './keys.ts'
import { openPushKeys } from './keys.ts'
import { postNote } from './post.ts'
import { listQuiet } from './quiet.ts'
import { isService } from './services.ts'
import { dropPhone, listPhones, type Phone } from './subscriptions.ts'

/** What is to be told. `isCalling` is asked again right before each telephone: what somebody has seen needs none. */
export type PhoneCall = {
  /** Of the request; a later note about it takes the place of the one before. */
  readonly id: string
  readonly title: PushTitle
  /** Of those whose telephones may be told at all, whose are. Ids of staff. */
  whose(phones: readonly string[]): readonly string[]
  isCalling(): boolean
}

export type PhonesParts = {
  readonly store: Store
  readonly config: PushConfig | null
  readonly dataFolder: string
  readonly wardId: string
  /** Of the clock on the ward's wall, by which quiet hours are. */
  readonly zone: string
  readonly now: () => number
  readonly log: Logger
}

export type Phones = ReturnType<typeof createPhones>

/** So many at once: a ward's telephones are told within seconds, and the server does little else meanwhile. */
const atOnce = 8

export function createPhones({ store, config, dataFolder, wardId, zone, now, log }: PhonesParts) {
  const keys = config && openPushKeys(dataFolder)
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()

  /** Those that may be told this minute. */
  async function listNow(): Promise<Phone[]> {
    const nowMs = now()
    const [phones, quiet] = [await listPhones(store, wardId, nowMs), await listQuiet(store.db)]
    return audible(phones, quiet, minuteAt(nowMs, zone))
  }

  async function tellAll(call: PhoneCall, sender: PushConfig & { readonly keys: PushKeys }): Promise<void> {
    const phones = await listNow()
    const whose = call.whose(phones.map(({ staffId }) => staffId))
    const waiting = phones.filter(({ staffId }) => whose.includes(staffId))
    const next = async (): Promise<void> => {
      const phone = waiting.shift()
      if (!phone || stopping.signal.aborted || !call.isCalling()) return
      // One that cannot be told must not keep the others from it.
      await tellOne(phone, call, sender).catch((error) =>
        log.warn({ err: error }, 'a telephone could not be told'),
      )
      await next()
    }
    await Promise.all(Array.from({ length: atOnce }, next))
  }

  async function tellOne(
    { tokenHash, language, subscription }: Phone,
    { id, title }: PhoneCall,
    sender: PushConfig & { readonly keys: PushKeys },
  ): Promise<void> {
    // Services that were allowed once may not be any more.
    if (!isService(subscription.endpoint, sender.services)) return
    const { open, ...titles } = pushWords[language]
    const tag = store.digest(`push ${id}`).slice(0, 32)
    const note: PushNote = { title: titles[title], body: open, tag }
    const posted = await postNote(subscription, note, sender, stopping.signal)
    if (posted.type === 'gone') await dropPhone(store.db, tokenHash)
    if (posted.type === 'failed' && !stopping.signal.aborted)
      log.warn({ problem: posted.problem }, 'a push service did not take a note')
  }

  return {
    /** What browsers subscribe with; null: no telephone is told here. */
    key: keys?.publicKey ?? null,

    mayPostTo: (endpoint: string): boolean => config !== null && isService(endpoint, config.services),

    /** The staff who have one that is told this minute. */
    async owners(): Promise<ReadonlySet<string>> {
      if (!config) return new Set()
      return new Set((await listNow()).map(({ staffId }) => staffId))
    },

    /** Returns at once. Nobody waits for it, and nothing is said to be heard by it. */
    tell(call: PhoneCall): void {
      if (!config || !keys || stopping.signal.aborted) return
      const telling = tellAll(call, { ...config, keys })
        .catch((error) => log.error({ err: error }, 'telling telephones failed'))
        .finally(() => running.delete(telling))
      running.add(telling)
    },

    async stop(): Promise<void> {
      stopping.abort()
      await Promise.all(running)
    },
  }
}
