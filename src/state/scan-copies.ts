/** Sealed copies of scans at a station: what was sent, what came, what waits here, and the one that is looked at. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import { type CopiesNow, copiesNow, type ReceivedCopy, type SentCopy } from '../protocol/scan-copies.ts'
import type { ApiFailure, ApiPort } from './ports.ts'
import { type CopyOpening, createCopyOpening, type OpeningParts } from './scan-copies-opened.ts'
import { type CopyOutbox, createCopyOutbox, type OutboxParts } from './scan-copies-outbox.ts'

export type { ReceivedCopy, SentCopy }

/** A copy that was sealed to one more device; `name` null: somebody who has the duty now. */
export type Resealed = {
  readonly copyId: string
  readonly to: string
  readonly name: string | null
  readonly outcome: 'sealed' | 'untrusted'
}

export type Copies = {
  /** Null until the server said it, and while the screen is locked. */
  readonly list: ReadonlySignal<CopiesNow | null>
  readonly problem: ReadonlySignal<ApiFailure | null>
  /** How many came and were not opened yet. */
  readonly unread: ReadonlySignal<number>
  readonly outbox: CopyOutbox
  readonly reading: CopyOpening
  /** Copies whose sender was asked to seal them to this device. */
  readonly asked: ReadonlySignal<ReadonlyMap<string, 'asking' | 'asked' | 'failed'>>
  /** Since the page began, newest first. */
  readonly resealed: ReadonlySignal<readonly Resealed[]>
  look(): void
  /** True: the server has it, and nobody opens it any more. */
  withdraw(copyId: string): Promise<boolean>
  askSender(copyId: string): Promise<void>
}

export type CopiesParts = Omit<OutboxParts, 'sent'> &
  Pick<OpeningParts, 'scanIo' | 'newViewer'> & {
    readonly api: Pick<ApiPort, 'ask'>
    /** Counts what the server said of news. */
    readonly news: ReadonlySignal<number>
    /** Whether an administrator has signed this station. */
    readonly isCertified: ReadonlySignal<boolean>
  }

const anything = v.unknown()

export function createCopies(parts: CopiesParts): Copies {
  const { port, api, me, session, isLocked, news, isCertified } = parts
  const list = signal<CopiesNow | null>(null)
  const problem = signal<ApiFailure | null>(null)
  const asked = signal<ReadonlyMap<string, 'asking' | 'asked' | 'failed'>>(new Map())
  const resealed = signal<readonly Resealed[]>([])
  /** What was tried in this session: a device that does not fit is not tried for ever. */
  const tried = new Set<string>()
  /** Seen here, and the server does not know yet. */
  const untold = new Set<string>()
  let asks = 0

  async function read(): Promise<void> {
    asks += 1
    const mine = asks
    const answer = await api.ask('GET', '/copies', {}, copiesNow)
    // Of several answers the one that was asked for last counts.
    if (mine !== asks || isLocked.peek()) return
    problem.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    list.value = answer.value
    for (const one of answer.value.sent) if (one.state === 'there' && one.asked.length > 0) void reseal(one)
  }

  const look = () => {
    if (me.peek() !== null && session.peek() !== null && !isLocked.peek()) void read()
  }

  /** [COPY-13] */
  async function reseal({
    copyId,
    patientNumber,
    expiresMs,
    to,
    asked: wanting,
    readers,
  }: SentCopy): Promise<void> {
    const fresh = wanting.filter(({ key }) => !tried.has(`${copyId} ${key.statement.text}`))
    if (fresh.length === 0) return
    for (const { key } of fresh) tried.add(`${copyId} ${key.statement.text}`)
    const done = await port.reseal({ copyId, patientNumber, expiresMs }, fresh, parts.serverNowMs())
    if (!done.ok && done.failure === 'unreachable')
      for (const { key } of fresh) tried.delete(`${copyId} ${key.statement.text}`)
    const nameOf = (staffId: string) => readers.find(({ who }) => who.staffId === staffId)?.who.name ?? null
    const told = (staffIds: readonly string[], outcome: Resealed['outcome']) =>
      [...new Set(staffIds)].map((staffId) => ({ copyId, to, name: nameOf(staffId), outcome }))
    if (done.ok) resealed.value = [...told(done.value, 'sealed'), ...resealed.peek()]
    else if (done.failure === 'untrusted')
      resealed.value = [
        ...told(
          fresh.map(({ staffId }) => staffId),
          'untrusted',
        ),
        ...resealed.peek(),
      ]
    if (done.ok) look()
  }

  async function tell(copyId: string): Promise<void> {
    untold.add(copyId)
    const answer = await api.ask('POST', '/copies/opened', { copyId }, anything)
    if (!answer.ok && answer.failure === 'unreachable') return
    untold.delete(copyId)
    look()
  }

  const outbox = createCopyOutbox({ ...parts, sent: look })
  const reading = createCopyOpening({ ...parts, list, seen: (copyId) => void tell(copyId) })

  me.subscribe(() => {
    asks += 1
    list.value = null
    problem.value = null
    asked.value = new Map()
    resealed.value = []
    untold.clear()
    tried.clear()
  })
  effect(() => {
    const isHeard = me.value !== null && session.value !== null && !isLocked.value
    // A locked screen knows nothing of them.
    if (isLocked.value) list.value = null
    if (!isHeard) return
    for (const copyId of untold) void tell(copyId)
    if (isCertified.value) void port.enrol(parts.serverNowMs()).then(look, () => {})
  })
  effect(() => {
    if (news.value >= 0 && session.value !== null && me.value !== null && !isLocked.value) look()
  })

  const note = (copyId: string, how: 'asking' | 'asked' | 'failed') => {
    asked.value = new Map(asked.peek()).set(copyId, how)
  }
  const isNew = ({ state, openedMs }: ReceivedCopy) => state === 'there' && openedMs === null

  return {
    list,
    problem,
    unread: computed(() => list.value?.received.filter(isNew).length ?? 0),
    outbox,
    reading,
    asked,
    resealed,
    look,
    async withdraw(copyId) {
      const answer = await api.ask('POST', '/copies/withdraw', { copyId }, anything)
      look()
      return answer.ok
    },
    async askSender(copyId) {
      note(copyId, 'asking')
      const answer = await port.ask(copyId, parts.serverNowMs())
      note(copyId, answer.ok ? 'asked' : 'failed')
    },
  }
}
