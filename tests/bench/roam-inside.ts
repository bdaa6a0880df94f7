/** What `roam.ts` runs at the hub: server and station here, the bed's browser in the other namespace. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureChromium } from '../browsers.ts'
import { openCallPair, soundAgain } from './call-pair.ts'
import { must } from './roam.ts'

const [bedSpace = '', rounds = '20'] = process.argv.slice(2)
const inBed = (line: string) => must('ip', '-n', bedSpace, ...line.split(' '))

/** Out of one network, a moment in none, into the other. */
async function roamTo(network: 1 | 2): Promise<void> {
  inBed('addr flush dev tablet')
  await new Promise((next) => setTimeout(next, 300))
  inBed(`addr add 10.77.${network}.2/24 dev tablet`)
  inBed(`route replace default via 10.77.${network}.1`)
}

await roamTo(1)
const folder = mkdtempSync(join(tmpdir(), 'bedside-roam-'))
const browser = join(folder, 'chromium')
writeFileSync(browser, `#!/bin/sh\nexec ip netns exec ${bedSpace} ${ensureChromium()} "$@"\n`)
chmodSync(browser, 0o755)
const tunnel = fileURLToPath(new URL('./roam-tunnel.ts', import.meta.url))
let door: ReturnType<typeof spawn> | null = null

const pair = await openCallPair({
  elsewhere: {
    address: '0.0.0.0',
    async browser(port) {
      // A page may open a camera at localhost without a certificate, and nowhere else.
      door = spawn('ip', ['netns', 'exec', bedSpace, process.execPath, tunnel, '10.77.0.1', String(port)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await new Promise((open) => door?.stdout?.once('data', open))
      return browser
    },
  },
})
const { station, bed } = pair
const backMs: number[] = []
for (let round = 0; round < Number(rounds); round += 1) {
  await roamTo(round % 2 === 0 ? 2 : 1)
  const beganAtMs = performance.now()
  backMs.push(Math.max(...(await Promise.all([station, bed].map((page) => soundAgain(page, beganAtMs))))))
  await station.waitForTimeout(4_000)
}
await pair.close()
;(door as ReturnType<typeof spawn> | null)?.kill('SIGKILL')
rmSync(folder, { recursive: true, force: true })
console.log(JSON.stringify(backMs))
process.exit(0)
