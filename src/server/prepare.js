/**
 * Runs before every command, on whatever Node started npm: installs what the lockfile says when that is not there
 * yet, and with `build` builds the app when its sources changed. Plain JavaScript with nothing imported from npm.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = fileURLToPath(new URL('../../', import.meta.url))

function filesIn(path) {
  const entries = readdirSync(join(home, path), { withFileTypes: true })
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)]))
}

function fingerprint(files) {
  const hash = createHash('sha256')
  for (const file of files) {
    hash.update(`${file}\0`)
    hash.update(readFileSync(join(home, file)))
  }
  return hash.digest('hex')
}

/** Runs `work` unless the mark, which goes when its result goes, says that it ran on the very same input. */
function once(mark, input, work) {
  if (existsSync(mark) && readFileSync(mark, 'utf8') === input) return
  work()
  mkdirSync(dirname(mark), { recursive: true })
  writeFileSync(mark, input)
}

function run(words, command, ...options) {
  console.log(words)
  const { status } = spawnSync(command, options, { cwd: home, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) {
    console.error(`Bedside: "${command} ${options.join(' ')}" failed. The lines above say why.`)
    process.exit(1)
  }
}

function install() {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  run('Bedside: installing what package-lock.json lists …', 'npm', 'ci', '--include=dev', ...quiet)
  // npm 9 as root gives each file to the number of whoever packed it, who may be a person of this machine.
  if (process.getuid?.() === 0) run('Bedside: … and it is root’s.', 'chown', '-R', '0:0', 'node_modules')
}

function build() {
  const node = join(home, 'node_modules', '.bin', 'node')
  const vite = join(home, 'node_modules', 'vite', 'bin', 'vite.js')
  run('Bedside: building the app …', node, vite, 'build', '--logLevel', 'warn')
}

const lock = ['package-lock.json']
once(join(home, 'node_modules', '.cache', 'bedside', 'installed'), fingerprint(lock), install)

if (process.argv[2] === 'build') {
  const rooms = ['protocol', 'core', 'state', 'io', 'ui'].flatMap((room) => filesIn(join('src', room)))
  const pages = [
    'index.html',
    'vite.config.ts',
    'vite-chunks.ts',
    'vite-compressed.ts',
    'vite-scans.ts',
    'vite-texts.ts',
    join('src', 'main.tsx'),
    ...filesIn('sw'),
    ...filesIn('public'),
  ]
  once(join(home, 'dist', 'built'), fingerprint([...lock, ...pages, ...rooms]), build)
}
