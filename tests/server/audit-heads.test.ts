/** Signed tree heads: their form, when they are made, and how they reach the collector. */

import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createCollector } from '../../src/server/audit/collector.ts'
import { readHeadLog } from '../../src/server/audit/head-log.ts'
import { readSigningKey } from '../../src/server/audit/key.ts'
import { emptyTree, rootOf, withLeaf } from '../../src/server/audit/merkle.ts'
import { openNote, parseCheckpoint, parseVerifier, verifierText } from '../../src/server/audit/note.ts'
import { openStore } from '../../src/server/store/store.ts'
import { check, quiet, withAudit, writeActs } from '../fakes/audit.ts'
import { databaseOf, textsOf } from './audit-rows.ts'
import { openWard, temporaryFolder } from './ward.ts'

const someActs = (count: number) =>
  Array.from({ length: count }, () => ({ action: 'sign-in' as const, agent: { type: 'server' as const } }))

/** The leaves and roots every implementation of Certificate Transparency is tried with. */
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

test('[AUDIT-7] the tree is RFC 6962’s', () => {
  expect(rootOf(emptyTree).toString('hex')).toMatch(/^e3b0c44298fc1c14/)
  let tree = emptyTree
  for (const [index, leaf] of leaves.entries()) {
    tree = withLeaf(tree, Buffer.from(leaf, 'hex'))
    expect(rootOf(tree).toString('hex')).toBe(roots[index])
  }
})

test('[AUDIT-7] the signature is a signed note’s: the one of Go’s documentation holds, a changed one does not', () => {
  const verifier = parseVerifier('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
  if (!verifier) throw new Error('no verifier')
  const text =
    'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
      '’',
      "'",
    )
  const signature =
    'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
  const note = `${text}\n— PeterNeumann ${signature}\n`
  expect(openNote(note, [verifier])).toEqual({ text })
  expect(openNote(note.replace('answer', 'Answer'), [verifier])).toEqual({ problem: 'forged' })
  expect(openNote(note, [])).toEqual({ problem: 'unsigned' })
  expect(verifierText(verifier)).toMatch(/^PeterNeumann\+c74f20a3\+/)
  expect(parseVerifier('PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toBeNull()
})

const sizes = (folder: string) =>
  readHeadLog(folder).notes.map((note) => parseCheckpoint(`${note.split('\n\n')[0]}\n`)?.size)

test('[AUDIT-7] a head is signed at every full thousand and at the end, with a key only its owner can read', async () => {
  const folder = temporaryFolder()
  await withAudit(folder, async (db, sign) => {
    await writeActs(db, someActs(2_300))
    await sign()
    await writeActs(db, someActs(7))
  })
  expect(sizes(folder)).toEqual([1_000, 2_000, 2_300, 2_307])
  await withAudit(folder, (db) => writeActs(db, someActs(1)))
  expect(sizes(folder)).toEqual([1_000, 2_000, 2_300, 2_307, 2_308])
  for (const file of ['audit.key', 'heads.log']) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
  expect(check(folder)).toMatchObject({ type: 'whole', rows: 2_308, heads: 10 })
})

test('[AUDIT-7] nothing new is not signed again', async () => {
  const folder = temporaryFolder()
  await withAudit(folder, (db) => writeActs(db, someActs(3)))
  for (let time = 0; time < 3; time += 1) await withAudit(folder, async () => {})
  expect(sizes(folder)).toEqual([3])
})

test('[AUDIT-7] after the tail was removed nothing more is signed, so that no signature covers the gap up', async () => {
  const folder = temporaryFolder()
  await withAudit(folder, (db) => writeActs(db, someActs(5)))
  const database = databaseOf(folder)
  database.exec('delete from audit where seq > 3; delete from audit_heads')
  database.close()
  await withAudit(folder, (db) => writeActs(db, someActs(1)))
  expect(sizes(folder)).toEqual([5])
  expect(check(folder)).toMatchObject({ type: 'broken', seq: 5 })
})

test('[AUDIT-7] half a head at the end, as a power cut leaves it, is taken off at the next start', async () => {
  const folder = temporaryFolder()
  await withAudit(folder, (db) => writeActs(db, someActs(2)))
  const log = join(folder, 'heads.log')
  const whole = readFileSync(log, 'utf8')
  writeFileSync(log, `${whole}${whole.slice(0, 40)}`)
  await withAudit(folder, (db) => writeActs(db, someActs(1)))
  expect(sizes(folder)).toEqual([2, 3])
})

/** A collector that answers `status` and keeps what it took. */
async function openCollector() {
  const taken: string[] = []
  const answers = { status: 200, asked: 0 }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      answers.asked += 1
      if (answers.status === 200) taken.push(body)
      response.writeHead(answers.status, { location: '/elsewhere' }).end()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}/heads`, taken, answers }
}

test('[AUDIT-8] a head that the collector does not take is sent until it does, in order', async () => {
  const folder = temporaryFolder()
  await withAudit(folder, (db) => writeActs(db, someActs(9)), 4)
  const { url, taken, answers } = await openCollector()
  answers.status = 307
  const store = await openStore(folder, null, 1)
  const retryMs = { first: 5, longest: 20 }
  const collector = createCollector({ db: store.db, url, now: () => 7, log: quiet, retryMs })
  collector.poke()
  await vi.waitUntil(() => answers.asked >= 3)
  expect(await collector.state()).toEqual({
    type: 'sending',
    waiting: 3,
    lastDeliveredMs: null,
    problem: 'HTTP 307',
  })
  answers.status = 200
  await vi.waitUntil(() => taken.length === 3)
  await collector.stop()
  expect(taken).toEqual(readHeadLog(folder).notes)
  expect(await collector.state()).toEqual({ type: 'sending', waiting: 0, lastDeliveredMs: 7, problem: null })
  await store.close()
})

test('[AUDIT-8] what was not taken before a server stopped is sent after its next start', async () => {
  const folder = temporaryFolder()
  const ward = await openWard({
    dataFolder: folder,
    environment: { BEDSIDE_AUDIT_COLLECTOR: 'http://127.0.0.1:9/' },
  })
  await ward.signIn('Anna Laine')
  await ward.close()
  const size = textsOf(folder).length
  const { url, taken } = await openCollector()
  const again = await openWard({ dataFolder: folder, environment: { BEDSIDE_AUDIT_COLLECTOR: url } })
  await vi.waitUntil(() => taken.length === 1)
  await again.close()
  const key = readSigningKey(folder)
  if (!key) throw new Error('no key')
  const opened = openNote(taken[0] ?? '', [key.verifier])
  expect('text' in opened ? parseCheckpoint(opened.text) : opened).toMatchObject({
    origin: key.origin,
    size,
  })
})

test('[AUDIT-8] a collector that never answers holds up neither an act nor for long a stop', async () => {
  const deaf = createServer(() => {})
  await new Promise<void>((listening) => deaf.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void deaf.close())
  const address = deaf.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const folder = temporaryFolder()
  await withAudit(folder, (db) => writeActs(db, someActs(2)))
  const ward = await openWard({
    dataFolder: folder,
    environment: { BEDSIDE_AUDIT_COLLECTOR: `http://127.0.0.1:${port}/` },
  })
  await ward.signIn('Anna Laine')
  const startedMs = performance.now()
  await ward.close()
  deaf.closeAllConnections()
  expect(performance.now() - startedMs).toBeLessThan(5_000)
})
