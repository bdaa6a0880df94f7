/** What is published of a release can be checked by anyone: the same sources build the same bytes, anywhere. */
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { hashesOf } from '../../src/server/hashes.ts'
import { temporaryFolder } from './ward.ts'

const home = fileURLToPath(new URL('../../', import.meta.url))

/** Builds the app of the project in `from`; the answer is the folder it was built into. */
function build(from: string): string {
  const folder = join(temporaryFolder(), 'app')
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

test('[HASH-1] two builds, in two places, are the same to the byte', () => {
  const [one, two] = [hashesOf(build(home)), hashesOf(build(copyOfSources()))]
  expect(one.length).toBeGreaterThan(10)
  expect(one.map((line) => line.split('  ')[1])).toContain('sw.js')
  expect(two).toEqual(one)
}, 120_000)

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
