/**
 * A tablet that roams: its address changes in the middle of a call, as between two access points of different networks.
 * In network namespaces of this bench's own, which need root and Linux; elsewhere it is skipped, and says so.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { at95, atMost, type Figure } from './figure.ts'

/** Where the server and the station stand, and where the bed does. */
export type Spaces = { readonly hub: string; readonly bed: string }

/** Runs one command; throws what it said when it fails. */
export function must(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}

const ip = (line: string) => must('ip', ...line.split(' '))

/** One cable between them, with an address of two networks at the hub, and one of its own that both lead to. */
function layCable({ hub, bed }: Spaces): void {
  for (const space of [hub, bed]) {
    ip(`netns add ${space}`)
    ip(`-n ${space} link set lo up`)
  }
  ip(`-n ${hub} link add ward type veth peer name tablet netns ${bed}`)
  for (const network of [1, 2]) ip(`-n ${hub} addr add 10.77.${network}.1/24 dev ward`)
  ip(`-n ${hub} addr add 10.77.0.1/32 dev lo`)
  ip(`-n ${hub} link set ward up`)
  ip(`-n ${bed} link set tablet up`)
}

export async function benchRoam(rounds = 20): Promise<Figure[]> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    console.log('  skipped: a change of address needs root and the network namespaces of Linux')
    return []
  }
  const spaces = { hub: `bedside-hub-${process.pid}`, bed: `bedside-bed-${process.pid}` }
  try {
    layCable(spaces)
    const inside = fileURLToPath(new URL('./roam-inside.ts', import.meta.url))
    const args = ['netns', 'exec', spaces.hub, process.execPath, inside, spaces.bed, String(rounds)]
    const { stdout, status } = spawnSync('ip', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (status !== 0) throw new Error(`roam-inside.ts ended with ${status}`)
    const backMs: number[] = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
    console.log(`  another address: ${backMs.map(Math.round).join(' ')} ms`)
    return [atMost('sound-back-after-another-address-95', at95(backMs), 5_000, 'ms')]
  } finally {
    for (const space of [spaces.hub, spaces.bed]) spawnSync('ip', ['netns', 'del', space])
  }
}
