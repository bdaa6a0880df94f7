/**
 * `npm run lab:deploy [-- --suite trixie] [--keep]`: a newcomer follows docs/deploy.md on an empty Debian machine, by the
 * commands that stand in it: HTTPS by Caddy's own authority, the relay, a first tablet, a backup put back, an update and back.
 * As root on Debian, with its packages and npm's in reach. A line for each step that was seen; the last counts violations.
 * `--keep`: waits before everything is taken away, so that somebody can look round.
 */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { newClient } from './deploy/devices.ts'
import { installProgram, makeFolders, openHttps, startRelay, startService } from './deploy/install-steps.ts'
import { keep, powerCut, updateAndBack } from './deploy/keep-steps.ts'
import { ensureBuilders, layDebian, type Machine, newMachine, unmountBelow } from './deploy/machine.ts'
import { layNetwork, removeNetwork, spaceOf } from './deploy/network.ts'
import { blocksOfPage, hostsFile, step, type Walk, wholeMinutes } from './deploy/walk.ts'
import { callEachWay, furnish } from './deploy/ward-steps.ts'

const { values } = parseArgs({
  options: { suite: { type: 'string', default: 'trixie' }, keep: { type: 'boolean', default: false } },
})
/** It takes three gigabytes; always the same, so that what a run that was killed left behind is found. */
const folder = join(tmpdir(), 'bedside-walk')

if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  console.log('skipped: this needs root, Debian and the network namespaces of Linux')
  process.exit(0)
}

let machine: Machine | null = null
function cleanUp(): void {
  machine?.stop()
  unmountBelow(folder)
  removeNetwork()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function walkAll(): Promise<void> {
  const blocks = blocksOfPage()
  ensureBuilders()
  cleanUp()
  mkdirSync(folder, { mode: 0o755 })
  const disk = join(folder, 'disk')
  await step(`an empty Debian (${values.suite})`, () => layDebian(disk, values.suite, hostsFile))
  const made = newMachine(disk)
  machine = made
  layNetwork(hostsFile)
  const root = join(folder, 'root.crt')
  const [tablet, station] = [
    newClient('tablet', join(folder, 'tablet')),
    newClient('station', join(folder, 'station')),
  ]
  const walk: Walk = { machine: made, blocks, tablet, station, folder, space: spaceOf('server') }
  await installProgram(walk)
  await step('it starts on the hospital’s network', () => made.start(walk.space))
  await makeFolders(walk)
  await openHttps(walk, () => {
    copyFileSync(join(made.disk, 'root/root.crt'), root)
    for (const client of [tablet, station]) client.take(root)
  })
  await startService(walk)
  await startRelay(walk)
  const ward = await furnish(walk)
  await callEachWay(ward)
  await keep(walk, ward)
  await updateAndBack(walk, ward)
  await powerCut(walk, ward)
  for (const device of Object.values(ward)) await device.close()
}

process.once('exit', cleanUp)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
const failure = await walkAll().catch((error: unknown) => error)
if (failure) console.log(failure instanceof Error ? failure.message : failure)
if (values.keep) {
  console.log('Ctrl+C takes it all away.')
  await new Promise((never) => setInterval(never, 60_000 * 60 * 24))
}
console.log(`walked in ${wholeMinutes()} min, ${failure ? 1 : 0} violations`)
process.exit(failure ? 1 : 0)
