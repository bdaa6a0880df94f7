/** `npm run audit`, as the process an operator starts. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { expect, test, vi } from 'vitest'
import { surroundings } from '../surroundings.ts'
import { databaseOf, rowsOf, stayOf, textsOf } from './audit-rows.ts'
import { auditEvent } from './fhir-schema.ts'
import { newProcessWard } from './process.ts'
import { openWard, talk, temporaryFolder } from './ward.ts'

// Each command is a process of its own, and a busy machine takes seconds to start one.
vi.setConfig({ testTimeout: 90_000 })

const nobody = '01900000-0000-7000-8000-000000000000'
const cli = fileURLToPath(new URL('../../src/server/audit/cli.ts', import.meta.url))

function audit(data: string, ...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    env: { ...surroundings, BEDSIDE_DATA: data },
    encoding: 'utf8',
  })
  return { code: status, out: stdout, err: stderr }
}

async function dataAfterACall(): Promise<string> {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('2'), await ward.station()]
  await talk(nurse, bed)
  await ward.close()
  return ward.data
}

test('[AUDIT-13] verify says whole and 0, or names the row and 1', async () => {
  const data = await dataAfterACall()
  expect(audit(data, 'verify')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^The audit is whole: \d+ rows/),
  })
  const database = databaseOf(data)
  database.exec(`update audit set text = replace(text, 'done', 'dOne') where seq = 2`)
  database.close()
  const { code, out } = audit(data, 'verify')
  expect(out).toBe(
    'The audit is broken from row 2 on:\nrow 2 was changed: its hash is not that of its text and the row before.\n',
  )
  expect(code).toBe(1)
})

test('[AUDIT-13] verify checks a copy elsewhere, with the key and the head that were kept', async () => {
  const data = await dataAfterACall()
  const elsewhere = temporaryFolder()
  const copy = join(elsewhere, 'copy.db')
  copyFileSync(join(data, 'bedside.db'), copy)
  const key = audit(data, 'key').out.trim()
  const heads = join(data, 'heads.log')
  expect(audit(data, 'heads').out).toBe(readFileSync(heads, 'utf8'))
  expect(audit('', 'verify', '--file', copy, '--head', heads).out).toContain('give that key with --key')
  expect(audit('', 'verify', '--file', copy, '--head', heads, '--key', key).code).toBe(0)
  const last = textsOf(data).length
  const database = databaseOf(data)
  database.exec('delete from audit where seq = (select max(seq) from audit); delete from audit_heads')
  database.close()
  expect(audit(data, 'verify', '--head', heads).out).toContain(`the rows from ${last} on are missing`)
})

test('[AUDIT-13] while a server runs, each command says so in a line, and a killed server’s audit can be checked', async () => {
  const ward = await newProcessWard()
  const server = await ward.start()
  await (await ward.people()).nurse()
  for (const args of [['verify'], ['export'], ['report', '--admission', nobody]]) {
    const { code, err } = audit(ward.data, ...args)
    expect([code, err]).toEqual([1, expect.stringContaining('Administration → Audit')])
  }
  await server.kill()
  expect(audit(ward.data, 'verify').out).toMatch(/^The audit is whole: \d+ rows/)
})

test('[AUDIT-13] export and report write the file and the act', async () => {
  const data = await dataAfterACall()
  const stay = stayOf(data, '2')
  const out = (name: string) => join(data, name)
  expect(
    audit(data, 'export', '--patient', stay, '--from', '2020-01-01', '--out', out('a.ndjson')).code,
  ).toBe(0)
  expect(
    audit(data, 'export', '--format', 'csv', '--action', 'call-answered', '--out', out('a.csv')).code,
  ).toBe(0)
  expect(audit(data, 'report', '--admission', stay, '--out', out('r.html')).code).toBe(0)
  const events = readFileSync(out('a.ndjson'), 'utf8').trimEnd().split('\n')
  expect(events.map((line) => v.parse(auditEvent, JSON.parse(line)).action)).toEqual(['C', 'C', 'U', 'R'])
  expect(readFileSync(out('a.csv'), 'utf8').split('\r\n')).toHaveLength(3)
  expect(readFileSync(out('r.html'), 'utf8')).toContain('Helmi Virtanen')
  const acts = rowsOf(data).slice(-3)
  expect(acts.map(({ act }) => [act.action, act.agent.type, act.patient])).toEqual([
    ['audit-exported', 'operator', stay],
    ['audit-exported', 'operator', null],
    ['report-made', 'operator', stay],
  ])
  expect(audit(data, 'verify').code).toBe(0)
})

test('[AUDIT-13] a wrong word, time, stay or folder is said, and nothing is made', async () => {
  const empty = join(temporaryFolder(), 'none')
  mkdirSync(empty)
  const wrong: [string[], string][] = [
    [['verify'], 'There is no database'],
    [['export', '--from', 'soon'], '--from must be a time'],
    [['export', '--format', 'xml'], '--format cannot be "xml"'],
    [['report', '--admission', 'Eero'], '--admission cannot be "Eero"'],
    [['verify', '--key', 'x'], '--key is no key'],
    [['key'], 'There is no audit key yet'],
    [['sing'], 'COMMAND'],
  ]
  for (const [args, said] of wrong) {
    const { code, err } = audit(empty, ...args)
    expect([args, code, err]).toEqual([args, 1, expect.stringContaining(said)])
  }
  expect(existsSync(join(empty, 'bedside.db'))).toBe(false)
  const data = await dataAfterACall()
  expect(audit(data, 'report', '--admission', nobody).err).toBe(`There is no admission ${nobody}.\n`)
})
