/** What every step of the walk has: the machine, the page's commands, the devices, and a line for what was seen. */
import type { Client } from './devices.ts'
import { type BlockName, type Blocks, readBlocks, withValues } from './document.ts'
import type { Machine, Said } from './machine.ts'

/** What a reader of the page would write into its first block. */
export const values = {
  repository: '/srv/bedside.git',
  name: 'bedside.example.lan',
  address: '10.77.0.1',
  relay: 'relay.example.lan',
  relay_address: '10.77.0.2',
  zone: 'Europe/Helsinki',
  tablets: '10.77.0.10-10.77.0.19',
  stations: '10.77.0.20-10.77.0.29',
} as const

/** For want of the hospital's DNS. Chromium asks for a relay by UDP with a dot at the end of its name. */
export const hostsFile = [
  '127.0.0.1 localhost',
  `${values.address} ${values.name}`,
  `${values.relay_address} ${values.relay} ${values.relay}.`,
  '',
].join('\n')

export type Walk = {
  readonly machine: Machine
  readonly blocks: Blocks
  readonly tablet: Client
  readonly station: Client
  /** Where the root of trust and what is carried about lies, on this host. */
  readonly folder: string
  /** Where the network is: what `start` of the machine needs. */
  readonly space: string
}

export function blocksOfPage(): Blocks {
  const blocks = readBlocks()
  return { ...blocks, names: withValues(blocks.names, values) }
}

/** This block of the page in the shell of a root who said what is theirs. */
export function follow(
  { machine, blocks }: Walk,
  name: BlockName,
  change = (block: string) => block,
): string {
  return well(machine.run(`${blocks.names}\n${change(blocks[name])}`))
}

/** What was said, of what had to go well. */
export function well({ status, text }: Said): string {
  if (status !== 0) throw new Error(`ended with ${status}:\n${text.slice(-3_000)}`)
  return text
}

export function holds(text: string, what: string | RegExp): string {
  const found =
    typeof what === 'string' ? (text.includes(what) ? what : null) : (what.exec(text)?.[0] ?? null)
  if (found === null) throw new Error(`not seen: ${what}, in:\n${text.slice(-3_000)}`)
  return found
}

const startedMs = performance.now()
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1).padStart(6)} s`

/** One line for what was seen, and how long it took. What is not seen ends the walk. */
export async function step<T>(
  what: string,
  work: () => Promise<T> | T,
  say: (seen: T) => string = String,
): Promise<T> {
  const sinceMs = performance.now()
  try {
    const seen = await work()
    const said = seen === undefined ? '' : `: ${say(seen).replaceAll(/\s+/g, ' ').slice(0, 300)}`
    console.log(`seen      ${seconds(performance.now() - sinceMs)}  ${what}${said}`)
    return seen
  } catch (error) {
    console.log(`NOT SEEN  ${seconds(performance.now() - sinceMs)}  ${what}`)
    throw error
  }
}

export const wholeMinutes = () => ((performance.now() - startedMs) / 60_000).toFixed(1)
