/**
 * A hospital's network for the walk: the server's machine, a tablet and a station, each a namespace with a cable to one
 * access point. It leads nowhere else, so that nothing the walk opens is reached from outside.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { must } from '../../bench/roam.ts'

export const hosts = {
  server: { addresses: ['10.77.0.1', '10.77.0.2'] },
  tablet: { addresses: ['10.77.0.11'] },
  station: { addresses: ['10.77.0.21'] },
} as const
export type Host = keyof typeof hosts
const all: readonly Host[] = ['server', 'tablet', 'station']

export const spaceOf = (host: Host | 'air') => `bedside-walk-${host}`
const ip = (line: string) => must('ip', ...line.split(' '))
const air = spaceOf('air')

/** `names`: lines of /etc/hosts, which stand for the hospital's DNS. */
export function layNetwork(names: string): void {
  ip(`netns add ${air}`)
  ip(`-n ${air} link add ward type bridge`)
  ip(`-n ${air} link set ward up`)
  for (const host of all) layCable(host, names)
}

function layCable(host: Host, names: string): void {
  const space = spaceOf(host)
  // What `ip netns exec` shows instead of this machine's own.
  mkdirSync(`/etc/netns/${space}`, { recursive: true })
  writeFileSync(`/etc/netns/${space}/hosts`, names)
  writeFileSync(`/etc/netns/${space}/resolv.conf`, '')
  ip(`netns add ${space}`)
  ip(`-n ${space} link set lo up`)
  ip(`-n ${air} link add ${host} type veth peer name lan0 netns ${space}`)
  ip(`-n ${air} link set ${host} master ward up`)
  for (const address of hosts[host].addresses) ip(`-n ${space} addr add ${address}/24 dev lan0`)
  ip(`-n ${space} link set lan0 up`)
}

/** Whether the access point lets its clients reach each other. */
export function keepApart(apart: 'apart' | 'together'): void {
  for (const host of ['tablet', 'station'])
    ip(`-n ${air} link set ${host} type bridge_slave isolated ${apart === 'apart' ? 'on' : 'off'}`)
}

/** What a firewall lets both clients send, from now on. */
export function letOut(what: 'all' | 'tcp' | 'https'): void {
  const refused = {
    all: [],
    tcp: ['-p udp'],
    https: ['-p udp', '-p tcp -m multiport ! --dports 80,443'],
  }[what]
  for (const host of ['tablet', 'station'] as const) {
    inside(host, 'iptables -F OUTPUT')
    for (const rule of refused) inside(host, `iptables -A OUTPUT -o lan0 ${rule} -j DROP`)
  }
}

/** Runs it on this host of the network; throws what it said when it fails. */
function inside(host: Host, line: string): void {
  must('ip', 'netns', 'exec', spaceOf(host), ...line.split(' '))
}

/** Also what a run that was killed left behind. */
export function removeNetwork(): void {
  for (const space of [air, ...all.map(spaceOf)]) {
    spawnSync('ip', ['netns', 'del', space], { stdio: 'ignore' })
    rmSync(`/etc/netns/${space}`, { recursive: true, force: true })
  }
}
