/** What is published of a release can be checked by anyone: the same sources build the same bytes, anywhere. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashesOf } from '../../src/server/hashes.ts'
import { temporaryFolder } from './ward.ts'

const home = fileURLToPath(new URL('../../', import.meta.url))

/** Builds the app of the project in `from` into `folder`. */
function build(from: string, folder: string): string {
  const vite = join(home, 'node_modules', 'vite', 'bin', 'vite.js')
  const options = ['build', '--logLevel', 'error', '--outDir', folder, '--emptyOutDir']
  // Of a test's surroundings a build must know nothing.
  const env = { PATH: process.env.PATH, NODE_ENV: 'production' }
  const { status, stderr } = spawnSync(process.execPath, [vite, ...options], {
    cwd: from,
    env,
    encoding: 'utf8',
  })
  expect([status, status === 0 ? '' : stderr]).toEqual([0, ''])
  return folder
}

/** The same sources in another folder, as on another machine. */
function copyOfSources(): string {
  const copy = temporaryFolder()
  const vite = readdirSync(home).filter((name) => /^vite[.-].*\.ts$/.test(name))
  const config = [...vite, 'package.json', 'tsconfig.json', 'tsconfig.base.json']
  for (const part of ['src', 'sw', 'public', 'index.html', ...config])
    cpSync(join(home, part), join(copy, part), { recursive: true })
  symlinkSync(join(home, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

const built = mkdtempSync(join(tmpdir(), 'bedside-built-'))
beforeAll(() => void build(home, built), 60_000)
afterAll(() => rmSync(built, { recursive: true, force: true }))

test('[HASH-1] two builds, in two places, are the same to the byte', () => {
  const [one, two] = [hashesOf(built), hashesOf(build(copyOfSources(), temporaryFolder()))]
  expect(one.length).toBeGreaterThan(10)
  expect(one.map((line) => line.split('  ')[1])).toContain('sw.js')
  expect(two).toEqual(one)
}, 60_000)

test('[HASH-2] a changed byte changes its line and no other; sha256sum reads the lines', () => {
  const folder = temporaryFolder()
  for (const name of ['a.js', 'b.js']) writeFileSync(join(folder, name), `// ${name}`)
  const before = hashesOf(folder)
  const lists = temporaryFolder()
  writeFileSync(join(lists, 'hashes.txt'), `${before.join('\n')}\n`)
  const check = () =>
    spawnSync('sha256sum', ['-c', '--quiet', join(lists, 'hashes.txt')], { cwd: folder }).status
  expect(check()).toBe(0)
  writeFileSync(join(folder, 'b.js'), `${readFileSync(join(folder, 'b.js'), 'utf8')} `)
  expect(check()).toBe(1)
  const after = hashesOf(folder)
  expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, false])
})

const bare = /(?:from|import)\s*\(?'((?:@[\w.-]+\/)?[a-z][\w.-]*)[^']*'/g

/** The packages that what runs in a browser names itself; types have none at run time. */
function packagesOfApp(): Set<string> {
  const rooms = ['src/core', 'src/io', 'src/protocol', 'src/state', 'src/ui', 'sw']
  const files = rooms.flatMap((room) =>
    readdirSync(join(home, room), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(home, room, name),
    ),
  )
  const lines = files
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .flatMap((name) => readFileSync(name, 'utf8').split('\n'))
    .filter((line) => !/^\s*(\/?\*|import type)/.test(line))
  return new Set(lines.flatMap((line) => [...line.matchAll(bare)].map(([, name = '']) => name)))
}

test('[HASH-3] whatever is in the app stands in its licences, with its version and its terms', () => {
  const parts = readFileSync(join(built, 'licences.txt'), 'utf8').split(/\n-{80}\n/)
  const names = parts.map((part) => part.trim().match(/^(\S+) \d+\.\d+\.\d+\S* \(.+\)\n/)?.[1])
  expect(names).toEqual(expect.arrayContaining([...packagesOfApp()]))
  expect(packagesOfApp()).toContain('simple-peer')
  // What a package was built of, and parts that come with terms of their own.
  expect(names).toEqual(expect.arrayContaining(['readable-stream', 'lucide-static']))
  const terms = parts.find((part) => part.includes('pdfjs-dist'))
  for (const whose of ['Apache License', 'PDFium', 'Universite catholique de Louvain', 'LIBERATION'])
    expect(terms).toContain(whose)
})
