/** Finds coturn, or installs Debian's, and runs one for a test: what a real relay says to our credentials. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certificate, certificateKey } from './server/certificate.ts'

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

/** What a test's relay does that no other should: its peers are on this very machine. */
const peersHere = ['--allow-loopback-peers']

type RelayOptions = { readonly carries?: boolean; readonly over?: 'udp' | 'tls' }

/**
 * A relay on this port of 127.0.0.1 that shares `secret`; the answer ends it. `carries`: between two browsers of this
 * machine, which a relay refuses by itself. `over`: UDP and TCP, or TLS alone with a certificate that nobody trusts.
 */
export function startCoturn(
  port: number,
  secret: string,
  { carries = false, over = 'udp' }: RelayOptions = {},
): () => Promise<void> {
  // Two relays take the same port for two of their peers, and each loses what the other gets: every one has its own.
  const firstPort = 10_000 + (port % 400) * 50
  const options = [
    '-n',
    '--use-auth-secret',
    `--static-auth-secret=${secret}`,
    '--realm=bedside.test',
    ...(over === 'tls' ? tlsOn(port) : [`--listening-port=${port}`, '--no-tls']),
    '--listening-ip=127.0.0.1',
    '--relay-ip=127.0.0.1',
    `--min-port=${firstPort}`,
    `--max-port=${firstPort + 49}`,
    '--no-dtls',
    ...(carries ? peersHere : []),
    '--no-cli',
    '--no-software-attribute',
    '--log-file=stdout',
    '--pidfile=',
  ]
  return run(options)
}

function tlsOn(port: number): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'coturn-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(cert, certificate)
  writeFileSync(key, certificateKey)
  return [`--tls-listening-port=${port}`, `--cert=${cert}`, `--pkey=${key}`, '--no-udp', '--no-tcp']
}

/** A relay with these settings, which are a file's, and what a test's relay must have beside them. */
export function startCoturnWith(file: string): () => Promise<void> {
  return run(['-c', file, ...peersHere, '--log-file=stdout', '--pidfile='])
}

function run(options: readonly string[]): () => Promise<void> {
  const relay = spawn(ensureCoturn(), options, { stdio: 'ignore' })
  const ended = new Promise<void>((done) => relay.once('exit', () => done()))
  return async () => {
    relay.kill('SIGKILL')
    await ended
  }
}
