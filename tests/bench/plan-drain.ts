/**
 * `node tests/bench/plan-drain.ts`: a thousand changes are written in a real browser while the server is down; how long
 * each takes until it is kept, and how long it takes after the server is back until all of them are confirmed.
 */
import { chromium } from 'playwright'
import type { RunningSync } from '../../src/state/sync.ts'
import { ensureChromium } from '../browsers.ts'
import { newServer } from '../e2e/server.ts'
import { bookAt, dayMs } from '../server/plan.ts'

declare global {
  interface Window {
    sync: RunningSync
  }
}

const changes = 1_000
const server = await newServer(1)
await server.start()
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage()
await page.goto(server.demo().staff[0]?.url ?? '')
await page.evaluate(async () => {
  await navigator.serviceWorker.ready
  const answer = await fetch('/api/me', { headers: { 'x-bedside': '1' } })
  const { staffId } = (await answer.json()).me
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) {
      if (!/\/plan-(?!journal|part)[\w-]+\.js/.test(url)) continue
      const part = (await import(url.split('?')[0] ?? '')) as {
        openPlan?: (staffId: string) => Promise<RunningSync>
      }
      if (part.openPlan) window.sync = await part.openPlan(staffId)
    }
  await window.sync.ready
})
await page.waitForFunction(() => window.sync.freshness.value.type === 'live')
await server.kill()
const tookMs = await page.evaluate(
  async (notes) => {
    const took: number[] = []
    for (const note of notes) {
      const begunMs = performance.now()
      await window.sync.perform(note)
      took.push(performance.now() - begunMs)
    }
    return took.sort((one, other) => one - other)
  },
  Array.from({ length: changes }, (_, index) =>
    bookAt(Date.now() + dayMs, { title: `Note ${index}` }, 'note'),
  ),
)
const at = (part: number) => (tookMs[Math.floor(part * (changes - 1))] ?? 0).toFixed(1)
console.log(`kept on the device: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`)
await server.start()
const drainedMs = await page.evaluate(async () => {
  const begunMs = performance.now()
  window.sync.refresh()
  while (window.sync.pending.value.length > 0) await new Promise((next) => setTimeout(next, 5))
  return performance.now() - begunMs
})
console.log(`${changes} changes confirmed ${drainedMs.toFixed(0)} ms after the server was back`)
await browser.close()
await server.remove()
