/** The check of the audit: whatever is changed, removed, swapped or doubled behind the server's back is named. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type AuditAct, auditActions } from '../../src/protocol/audit.ts'
import { chainHash, columnsOf, firstHash, type NewAct, rowText } from '../../src/server/audit/record.ts'
import { type KeptRow, startVerifying } from '../../src/server/audit/verify.ts'
import { check, withAudit, writeActs } from '../fakes/audit.ts'
import { databaseOf } from './audit-rows.ts'
import { temporaryFolder } from './ward.ts'

const anId = fc.uuid()
const anAgent = fc.oneof(
  fc.record({ type: fc.constant('staff' as const), staffId: anId, role: fc.constant('nurse' as const) }),
  fc.record({ type: fc.constant('bed' as const), bedId: anId }),
  fc.constant({ type: 'server' as const }),
)
const anAct: fc.Arbitrary<AuditAct> = fc.record({
  action: fc.constantFrom(...auditActions),
  agent: anAgent,
  peer: fc.option(anAgent),
  outcome: fc.constantFrom('done' as const, 'refused' as const),
  patient: fc.option(anId),
  entity: fc.option(fc.record({ type: fc.constant('call' as const), id: anId })),
  detail: fc.option(fc.constantFrom('busy', 'hung-up')),
  reason: fc.option(fc.string({ unit: 'grapheme', maxLength: 40 })),
})
const acts = fc.array(anAct, { minLength: 3, maxLength: 24 })
/** Where, between the first row and the last; which column; which byte; what it becomes. */
const place = fc.record({
  where: fc.nat(),
  other: fc.nat(),
  column: fc.nat(),
  byte: fc.nat(),
  becomes: fc.integer({ min: 1, max: 255 }),
})
type Place = typeof place extends fc.Arbitrary<infer T> ? T : never

const textColumns = ['text', 'hash', 'action', 'agent_id', 'peer_id', 'patient_id', 'entity_id']

/** A data folder without an act, made once: making the tables takes longer than all else that is tried here. */
const empty = mkdtempSync(join(tmpdir(), 'bedside-empty-'))
beforeAll(() => withAudit(empty, async () => {}))
afterAll(() => rmSync(empty, { recursive: true }))
// A busy machine takes its time over so many databases.
vi.setConfig({ testTimeout: 90_000 })

/** Writes `acts`, lets `tamper` change what is kept, and gives what the check then says. */
async function judged(
  given: readonly NewAct[],
  tamper: (database: DatabaseSync, rows: number, folder: string) => void,
  headFiles: (folder: string) => readonly string[] = () => [],
) {
  const folder = mkdtempSync(join(tmpdir(), 'bedside-audit-'))
  cpSync(empty, folder, { recursive: true })
  try {
    await withAudit(folder, (db) => writeActs(db, given), 8)
    expect(check(folder)).toMatchObject({ type: 'whole', rows: given.length })
    const database = databaseOf(folder)
    tamper(database, given.length, folder)
    database.close()
    return check(folder, headFiles(folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): void {
  database.prepare(sql).run(...values)
}

/** Changes one byte of one field, or one number of it by the byte; the row it did it to. */
function changeByte(database: DatabaseSync, rows: number, { where, column, byte, becomes }: Place): number {
  const seq = (where % rows) + 1
  const kind = column % (textColumns.length + 2)
  if (kind === textColumns.length)
    run(database, 'update audit set at_ms = at_ms + ? where seq = ?', becomes, seq)
  else if (kind > textColumns.length)
    run(database, 'update audit set seq = seq + ? where seq = ?', rows + becomes, seq)
  else {
    const name = textColumns[kind] ?? 'text'
    const kept = database.prepare(`select cast(${name} as blob) as bytes from audit where seq = ?`).get(seq)
    const bytes = kept?.bytes instanceof Uint8Array ? kept.bytes : new Uint8Array()
    if (bytes.length === 0) run(database, `update audit set ${name} = 'x' where seq = ?`, seq)
    else {
      const at = byte % bytes.length
      bytes[at] = (bytes[at] ?? 0) ^ becomes
      run(database, `update audit set ${name} = cast(? as text) where seq = ?`, bytes, seq)
    }
  }
  return seq
}

test('[AUDIT-5] one changed byte anywhere in a row is found, and its row is named', async () => {
  await fc.assert(
    fc.asyncProperty(acts, place, async (given, chosen) => {
      let seq = 0
      const verdict = await judged(given, (database, rows) => {
        seq = changeByte(database, rows, chosen)
      })
      expect(verdict).toMatchObject({ type: 'broken', seq })
    }),
    { numRuns: 100 },
  )
})

test('[AUDIT-5] a removed row is found, and its number is named', async () => {
  await fc.assert(
    fc.asyncProperty(acts, place, async (given, { where }) => {
      const seq = (where % (given.length - 1)) + 1
      const verdict = await judged(given, (database) => run(database, 'delete from audit where seq = ?', seq))
      expect(verdict).toMatchObject({ type: 'broken', seq })
    }),
    { numRuns: 25 },
  )
})

test('[AUDIT-5] a removed row whose followers were renumbered is found', async () => {
  await fc.assert(
    fc.asyncProperty(acts, place, async (given, { where }) => {
      const seq = (where % (given.length - 1)) + 1
      const verdict = await judged(given, (database) => {
        run(database, 'delete from audit where seq = ?', seq)
        run(database, 'update audit set seq = -(seq - 1) where seq > ?', seq)
        run(database, 'update audit set seq = -seq where seq < 0')
      })
      expect(verdict).toMatchObject({ type: 'broken', seq })
    }),
    { numRuns: 25 },
  )
})

test('[AUDIT-5] two rows that changed places are found, by the first of them', async () => {
  await fc.assert(
    fc.asyncProperty(acts, place, async (given, { where, other }) => {
      const [a, b] = [(where % given.length) + 1, (other % given.length) + 1]
      fc.pre(a !== b)
      const verdict = await judged(given, (database) => {
        run(database, 'update audit set seq = -1 where seq = ?', a)
        run(database, 'update audit set seq = ? where seq = ?', a, b)
        run(database, 'update audit set seq = ? where seq = -1', b)
      })
      expect(verdict).toMatchObject({ type: 'broken', seq: Math.min(a, b) })
    }),
    { numRuns: 25 },
  )
})

test('[AUDIT-5] a doubled row is found, by its second place', async () => {
  await fc.assert(
    fc.asyncProperty(acts, place, async (given, { where }) => {
      const seq = (where % given.length) + 1
      const verdict = await judged(given, (database) => {
        run(database, 'update audit set seq = -(seq + 1) where seq > ?', seq)
        run(database, 'update audit set seq = -seq where seq < 0')
        run(
          database,
          `insert into audit select seq + 1, at_ms, action, agent_id, peer_id, patient_id, entity_id, text, hash
           from audit where seq = ?`,
          seq,
        )
      })
      expect(verdict).toMatchObject({ type: 'broken', seq: seq + 1 })
    }),
    { numRuns: 25 },
  )
})

/** Everything that is on this machine and speaks of heads is gone, but the key. */
function forgetHeads(database: DatabaseSync, folder: string): void {
  run(database, 'delete from audit_heads')
  rmSync(join(folder, 'heads.log'))
}

test('[AUDIT-6] a removed tail is found by a head that was kept elsewhere, and by nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(acts, place, async (given, { where }) => {
      const left = where % given.length
      const cut = (elsewhere: string) => (database: DatabaseSync, _rows: number, folder: string) => {
        writeFileSync(elsewhere, readFileSync(join(folder, 'heads.log')))
        forgetHeads(database, folder)
        run(database, 'delete from audit where seq > ?', left)
      }
      const elsewhere = join(mkdtempSync(join(tmpdir(), 'bedside-elsewhere-')), 'head')
      expect(await judged(given, cut(elsewhere))).toMatchObject({ type: 'whole', rows: left })
      const verdict = await judged(given, cut(elsewhere), () => [elsewhere])
      expect(verdict).toMatchObject({ type: 'broken', seq: left + 1 })
      rmSync(join(elsewhere, '..'), { recursive: true })
    }),
    { numRuns: 15 },
  )
})

/** Writes the audit anew from a row on, hashes and all, as somebody with every right on the machine could. */
function rewrite(database: DatabaseSync, from: number): void {
  const rows = database.prepare('select text, hash from audit order by seq').all()
  let before = firstHash
  for (const [index, row] of rows.entries()) {
    const seq = index + 1
    const said = JSON.parse(String(row.text))
    const text = seq < from ? String(row.text) : rowText(seq, said.atMs, { ...said.act, reason: 'rewritten' })
    const columns = columnsOf(JSON.parse(text))
    before = chainHash(before, text)
    run(
      database,
      'update audit set text = ?, hash = ?, at_ms = ?, action = ? where seq = ?',
      ...[text, before, columns.at_ms, columns.action, seq],
    )
  }
}

test('[AUDIT-6] an audit rewritten with all its hashes does not agree with what was signed', async () => {
  await fc.assert(
    fc.asyncProperty(acts, place, async (given, { where }) => {
      const from = (where % given.length) + 1
      const verdict = await judged(given, (database) => rewrite(database, from))
      expect(verdict).toMatchObject({ type: 'broken', said: expect.stringContaining('what was signed') })
      const seq = verdict.type === 'broken' ? verdict.seq : null
      expect(seq).toBe(from - ((from - 1) % 8))
    }),
    { numRuns: 25 },
  )
})

test('[AUDIT-6] a changed head, a foreign head and half a head are told apart', async () => {
  const folder = temporaryFolder()
  const some = fc.sample(acts, { numRuns: 1, seed: 3 })[0] ?? []
  await withAudit(folder, (db) => writeActs(db, some))
  const log = join(folder, 'heads.log')
  const whole = readFileSync(log, 'utf8')
  const said = (text: string) => {
    writeFileSync(log, text)
    const verdict = check(folder)
    return verdict.type === 'broken' ? verdict.said : verdict.type
  }
  expect(said(whole)).toBe('whole')
  expect(said(`${whole}bedside.audit/1\n40`)).toBe('whole')
  expect(said(whole.replace(/\n\d+\n/, '\n1\n'))).toContain('its signature does not hold')
  expect(said(whole.replace('— bedside', '— elsewhere'))).toContain('signed by another key')
  expect(said(whole.replace('\n\n—', '\n—'))).toContain('not a signed tree head')
})

/** The fastest of three, so that what else the machine does counts least. */
function fastestMs(rows: readonly KeptRow[]): number {
  const times = [1, 2, 3].map(() => {
    const startedMs = performance.now()
    const verifying = startVerifying([], [])
    for (const row of rows) expect(verifying.take(row)).toBeNull()
    expect(verifying.finish()).toMatchObject({ type: 'whole', rows: rows.length })
    return performance.now() - startedMs
  })
  return Math.min(...times)
}

test('[AUDIT-5] the check takes time by the number of rows and no more', () => {
  const [few, many] = [2_000, 8_000].map((count) => {
    let before = firstHash
    return Array.from({ length: count }, (_, index) => {
      const [act = null] = fc.sample(anAct, { numRuns: 1, seed: index % 50 })
      if (!act) throw new Error('no act')
      const text = rowText(index + 1, 1, act)
      before = chainHash(before, text)
      return { ...columnsOf({ seq: index + 1, atMs: 1, act }), text, hash: before }
    })
  })
  expect(fastestMs(many ?? [])).toBeLessThan(8 * fastestMs(few ?? []))
})
