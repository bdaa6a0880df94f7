/** docs/deploy.md as a newcomer has it: blocks of commands to copy. What is walked are these, so that the page cannot drift. */
import { readFileSync } from 'node:fs'

/** How each block of the page begins. A block that is not here is not walked, and is refused. */
const beginnings = {
  names: 'repository=',
  program: 'apt-get update',
  folders: 'install -d -m 0750 -g bedside /etc/bedside',
  https: 'sed "s|bedside.example.lan|$name|',
  trust: 'mkdir -p ~/.pki/nssdb',
  service: 'install -m 0644 /opt/bedside/deploy/bedside.service',
  reach: 'curl --cacert root.crt',
  relay: 'secret=',
  relayByTls: 'install -D -m 0644 /opt/bedside/deploy/coturn-443.conf',
  administrator: 'runuser -u bedside -- /opt/bedside/deploy/bedside staff add',
  alerts: 'runuser -u bedside -- /opt/bedside/deploy/bedside keep alerts',
  backup: 'runuser -u bedside -- /opt/bedside/deploy/bedside keep backup',
  privacy: 'runuser -u bedside -- /opt/bedside/deploy/bedside privacy',
  restore: 'backup=',
  update: 'version=',
  back: 'systemctl stop bedside\nmv /opt/bedside /opt/bedside-next',
} as const

export type BlockName = keyof typeof beginnings
export type Blocks = Readonly<Record<BlockName, string>>

const names = Object.keys(beginnings).filter((name): name is BlockName => name in beginnings)

export const pagePath = new URL('../../../docs/deploy.md', import.meta.url)

/** Throws a sentence when a block is not known here, is there twice, or is gone. */
export function readBlocks(page = readFileSync(pagePath, 'utf8')): Blocks {
  const found = new Map<BlockName, string>()
  for (const [, indent = '', text = ''] of page.matchAll(/^( *)```sh\n([\s\S]*?)\n\1```$/gm)) {
    const block = text.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
    const name = names.find((one) => block.startsWith(beginnings[one]))
    if (!name) throw new Error(`docs/deploy.md has commands that nobody walks: ${block.split('\n')[0]}`)
    if (found.has(name)) throw new Error(`docs/deploy.md has two blocks "${name}".`)
    found.set(name, block)
  }
  const read = (name: BlockName) => {
    const block = found.get(name)
    if (block === undefined) throw new Error(`docs/deploy.md has no block "${name}" any more.`)
    return [name, block]
  }
  return Object.fromEntries(names.map(read))
}

/** The block that says what is the reader's own, with other values. Throws unless they are for exactly its names. */
export function withValues(block: string, values: Readonly<Record<string, string>>): string {
  const asked = [...block.matchAll(/^(\w+)=/gm)].map(([, name = '']) => name)
  const given = Object.keys(values)
  if (asked.toSorted().join(' ') !== given.toSorted().join(' '))
    throw new Error(`The page asks for ${asked.join(', ')}; the walk has ${given.join(', ')}.`)
  return given.map((name) => `${name}='${values[name]}'`).join('\n')
}
