/**
 * An empty Debian machine for the walk: what the installer puts on a disk when nothing is chosen (debootstrap), in a folder;
 * first on this host's network, to download, then started with its own systemd in a container on the walk's network.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { must } from '../../bench/roam.ts'

export type Said = { readonly status: number; readonly text: string }
export type Machine = {
  /** Its disk, as this host sees it. */
  readonly disk: string
  /** Root's shell, before it is started: on this host's network. */
  download(commands: string): Said
  start(space: string): Promise<void>
  /** Its power is cut, and comes back. */
  restart(space: string): Promise<void>
  /** Root's shell on the machine that runs. */
  run(commands: string): Said
  stop(): void
}

const mirror = 'http://deb.debian.org/debian'
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
/** Empty folders that a container leaves on its host. */
const marks = [
  ...['payload', 'supervisor'].flatMap((name) => ['', 'unified/'].map((at) => `/sys/fs/cgroup/${at}${name}`)),
  '/run/systemd/nspawn/propagate/bedside',
]
const bootedMs = 120_000

/** The programs that build it, as Debian packages them. */
export function ensureBuilders(): void {
  const wanted = [
    ['/usr/sbin/debootstrap', 'debootstrap'],
    ['/usr/bin/systemd-nspawn', 'systemd-container'],
    ['/usr/bin/certutil', 'libnss3-tools'],
    ['/usr/sbin/iptables', 'iptables'],
  ].filter(([file = '']) => !existsSync(file))
  if (wanted.length === 0) return
  must('apt-get', '-qq', 'update')
  must('apt-get', '-qq', 'install', '-y', '--no-install-recommends', ...wanted.map(([, name = '']) => name))
}

/** What the installer would put on its disk. `names`: its /etc/hosts. */
export function layDebian(disk: string, suite: string, names: string): void {
  // What it mounts meanwhile is nobody else's, and goes with it.
  must('unshare', '--mount', '--propagation', 'private', 'debootstrap', suite, disk, mirror)
  writeFileSync(join(disk, 'etc/hosts'), names)
  // Its power may be cut: what dpkg wrote would be made anew. And nobody is there to say yes.
  writeFileSync(join(disk, 'etc/dpkg/dpkg.cfg.d/walk'), 'force-unsafe-io\n')
  writeFileSync(join(disk, 'etc/apt/apt.conf.d/90walk'), 'APT::Get::Assume-Yes "true";\n')
}

/** Nothing is removed through a mount that somebody left. */
export function unmountBelow(folder: string): void {
  const mounted = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
  for (const place of mounted.filter((one) => one.startsWith(`${folder}/`)).toReversed())
    must('umount', '--lazy', place)
}

export function newMachine(disk: string): Machine {
  const surroundings = surroundingsOf(disk)
  const log = `${disk}.log`
  let container: ChildProcess | null = null
  let first = 0

  const options = ['--quiet', `--directory=${disk}`, '--machine=bedside', '--register=no', '--keep-unit']
  const alike = ['--link-journal=no', '--timezone=off']

  function download(commands: string): Said {
    const hostsToo = ['--bind-ro=/etc/hosts', '--resolv-conf=replace-host', '--as-pid2', '--console=pipe']
    const env = Object.entries(surroundings).map(([name, value]) => `--setenv=${name}=${value}`)
    return shell(['systemd-nspawn', ...options, ...alike, ...hostsToo, ...env], commands)
  }

  async function start(space: string): Promise<void> {
    const own = [
      '--boot',
      `--network-namespace-path=/run/netns/${space}`,
      '--resolv-conf=off',
      '--console=passive',
    ]
    const out = openSync(log, 'w')
    const env = { ...process.env, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' }
    // Whoever starts it may be killed: it ends with them.
    const args = ['--pdeathsig', 'KILL', 'systemd-nspawn', ...options, ...alike, ...own]
    container = spawn('setpriv', args, { env, stdio: ['ignore', out, out] })
    closeSync(out)
    await isBooted()
  }

  async function isBooted(): Promise<void> {
    const untilMs = performance.now() + bootedMs
    while (performance.now() < untilMs && container?.exitCode === null) {
      first = firstOf(container.pid ?? 0)
      if (first && /running|degraded/.test(run('systemctl is-system-running').text)) return
      await pass(200)
    }
    throw new Error(`It does not start: ${readFileSync(log, 'utf8').slice(-2_000)}`)
  }

  function run(commands: string): Said {
    const inside = [
      'nsenter',
      '--target',
      String(first),
      '--mount',
      '--uts',
      '--ipc',
      '--net',
      '--pid',
      '--cgroup',
      '--root',
      '--wd',
    ]
    const env = Object.entries({ ...surroundings, HOME: '/root', PATH: path, TERM: 'dumb', LANG: 'C.UTF-8' })
    return shell([...inside, 'env', '-i', ...env.map(([name, value]) => `${name}=${value}`)], commands)
  }

  function cutPower(): void {
    if (first) {
      spawnSync('kill', ['-KILL', String(first)])
      spawnSync('tail', ['--pid', String(first), '-f', '/dev/null'], { timeout: 10_000 })
    }
    first = 0
  }

  async function restart(space: string): Promise<void> {
    const gone = new Promise((done) => container?.once('exit', done))
    cutPower()
    await gone
    await start(space)
  }

  function stop(): void {
    cutPower()
    container?.kill('SIGKILL')
    for (const mark of marks)
      spawnSync('find', [mark, '-depth', '-type', 'd', '-delete'], { stdio: 'ignore' })
    rmSync(disk, { recursive: true, force: true, maxRetries: 5 })
    rmSync(log, { force: true })
  }

  return { disk, download, start, restart, run, stop }
}

/** As a person at a terminal sees it: both streams, and whether it went well to its end. */
function shell(before: readonly string[], commands: string): Said {
  const [command = '', ...args] = before
  const script = `exec 2>&1\nset -eu\ncd /root\n${commands}\n`
  const { status, stdout, stderr } = spawnSync(command, [...args, '/bin/bash', '-c', script], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { status: status ?? -1, text: status === 0 ? stdout : `${stdout}${stderr}` }
}

/** What this host needs to reach the registries, its new machine needs as well. */
function surroundingsOf(disk: string): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']
  const proxies = names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  const authorities = process.env.NODE_EXTRA_CA_CERTS
  if (!authorities) return Object.fromEntries(proxies)
  mkdirSync(join(disk, 'etc/walk'), { recursive: true })
  copyFileSync(authorities, join(disk, 'etc/walk/authorities.pem'))
  const there = '/etc/walk/authorities.pem'
  return { ...Object.fromEntries(proxies), NODE_EXTRA_CA_CERTS: there, npm_config_cafile: there }
}

/** The first process of the container that this one runs; 0: not yet. */
function firstOf(pid: number): number {
  const isFirst = (one: string) => /^NSpid:.*\s1$/m.test(statusOf(one))
  const isBelow = (one: string) => new RegExp(`^PPid:\\s${pid}$`, 'm').test(statusOf(one))
  return Number(readdirSync('/proc').find((one) => /^\d+$/.test(one) && isFirst(one) && isBelow(one)) ?? 0)
}

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}
