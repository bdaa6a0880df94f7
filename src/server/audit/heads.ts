/** Signs tree heads of the audit: every thousand rows or five minutes, and when the server stops. */
import { randomUUIDv7 } from 'node:crypto'
import type { Logger } from 'pino'
import * as v from 'valibot'
import type { Db } from '../store/store.ts'
import type { Collector } from './collector.ts'
import { appendHead, mendHeadLog, readHeadLog } from './head-log.ts'
import type { SigningKey } from './key.ts'
import { emptyTree, rootOf, type Tree, withLeaf } from './merkle.ts'
import { checkpointText, openNote, parseCheckpoint, signNote } from './note.ts'

export type Pace = { readonly rows: number; readonly ms: number; readonly lookMs: number }

export type HeadParts = {
  readonly db: Db
  readonly dataFolder: string
  readonly key: SigningKey
  readonly collector: Pick<Collector, 'poke'>
  readonly now: () => number
  readonly log: Logger
  readonly pace?: Pace
}

/** `rows-missing`: a signed head is larger than what is there. Signing goes on only when that is put right. */
export type HeadProblem = 'rows-missing' | 'head-damaged' | 'not-written'

export type HeadState = {
  readonly last: { readonly size: number; readonly root: string; readonly madeMs: number } | null
  readonly problem: HeadProblem | null
}

export type Heads = Awaited<ReturnType<typeof openHeads>>

const standardPace: Pace = { rows: 1_000, ms: 5 * 60 * 1_000, lookMs: 1_000 }
const pageRows = 500
const storedFrontier = v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)))

/** Takes the tree up where the last head left it, and says so when the rows do not reach that far any more. */
export async function openHeads(parts: HeadParts) {
  const { db, dataFolder, key, collector, now, log, pace = standardPace } = parts
  if (mendHeadLog(dataFolder)) log.warn('half a tree head was taken off the end of heads.log')
  let { tree, last } = await takeUp(db)
  if (key.isNew && last)
    log.warn({ key: key.origin }, 'the audit’s key was gone; a new one signs from now on')
  let problem = await problemAtStart(parts, tree, last?.root ?? null)
  if (problem) log.error({ problem }, 'the audit is not what was signed; no more tree heads are signed')
  let lastHeadMs = now()
  let work: Promise<void> = Promise.resolve()

  /** Adds the rows that are there now; a head is due at every full thousand, and `isDue` says whether at the end. */
  async function catchUp(isDue: () => boolean): Promise<void> {
    if (problem === 'rows-missing' || problem === 'head-damaged') return
    for (let rows = await page(db, tree.size); rows.length > 0; rows = await page(db, tree.size)) {
      for (const { seq, text } of rows) {
        if (seq !== tree.size + 1) return fail('rows-missing')
        tree = withLeaf(tree, text)
        if (tree.size % pace.rows === 0) await publish()
      }
    }
    if (tree.size > (last?.size ?? 0) && isDue()) await publish()
  }

  async function publish(): Promise<void> {
    const root = rootOf(tree).toString('base64')
    const note = signNote(
      checkpointText({ origin: key.origin, size: tree.size, root }),
      key.origin,
      key.privateKey,
    )
    if (problem === 'not-written') mendHeadLog(dataFolder)
    appendHead(dataFolder, note)
    const frontier = JSON.stringify(tree.frontier.map((hash) => hash.toString('hex')))
    const made_ms = now()
    await db
      .insertInto('audit_heads')
      .values({ head_id: randomUUIDv7(), size: tree.size, frontier, note, made_ms, delivered_ms: null })
      .execute()
    last = { size: tree.size, root, madeMs: made_ms }
    lastHeadMs = made_ms
    problem = null
    collector.poke()
  }

  function fail(what: HeadProblem): void {
    if (problem !== what) log.error({ problem: what }, 'no tree head of the audit could be signed')
    problem = what
  }

  function run(isDue: () => boolean): Promise<void> {
    work = work
      .then(() => catchUp(isDue))
      .catch((error) => {
        log.error({ err: error }, 'signing a tree head failed')
        fail('not-written')
      })
    return work
  }

  const timer = setInterval(() => void run(() => now() - lastHeadMs >= pace.ms), pace.lookMs).unref()
  collector.poke()

  return {
    state: (): HeadState => ({ last, problem }),
    /** Signs what is there now. */
    sign: () => run(() => true),
    /** Signs once more and signs no more. */
    async stop(): Promise<void> {
      clearInterval(timer)
      await run(() => true)
    },
  }
}

async function page(db: Db, after: number) {
  return await db
    .selectFrom('audit')
    .select(['seq', 'text'])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(pageRows)
    .execute()
}

async function takeUp(db: Db): Promise<{ tree: Tree; last: HeadState['last'] }> {
  const row = await db
    .selectFrom('audit_heads')
    .selectAll()
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return { tree: emptyTree, last: null }
  const frontier = v.parse(storedFrontier, JSON.parse(row.frontier)).map((hex) => Buffer.from(hex, 'hex'))
  const tree = { size: row.size, frontier }
  const said = parseCheckpoint(row.note.split('\n\n')[0]?.concat('\n') ?? '')
  return { tree, last: { size: row.size, root: said?.root ?? '', madeMs: row.made_ms } }
}

async function problemAtStart(
  { db, dataFolder, key }: HeadParts,
  tree: Tree,
  root: string | null,
): Promise<HeadProblem | null> {
  const { rows } = await db
    .selectFrom('audit')
    .select(({ fn }) => fn.max('seq').as('rows'))
    .executeTakeFirstOrThrow()
  if (root !== null && rootOf(tree).toString('base64') !== root) return 'head-damaged'
  return largestHead(dataFolder, key, tree.size) > (rows ?? 0) ? 'rows-missing' : null
}

/** The last head of the file may be one that a kill kept out of the database. */
function largestHead(dataFolder: string, key: SigningKey, size: number): number {
  const opened = openNote(readHeadLog(dataFolder).notes.at(-1) ?? '', [key.verifier])
  const filed = 'text' in opened ? parseCheckpoint(opened.text) : null
  return Math.max(size, filed?.size ?? 0)
}
