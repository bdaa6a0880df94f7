/** Finds coturn, or installs Debian's, and runs one for a test: what a real relay says to our credentials. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const usual = ['/usr/bin/turnserver', '/usr/local/bin/turnserver', '/opt/homebrew/bin/turnserver']

/** The path of coturn's `turnserver`. Throws a sentence when there is none and it cannot be installed. */
export function ensureCoturn(): string {
  const find = () => usual.find((path) => existsSync(path))
  const found = find()
  if (found) return found
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error('No coturn found. Install it (its program is turnserver) and try again.')
  console.log('Installing coturn (Debian package) …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'coturn']]) {
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
  }
  const installed = find()
  if (!installed) throw new Error('apt-get could not install coturn; the lines above say why.')
  return installed
}

/** A relay on this port of 127.0.0.1 that shares `secret`; the answer ends it. */
export function startCoturn(port: number, secret: string): () => Promise<void> {
  const options = [
    '-n',
    '--use-auth-secret',
    `--static-auth-secret=${secret}`,
    '--realm=bedside.test',
    `--listening-port=${port}`,
    '--listening-ip=127.0.0.1',
    '--relay-ip=127.0.0.1',
    '--no-tls',
    '--no-dtls',
    '--no-cli',
    '--no-software-attribute',
    '--log-file=stdout',
    '--pidfile=',
  ]
  const relay = spawn(ensureCoturn(), options, { stdio: 'ignore' })
  const ended = new Promise<void>((done) => relay.once('exit', () => done()))
  return async () => {
    relay.kill('SIGKILL')
    await ended
  }
}
