/** `npm run audit -- verify` on a large audit: what it finds, and how long the whole command takes. */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type AuditAct, auditActions } from '../../src/protocol/audit.ts'
import { chainHash, columnsOf, firstHash, rowText } from '../../src/server/audit/record.ts'
import { withAudit } from '../fakes/audit.ts'
import { between, type Chance, mulberry32, pick } from './prng.ts'

export type VerifyResult = {
  readonly rows: number
  readonly tampered: number
  readonly missed: readonly string[]
  /** Of the slowest run, the process's own start included. */
  readonly slowestMs: number
  readonly wholeMs: number
}

const cli = fileURLToPath(new URL('../../src/server/audit/cli.ts', import.meta.url))
const columns = ['text', 'hash', 'action', 'agent_id', 'patient_id', 'entity_id']

function actOf(chance: Chance, staff: readonly string[]): AuditAct {
  return {
    action: pick(chance, auditActions),
    outcome: chance() < 0.9 ? 'done' : 'refused',
    agent: { type: 'staff', staffId: pick(chance, staff), role: 'nurse' },
    peer: { type: 'bed', bedId: pick(chance, staff) },
    patient: pick(chance, staff),
    entity: { type: 'call', id: pick(chance, staff) },
    detail: 'hung-up',
    reason: null,
  }
}

/** As `recordAct` writes them, in one statement each, since a hundred thousand transactions are not what is measured. */
function fill(folder: string, rows: number, seed: number): void {
  const chance = mulberry32(seed)
  const staff = Array.from({ length: 50 }, () => randomUUID())
  const database = new DatabaseSync(join(folder, 'bedside.db'))
  const insert = database.prepare(
    `insert into audit (seq, at_ms, action, agent_id, peer_id, patient_id, entity_id, text, hash)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  let before = firstHash
  database.exec('begin')
  for (let seq = 1; seq <= rows; seq += 1) {
    const act = actOf(chance, staff)
    const text = rowText(seq, seq, act)
    before = chainHash(before, text)
    insert.run(...Object.values(columnsOf({ seq, atMs: seq, act })), text, before)
  }
  database.exec('commit')
  database.close()
}

function verify(folder: string, head: string | null): { code: number | null; said: string; ms: number } {
  const startedMs = performance.now()
  const args = [cli, 'verify', ...(head === null ? [] : ['--head', head])]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', BEDSIDE_DATA: folder },
  })
  return { code: status, said: `${stdout}${stderr}`.trim(), ms: performance.now() - startedMs }
}

function change(folder: string, sql: string, ...values: (string | number | Uint8Array)[]): void {
  const database = new DatabaseSync(join(folder, 'bedside.db'))
  database.prepare(sql).run(...values)
  database.close()
}

function flip(folder: string, chance: Chance, seq: number): string {
  const column = pick(chance, columns)
  const database = new DatabaseSync(join(folder, 'bedside.db'))
  const row = database.prepare(`select cast(${column} as blob) as bytes from audit where seq = ?`).get(seq)
  const bytes = row?.bytes instanceof Uint8Array ? row.bytes : new Uint8Array(1)
  const at = between(chance, 0, bytes.length - 1)
  bytes[at] = (bytes[at] ?? 0) ^ between(chance, 1, 255)
  database.prepare(`update audit set ${column} = cast(? as text) where seq = ?`).run(bytes, seq)
  database.close()
  return `byte ${at} of ${column} of row ${seq}`
}

/** Makes the audit, checks it, then tampers `changes` times with a copy and expects each to be found and named. */
export async function verifyMany(rows: number, changes: number, seed: number): Promise<VerifyResult> {
  const home = mkdtempSync(join(tmpdir(), 'bedside-verify-'))
  const [clean, folder, head] = [join(home, 'clean'), join(home, 'copy'), join(home, 'head')]
  const chance = mulberry32(seed)
  const missed: string[] = []
  try {
    await withAudit(clean, async () => {})
    fill(clean, rows, seed)
    await withAudit(clean, async () => {})
    const whole = verify(clean, null)
    if (whole.code !== 0) throw new Error(whole.said)
    let slowestMs = whole.ms
    const expectBroken = (what: string, seq: number, given: string | null) => {
      const { code, said, ms } = verify(folder, given)
      slowestMs = Math.max(slowestMs, ms)
      if (code !== 1 || !said.includes(`from row ${seq} on`)) missed.push(`${what}: ${said}`)
    }
    cpSync(clean, folder, { recursive: true })
    const untouched = join(clean, 'bedside.db')
    for (let index = 0; index < changes; index += 1) {
      const seq = index === 0 ? rows : index === 1 ? 1 : between(chance, 1, rows)
      expectBroken(flip(folder, chance, seq), seq, null)
      change(folder, 'delete from audit where seq = ?', seq)
      if (seq < rows) expectBroken(`row ${seq} removed`, seq, null)
      copyFileSync(untouched, join(folder, 'bedside.db'))
    }
    writeFileSync(head, readFileSync(join(folder, 'heads.log')))
    writeFileSync(join(folder, 'heads.log'), '')
    change(folder, 'delete from audit_heads')
    change(folder, 'delete from audit where seq = ?', rows)
    expectBroken('the last row cut off', rows, head)
    return { rows, tampered: changes * 2 + 1, missed, slowestMs, wholeMs: whole.ms }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, seed: { type: 'string' } } })
  const result = await verifyMany(Number(values.rows ?? 100_000), 10, Number(values.seed ?? 1))
  for (const line of result.missed) console.log(`MISSED ${line}`)
  console.log(
    `audit-verify: ${result.rows} rows, whole in ${(result.wholeMs / 1000).toFixed(2)} s, slowest ${(result.slowestMs / 1000).toFixed(2)} s (goal 5 s); ${result.tampered - result.missed.length} of ${result.tampered} changes found`,
  )
  process.exitCode = result.missed.length === 0 && result.slowestMs < 5_000 ? 0 : 1
}
