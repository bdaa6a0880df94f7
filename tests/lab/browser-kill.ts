/**
 * `node tests/lab/browser-kill.ts --kills N`: a whole Chromium is killed (-9) while it writes into the plan, again and
 * again. What it had said to be kept must be there when it starts anew without a server, and must reach the server.
 * Chromium sometimes finds its IndexedDB damaged then, and empties it; `--empty P` does that on purpose to one in 1/P.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright'
import type { RunningSync } from '../../src/state/sync.ts'
import { newServer } from '../e2e/server.ts'
import { bookAt, dayMs } from '../server/plan.ts'
import { type Chromium, launchChromium } from './chromium.ts'
import { between, mulberry32 } from './prng.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    empty: { type: 'string', default: '0.1' },
  },
})
const kills = Number(values.kills)
const chance = mulberry32(Number(values.seed))
const profile = mkdtempSync(join(tmpdir(), 'bedside-kill-'))
/** So often all that waits is sent, and compared with the server's own table. */
const sendEvery = 12

declare global {
  interface Window {
    sync: RunningSync
    kept: (actId: string) => Promise<void>
  }
}

const server = await newServer(1, { environment: {} })
await server.start()

async function launch(): Promise<Chromium & { page: Page }> {
  const launched = await launchChromium(profile)
  const { context } = launched
  return { ...launched, page: context.pages()[0] ?? (await context.newPage()) }
}

/** The plan's own part of the app, from the browser's own copy of it. */
async function openPlan(page: Page, staffId: string): Promise<void> {
  await page.evaluate(async (who) => {
    let inside = null as { openPlan(staffId: string): Promise<RunningSync> } | null
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        if (/\/plan-(?!journal|part)[\w-]+\.js/.test(url)) {
          // It may share its file with others, and is one thing among what the file hands out then.
          const file: Record<string, Partial<typeof inside> | undefined> = await import(
            url.split('?')[0] ?? ''
          )
          for (const one of [file as Partial<typeof inside>, ...Object.values(file)])
            if (one?.openPlan) inside = one as typeof inside
        }
    if (!inside) throw new Error('the plan is not in this app')
    window.sync = await inside.openPlan(who)
    await window.sync.ready
  }, staffId)
}

async function write(page: Page): Promise<void> {
  await page.evaluate(
    async (note) => {
      for (;;) {
        const done = await window.sync.perform({ ...note, id: crypto.randomUUID() })
        if (done.ok) await window.kept(done.value)
      }
    },
    bookAt(Date.now() + dayMs, { title: 'Written while it is killed' }, 'note'),
  )
}

const station = `${server.origin}/station`
const first = await launch()
await first.page.goto(server.demo().staff[0]?.url ?? '')
const staffId = await first.page.evaluate(async () => {
  await navigator.serviceWorker.ready
  const answer = await fetch('/api/me', { headers: { 'x-bedside': '1' } })
  return (await answer.json()).me.staffId as string
})
await openPlan(first.page, staffId)
console.log('keeps', await first.page.evaluate(() => window.sync.keeping.value.safety))
// Cookies are written after half a minute, or when a browser ends as it should.
await (await first.context.browser()?.newBrowserCDPSession())?.send('Browser.close').catch(() => {})
await new Promise((next) => setTimeout(next, 1_500))
await server.kill()

const kept = new Set<string>()
const arrived = new Set<string>()
let lost = 0
let wipes = 0
let deviceId = ''
let emptied = 0
const startedMs = Date.now()

/** Each that was said to be kept waits here, or is at the server. */
async function look(page: Page, kill: number): Promise<void> {
  const state = await page.evaluate(() => window.sync.pending.value.map(({ outboxAct }) => outboxAct.actId))
  const waiting = new Set(state)
  const missing = [...kept].filter((actId) => !waiting.has(actId) && !arrived.has(actId))
  if (missing.length > 0) console.log(`kill ${kill}: ${missing.length} are missing`)
  for (const actId of missing) {
    lost += 1
    arrived.add(actId)
  }
  const now = await page.evaluate(async () => {
    const open = indexedDB.open('bedside-plan')
    const db = await new Promise<IDBDatabase>((done, failed) => {
      open.onsuccess = () => done(open.result)
      open.onerror = () => failed(open.error)
    })
    const all = db.transaction('meta').objectStore('meta').getAll()
    return await new Promise<string>((done) => {
      all.onsuccess = () => {
        db.close()
        done(all.result.map((meta) => meta.deviceId).join())
      }
    })
  })
  if (deviceId !== '' && now !== deviceId) wipes += 1
  deviceId = now
}

async function send(page: Page): Promise<void> {
  await server.start()
  await page.evaluate(() => window.sync.refresh())
  await page.waitForFunction(() => window.sync.pending.value.length === 0, null, { timeout: 120_000 })
  await server.kill()
  const db = new DatabaseSync(join(server.data, 'bedside.db'), { readOnly: true })
  for (const row of db.prepare('select act_id from plan_acts').all()) arrived.add(String(row.act_id))
  db.close()
  const missing = [...kept].filter((actId) => !arrived.has(actId))
  lost += missing.length
  if (missing.length > 0) console.log(`${missing.length} never reached the server`)
  for (const actId of missing) arrived.add(actId)
}

for (let kill = 1; kill <= kills; kill += 1) {
  const { page, kill: end } = await launch()
  await page.exposeFunction('kept', (actId: string) => void kept.add(actId))
  await page.goto(station)
  await openPlan(page, staffId)
  await look(page, kill)
  if (kill % sendEvery === 0 || kill === kills) await send(page)
  const writing = write(page).catch(() => {})
  await new Promise((next) => setTimeout(next, between(chance, 100, 900)))
  await end()
  await writing
  if (chance() < Number(values.empty)) {
    rmSync(join(profile, 'Default', 'IndexedDB'), { recursive: true, force: true })
    emptied += 1
  }
  if (kill % 10 === 0)
    console.log(
      `${kill} kills, ${kept.size} kept, ${lost} lost, ${wipes} stores found empty (${emptied} by us), ${Math.round((Date.now() - startedMs) / 1000)} s`,
    )
}
const last = await launch()
await last.page.goto(station)
await openPlan(last.page, staffId)
await look(last.page, kills)
await send(last.page)
await last.kill()
await server.remove()
rmSync(profile, { recursive: true, force: true })
console.log(
  `${kills} kills, ${kept.size} acts shown as kept, ${lost} lost, ${wipes} stores found empty, ${emptied} of them emptied on purpose`,
)
process.exitCode = lost === 0 ? 0 : 1
