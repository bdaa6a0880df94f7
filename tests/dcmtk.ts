/** Finds dcmtk, or installs Debian's: what another reader of DICOM says of the files that we write. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const folders = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']

/** The folder of dcmtk's programs. Throws a sentence when there is none and it cannot be installed. */
export function ensureDcmtk(): string {
  const find = () => folders.find((folder) => existsSync(`${folder}/dcmdump`))
  const found = find()
  if (found) return found
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error('No dcmtk found. Install it (one of its programs is dcmdump) and try again.')
  console.log('Installing dcmtk (Debian package) …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'dcmtk']]) {
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
  }
  const installed = find()
  if (!installed) throw new Error('apt-get could not install dcmtk; the lines above say why.')
  return installed
}

export type Said = { readonly status: number | null; readonly out: string; readonly errors: string }

/** Runs one of its programs. Texts of files are Latin 1 here, so that nothing of them is lost. */
export function askDcmtk(program: string, args: readonly string[]): Said {
  const { status, stdout, stderr } = spawnSync(`${ensureDcmtk()}/${program}`, args, {
    encoding: 'latin1',
    maxBuffer: 64 * 1024 * 1024,
  })
  return { status, out: stdout, errors: stderr }
}
