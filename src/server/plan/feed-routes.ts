/** Calendar links over HTTP: made, listed and revoked by people, read by their calendar programs; one appointment as a file. */
import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { type Language, languageFrom } from '../../core/languages.ts'
import { mayKnow } from '../../core/plan/audience.ts'
import type { Appointment } from '../../protocol/plan.ts'
import {
  icsQuery,
  makeFeed as makeFeedRequest,
  revokeFeed as revokeFeedRequest,
} from '../../protocol/plan-share.ts'
import { recordAct } from '../audit/record.ts'
import { createBuckets } from '../buckets.ts'
import type { SignIn } from '../people.ts'
import type { Answer, Asked, RouteBook } from '../routes.ts'
import type { Store } from '../store/store.ts'
import type { Ward } from '../ward.ts'
import { listFeeds, makeFeed, openFeed, revokeFeed } from './feeds.ts'
import { calendarOf } from './ics.ts'
import type { PlanPort } from './port.ts'
import { readerOf } from './rights.ts'

export type FeedParts = {
  readonly store: Store
  readonly ward: Ward
  readonly origin: string
  readonly now: () => number
  readonly plan: PlanPort
  /** The ward's, for links that say none. */
  readonly language: Language
}

const dayMs = 24 * 60 * 60 * 1000
/** How much of the past a calendar is shown, and how many appointments in all. */
const pastMs = 30 * dayMs
const mostListed = 5_000
/** A calendar asks every few minutes at most. */
const askedByFeed = { perSecond: 1 / 10, burst: 20 }
const calendarType = 'text/calendar; charset=utf-8'
const nothing = v.strictObject({})

export function addFeeds(book: RouteBook, parts: FeedParts): void {
  const { route } = book
  const own = (signIn: SignIn) => signIn.staff.staffId
  const wards = () => null
  route('GET', '/plan/feeds', { needs: 'plan.see', takes: nothing }, (asked) => list(parts, asked, own))
  route('POST', '/plan/feeds', { needs: 'plan.see', takes: makeFeedRequest }, (asked) =>
    make(parts, asked, own),
  )
  route('POST', '/plan/feeds/revoke', { needs: 'plan.see', takes: revokeFeedRequest }, (asked) =>
    revoke(parts, asked, own),
  )
  route('GET', '/plan/feeds/ward', { needs: 'plan.share', takes: nothing }, (asked) =>
    list(parts, asked, wards),
  )
  route('POST', '/plan/feeds/ward', { needs: 'plan.share', takes: makeFeedRequest }, (asked) =>
    make(parts, asked, wards),
  )
  route('POST', '/plan/feeds/ward/revoke', { needs: 'plan.share', takes: revokeFeedRequest }, (asked) =>
    revoke(parts, asked, wards),
  )
  route('GET', '/plan/appointments/ics', { needs: 'plan.see', takes: icsQuery }, (asked) => one(parts, asked))
  const asked = createBuckets(askedByFeed)
  book.beside('/feeds', (app) => {
    app.get('/:file', (request, reply) => serve(parts, asked, request, reply))
  })
}

/** Whose links they are; null: the ward's. */
type Owner = (signIn: SignIn) => string | null

async function list({ store }: FeedParts, { signIn, nowMs }: Asked<unknown>, owner: Owner): Promise<Answer> {
  if (!signIn) return { refusal: 'signed-out' }
  return { answer: { feeds: await listFeeds(store.db, owner(signIn), nowMs) } }
}

async function make(
  { store, origin }: FeedParts,
  { signIn, agent, body, nowMs }: Asked<v.InferOutput<typeof makeFeedRequest>>,
  owner: Owner,
): Promise<Answer> {
  if (!signIn) return { refusal: 'signed-out' }
  const wish = { ...body, staffId: owner(signIn), madeBy: signIn.staff.staffId, agent }
  const made = await makeFeed(store, wish, nowMs)
  if (!made) return { refusal: 'conflict' }
  return { answer: { feed: made.feed, url: `${origin}/feeds/${made.token}.ics` } }
}

async function revoke(
  { store }: FeedParts,
  { signIn, agent, body, nowMs }: Asked<v.InferOutput<typeof revokeFeedRequest>>,
  owner: Owner,
): Promise<Answer> {
  if (!signIn) return { refusal: 'signed-out' }
  const done = await revokeFeed(store, body.feedId, { staffId: owner(signIn), agent }, nowMs)
  return done ? { answer: {} } : { refusal: 'not-found' }
}

async function one(
  { store, plan, ward, language }: FeedParts,
  { signIn, agent, body, nowMs, reply }: Asked<v.InferOutput<typeof icsQuery>>,
): Promise<Answer> {
  if (!signIn) return { refusal: 'signed-out' }
  const appointment = plan.book.get('appointment', body.id)
  if (!appointment || !mayKnow(appointment, readerOf(signIn, ward.wardId, nowMs)))
    return { refusal: 'not-found' }
  const entity = { type: 'appointment', id: appointment.id } as const
  await recordAct(store.db, nowMs, { action: 'plan-shared', agent, entity, detail: 'ics' })
  reply.type(calendarType).header('content-disposition', 'attachment; filename="appointment.ics"')
  return {
    answer: calendarOf(
      ward.name,
      plan.book,
      [{ appointment, conference: null }],
      languageFrom([body.language ?? null, language]),
    ),
  }
}

/** The same words for a link that never was, one that is over and one that was revoked. */
async function serve(
  { store, ward, plan, now, language }: FeedParts,
  asked: ReturnType<typeof createBuckets>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.header('cache-control', 'private, no-cache').header('x-robots-tag', 'noindex')
  const { file } = v.parse(v.object({ file: v.string() }), request.params)
  const [, token] = /^([A-Za-z0-9_-]{27})\.ics$/.exec(file) ?? []
  const feed = token === undefined ? null : await openFeed(store, token, ward.wardId, now())
  if (!feed) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such calendar.\n')
  const waitMs = asked.take(feed.feedId, performance.now())
  if (waitMs > 0)
    return reply
      .code(429)
      .header('retry-after', String(Math.ceil(waitMs / 1_000)))
      .type('text/plain; charset=utf-8')
      .send('This calendar was asked for too often.\n')
  const listed = appointmentsOf(plan, feed.staffId, now())
  const text = calendarOf(
    feed.name,
    plan.book,
    listed.map((appointment) => ({ appointment, conference: null })),
    languageFrom([feed.language, language]),
  )
  const tag = `"${hash('sha256', text, 'base64url').slice(0, 27)}"`
  const changedMs = Math.max(0, ...listed.map((appointment) => appointment.changedMs))
  reply.header('etag', tag).header('last-modified', new Date(changedMs).toUTCString())
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(tag)) return reply.code(304).send()
  return reply.type(calendarType).send(text)
}

/** A person's own, or all; without notes of others, and without what is long past. In the order of their start. */
function appointmentsOf({ book }: PlanPort, staffId: string | null, nowMs: number): Appointment[] {
  const found: { startMs: number; appointment: Appointment }[] = []
  for (const appointment of book.all('appointment')) {
    const { when, staff, by, kind } = appointment
    if (when.type === 'waiting' || when.endMs < nowMs - pastMs) continue
    if (staffId === null ? kind === 'note' : !staff.includes(staffId) && !(kind === 'note' && by === staffId))
      continue
    found.push({ startMs: when.startMs, appointment })
  }
  found.sort(
    (one, other) => one.startMs - other.startMs || (one.appointment.id < other.appointment.id ? -1 : 1),
  )
  return found.slice(0, mostListed).map(({ appointment }) => appointment)
}
