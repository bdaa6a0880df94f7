/**
 * A server killed in the middle of its work, again and again: every act that was acknowledged is in the audit, once,
 * the audit and the ledger say the same, and the chain with its signed heads is whole.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { newServer, type Server } from '../e2e/server.ts'
import { check } from '../fakes/audit.ts'
import {
  type Client,
  codeOf,
  enrol,
  openBed,
  openStation,
  post,
  signIn,
  type Tablet,
} from '../server/client.ts'
import { between, type Chance, mulberry32, pick } from './prng.ts'

export type KillResult = {
  readonly rounds: number
  readonly acknowledged: number
  /** Said, but not acknowledged when the server died. */
  readonly inFlight: number
  readonly rows: number
  readonly heads: number
  readonly problems: readonly string[]
}

/** What was said and what it must have left in the audit once acknowledged. */
type Said = { readonly client: Client; readonly seq: number; readonly leaves: string }
/** How often something was asked over HTTP, and how often it was answered with 200. */
type Asked = { asked: number; answered: number }
type Journal = {
  said: Said[]
  readonly owed: Set<string>
  readonly http: Record<'sign-in' | 'sign-out' | 'audit-searched', Asked>
  inFlight: number
}
type Pair = { readonly cookie: string; readonly tablet: Tablet }

const pairs = 3
/** A round lasts until so many more acts are acknowledged, on a fast machine and on a slow one, and a moment longer. */
const mostActs = 40
const longestMomentMs = 5
const patienceMs = 10_000
/** Every so often the server is asked to stop instead, so that heads are signed at a stop too. */
const gentleEvery = 20

function say(journal: Journal, client: Client, message: Parameters<Client['say']>[0], leaves: string): void {
  client.say(message)
  journal.said.push({ client, seq: client.history().sent, leaves })
}

/** Rings, answers and hangs up without a pause, until the server is gone. */
async function callOn(journal: Journal, chance: Chance, nurse: Client, bed: Client): Promise<void> {
  const { me } = bed.welcome
  const bedId = me.type === 'bed' ? me.bedId : ''
  for (;;) {
    const callId = randomUUID()
    const isMe = ({ call }: { call: { callId: string } }) => call.callId === callId
    const to = { type: 'bed' as const, bedId }
    const mode = 'ring' as const
    say(
      journal,
      nurse,
      {
        type: 'call.invite',
        callId,
        to,
        mode,
        stay: bed.welcome.stay?.epoch ?? null,
        expiresAtMs: Date.now() + 60_000,
      },
      `call-invited ${callId}`,
    )
    await bed.hear('call.changed', isMe)
    journal.owed.add(`call-invited ${callId}`)
    if (chance() < 0.7) {
      say(journal, bed, { type: 'call.accept', callId }, `call-answered ${callId}`)
      await nurse.hear('call.changed', (heard) => isMe(heard) && heard.call.phase === 'accepted')
      journal.owed.add(`call-answered ${callId}`)
    }
    const ender = pick(chance, [nurse, bed])
    say(journal, ender, { type: 'call.end', callId, reason: 'hung-up' }, `call-ended ${callId}`)
    await nurse.hear('call.ended', (heard) => heard.callId === callId)
    journal.owed.add(`call-ended ${callId}`)
  }
}

async function ask(journal: Journal, what: keyof Journal['http'], question: Promise<Response>) {
  journal.http[what].asked += 1
  const answer = await question
  if (answer.ok) journal.http[what].answered += 1
  return answer
}

/** Uses up this start's sign-in links, and signs out again. */
async function signInOn(journal: Journal, { origin, demo }: Server): Promise<void> {
  for (const { url } of demo().staff) {
    const code = codeOf(url)
    const answer = await ask(journal, 'sign-in', post(origin, '/api/sign-in', { code }))
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    if (cookie) await ask(journal, 'sign-out', post(origin, '/api/sign-out', {}, { cookie }))
  }
}

/** Searches the audit without a pause. */
async function searchOn(journal: Journal, { origin }: Server, cookie: string): Promise<void> {
  for (;;) await ask(journal, 'audit-searched', fetch(`${origin}/api/audit?from=1`, { headers: { cookie } }))
}

/** Calls of the round before that nobody claims are ended, so that beds are free. */
async function arrive(server: Server, { cookie, tablet }: Pair, index: number): Promise<[Client, Client]> {
  const both = [
    await openStation(server.origin, cookie, { tabId: `lab-${index}` }),
    await openBed(server.origin, tablet),
  ] as const
  for (const client of both) {
    for (const { callId } of client.welcome.snapshot?.calls ?? [])
      client.say({ type: 'call.end', callId, reason: 'hung-up' })
    await client.settled()
  }
  return [both[0], both[1]]
}

function acknowledgedOf({ owed, http }: Journal): number {
  return Object.values(http).reduce((sum, { answered }) => sum + answered, owed.size)
}

async function wait(ms: number): Promise<void> {
  await new Promise((over) => setTimeout(over, ms))
}

async function reach(journal: Journal, count: number): Promise<void> {
  const limitMs = performance.now() + patienceMs
  while (acknowledgedOf(journal) < count && performance.now() < limitMs) await wait(1)
}

function settle(journal: Journal): void {
  for (const { client, seq, leaves } of journal.said) {
    if (seq <= client.acked()) journal.owed.add(leaves)
    else journal.inFlight += 1
  }
  journal.said = []
}

async function stop(server: Server, isGentle: boolean): Promise<void> {
  if (!isGentle) return await server.kill()
  const pid = server.pid()
  process.kill(pid, 'SIGTERM')
  while (isRunning(pid)) await wait(20)
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** What is wrong with what the dead server left behind. */
function problemsOf(server: Server, journal: Journal): { problems: string[]; rows: number; heads: number } {
  const verdict = check(server.data)
  if (verdict.type === 'broken') return { problems: [verdict.said], rows: 0, heads: 0 }
  const problems: string[] = []
  const database = new DatabaseSync(join(server.data, 'bedside.db'), { readOnly: true })
  const kept = database.prepare('select action, entity_id, text from audit').all()
  const calls = database.prepare('select call_id, accepted_ms, ended_ms, phase from calls').all()
  database.close()
  const count = new Map<string, number>()
  const refused = new Set<string>()
  for (const { action, entity_id, text } of kept) {
    const name = `${action} ${entity_id}`
    count.set(name, (count.get(name) ?? 0) + 1)
    // An invitation that finds its bed gone, as in a stop, is over at once: its one row says so.
    if (JSON.parse(String(text)).act.outcome === 'refused') refused.add(String(entity_id))
  }
  for (const owed of journal.owed) if (!count.has(owed)) problems.push(`acknowledged, but not there: ${owed}`)
  for (const [name, times] of count)
    if (name.startsWith('call-') && times > 1) problems.push(`${times} times: ${name}`)
  for (const { call_id, accepted_ms, ended_ms } of calls) {
    const isThere = (action: string) => count.has(`${action} ${call_id}`)
    if (!isThere('call-invited') || isThere('call-answered') !== (accepted_ms !== null))
      problems.push(`the ledger and the audit disagree about ${call_id}`)
    const isRefused = refused.has(String(call_id))
    if ((isThere('call-ended') || isRefused) !== (ended_ms !== null))
      problems.push(`they disagree about the end of ${call_id}`)
    if (isThere('call-ended') && isRefused) problems.push(`refused, and ended all the same: ${call_id}`)
  }
  for (const [action, { asked, answered }] of Object.entries(journal.http)) {
    const there = count.get(`${action} ${action === 'audit-searched' ? 'log' : null}`) ?? 0
    if (there < answered || there > asked)
      problems.push(`${answered} of ${asked} ${action} were answered, ${there} are there`)
  }
  return { problems, rows: verdict.rows, heads: verdict.heads }
}

/** Kills a server of its own `rounds` times (seeded) with acts in flight. */
export async function killRounds(rounds: number, seed: number): Promise<KillResult> {
  const chance = mulberry32(seed)
  const server = await newServer()
  const none = () => ({ asked: 0, answered: 0 })
  const http = { 'sign-in': none(), 'sign-out': none(), 'audit-searched': none() }
  const journal: Journal = { said: [], owed: new Set(), http, inFlight: 0 }
  const crew: Pair[] = []
  let admin = ''
  let result: KillResult = { rounds: 0, acknowledged: 0, inFlight: 0, rows: 0, heads: 0, problems: [] }
  try {
    for (let round = 1; round <= rounds && result.problems.length === 0; round += 1) {
      await server.start()
      if (crew.length === 0) {
        for (let index = 0; index < pairs; index += 1) {
          const cookie = await signIn(server.origin, server.demo().staff[index]?.url ?? '')
          const tablet = await enrol(server.origin, server.demo().beds[index]?.url ?? '')
          crew.push({ cookie, tablet })
        }
        admin = await signIn(server.origin, server.demo().staff[pairs]?.url ?? '')
        http['sign-in'] = { asked: pairs + 1, answered: pairs + 1 }
      }
      const ends = await Promise.all(crew.map((pair, index) => arrive(server, pair, index)))
      const work = [
        ...ends.map(([nurse, bed]) => callOn(journal, chance, nurse, bed)),
        signInOn(journal, server),
        searchOn(journal, server, admin),
      ]
      const over = Promise.allSettled(work)
      await reach(journal, acknowledgedOf(journal) + between(chance, 0, mostActs))
      await wait(between(chance, 0, longestMomentMs))
      await stop(server, round % gentleEvery === 0)
      await over
      settle(journal)
      const { problems, rows, heads } = problemsOf(server, journal)
      const acknowledged = acknowledgedOf(journal)
      result = { rounds: round, acknowledged, inFlight: journal.inFlight, rows, heads, problems }
    }
  } finally {
    await server.remove()
  }
  return result
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rounds: { type: 'string' }, seed: { type: 'string' } } })
  const result = await killRounds(Number(values.rounds ?? 200), Number(values.seed ?? 1))
  for (const problem of result.problems.slice(0, 20)) console.log(`PROBLEM ${problem}`)
  console.log(
    `audit-kill: ${result.rounds} rounds, ${result.acknowledged} acts acknowledged and ${result.inFlight} in flight at the kills, ${result.rows} rows, ${result.heads} heads, ${result.problems.length} problems`,
  )
  process.exitCode = result.problems.length === 0 ? 0 : 1
}
