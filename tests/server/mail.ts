/** The mail of visits in a test: a real database, a real mail server, a clock that is set, and a worker that is driven. */
import { type DestinationStream, pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { Appointment } from '../../src/protocol/plan.ts'
import { readConfig } from '../../src/server/config.ts'
import type { MailConfig } from '../../src/server/config-mail.ts'
import { createPost } from '../../src/server/mail/post.ts'
import { openStore } from '../../src/server/store/store.ts'
import type { LetterFacts, LetterKind } from '../../src/server/visits/post.ts'
import { type MailServer, openMailServer } from '../fakes/mail-server.ts'
import { appointment } from './plan-fake.ts'
import { temporaryFolder } from './ward.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
/** Thursday, 14 January 2027, 08:00 UTC: 10:00 in Helsinki. */
export const nowMs = Date.UTC(2027, 0, 14, 8)
/** A week later. */
export const startMs = nowMs + 7 * 24 * hourMs
export const link = 'https://bedside.example/visit#abcdefghijklmnopqrstuvwxyz0'

export function facts(changes: Partial<LetterFacts> = {}, row: Partial<Appointment> = {}): LetterFacts {
  const when = { type: 'at', startMs, endMs: startMs + 30 * minuteMs } as const
  return {
    link,
    to: 'juan@example.org',
    phone: null,
    name: 'Juan García',
    appointment: appointment({ id: 'visit-1', when, ...row }),
    entryId: 'visit-1',
    language: 'en',
    zone: 'Europe/Helsinki',
    wardZone: 'Europe/Helsinki',
    ward: 'Ward 4',
    wardPhone: '+358 9 123 456',
    ...changes,
  }
}

export type PostOptions = {
  readonly server?: MailServer
  readonly environment?: Readonly<Record<string, string>>
  /** What no environment on loopback makes. */
  readonly changes?: Partial<MailConfig>
  readonly dataFolder?: string
  readonly sweepMs?: number
}

/** Driven by hand, unless it is said how often it looks by itself. */
export async function openPost({
  environment = {},
  changes = {},
  dataFolder,
  sweepMs = 2 ** 30,
  ...rest
}: PostOptions = {}) {
  const server = rest.server ?? (await openMailServer())
  onTestFinished(() => server.close())
  const data = dataFolder ?? temporaryFolder()
  const config = readConfig(
    { BEDSIDE_SMTP_URL: server.url, BEDSIDE_MAIL_FROM: 'visits@hospital.example', ...environment },
    [],
  ).mail
  const world = {
    nowMs,
    facts: new Map<string, LetterFacts | null>([['visit-1', facts()]]),
    news: [] as string[],
    log: '',
  }
  const into: DestinationStream = {
    write(line) {
      world.log += line
    },
  }
  const store = await openStore(data, null, nowMs)
  const post = createPost({
    db: store.db,
    config: config && { ...config, ...changes },
    origin: 'https://bedside.example',
    now: () => world.nowMs,
    log: pino({ level: 'trace' }, into),
    newsOf: (visitId) => void world.news.push(visitId),
    sweepMs,
  })
  let isOpen = true
  async function close(): Promise<void> {
    if (!isOpen) return
    isOpen = false
    await post.stop()
    await store.close()
  }
  onTestFinished(close)
  post.start(async (visitId) => world.facts.get(visitId) ?? null)
  await post.turn()

  return {
    ...{ server, data, world, post, db: store.db, close },
    async queue(kind: LetterKind, dueMs = world.nowMs, visitId = 'visit-1'): Promise<void> {
      await post.queue(store.db, { visitId, kind, dueMs })
      await post.turn()
    },
    /** What was sent to the old address is taken back; `to`: the old one. */
    async withdraw(to: string, sequence = 5): Promise<void> {
      const whose = { visitId: 'visit-1', entryId: 'visit-1', language: 'en' } as const
      await post.withdraw(store.db, { ...whose, to, sequence })
      await post.turn()
    },
    async pass(ms: number): Promise<void> {
      world.nowMs += ms
      await post.turn()
    },
    async state(visitId = 'visit-1') {
      return (await post.stateOf(store.db, [visitId])).get(visitId)
    },
    rows: () => store.db.selectFrom('letters').selectAll().orderBy('queued_ms').execute(),
  }
}
