/**
 * `node tests/lab/power-cut.ts --beds N --seed S [--sound kiosk|browser]`: the power of a whole ward is cut. A real server
 * and a whole Chromium for each tablet and station, some in calls, one with a request, one behind the curtain, are all
 * killed (-9) at once and started again, and nobody touches anything. Printed are milliseconds from power-on. The last
 * line counts violations. `--sound browser`: without a kiosk's leave to sound untouched.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pass } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Locator, Page } from 'playwright'
import { newServer } from '../e2e/server.ts'
import { mediaOf } from '../e2e/witness.ts'
import { type Device, newDevice } from './power-devices.ts'
import { between, mulberry32 } from './prng.ts'
import { askUntouched, becomesUntouched } from './untouched.ts'

const { values } = parseArgs({
  options: {
    beds: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    sound: { type: 'string', default: 'kiosk' },
  },
})
const count = Math.max(2, Math.min(8, Number(values.beds)))
const chance = mulberry32(Number(values.seed))
const isKiosk = values.sound === 'kiosk'
const policy = isKiosk ? 'no-user-gesture-required' : 'document-user-activation-required'
/** Chromium writes cookies half a minute after they came; a station has been signed in for longer when power fails. */
const cookiesMs = 33_000
const longestMs = 240_000
const minuteMs = 60_000
/** What may truly be said of a call whose every end lost its power. */
const trueReasons = ['connection-lost', 'left', 'no-answer', 'device-unready']

process.setMaxListeners(40)
const server = await newServer(1)
await server.start()
const labels = Array.from({ length: count }, (_, index) => String(index + 1))
const shuffled = labels.map((label) => ({ label, at: chance() })).toSorted((a, b) => a.at - b.at)
const [curtained = '', asking = '', ...callable] = shuffled.map(({ label }) => label)
const sounds = [`--autoplay-policy=${policy}`]
const tablets = new Map(labels.map((label) => [label, newDevice(`bed ${label}`, 'patient', sounds)]))
// With two beds only one is left to be asked for, and both of its patient's wishes are the other's.
const calls = callable.slice(0, 2)
const needs = callable.length > 0 ? asking : curtained
if (calls.length === 0) calls.push(asking)
const stations = calls.map((_, index) => newDevice(`station ${index + 1}`, 'nurse', sounds))
const devices: readonly Device[] = [...tablets.values(), ...stations]
const wrong: string[] = []

const named = (page: Page, list: string) => page.getByRole('list', { name: list })
const boardWord = (page: Page, label: string) =>
  named(page, 'Beds')
    .getByRole('listitem', { name: `Bed ${label}`, exact: true })
    .getByRole('status')
const isReady = (page: Page) => page.getByRole('status').filter({ hasText: /^Ready$/ })
const curtain = (page: Page) => page.getByRole('heading', { name: 'Privacy' })
const asked = (page: Page) => named(page, 'What I asked for').getByText('Water')
const requested = (page: Page) => page.getByRole('listitem', { name: `Bed ${needs}: Water`, exact: true })
const pageOf = (label: string) => (tablets.get(label) as Device).page()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function enrol(label: string): Promise<void> {
  const link = server.demo().beds.find((bed) => bed.label === label)?.url ?? ''
  const page = await (tablets.get(label) as Device).switchOn(link)
  await press(page, 'Start')
  await isReady(page).waitFor({ timeout: longestMs })
}

/** What the ward is in the middle of. */
async function busy(): Promise<void> {
  await press(pageOf(needs), 'Ask my nurse')
  await pageOf(needs).getByRole('dialog').getByRole('button', { name: 'Water', exact: true }).click()
  await asked(pageOf(needs)).waitFor()
  await pageOf(needs).getByText('Sent.').first().waitFor()
  await press(pageOf(curtained), 'Privacy')
  await press(pageOf(curtained), '30 minutes')
  await curtain(pageOf(curtained)).waitFor()
  for (const [at, label] of calls.entries()) {
    const station = (stations[at] as Device).page()
    await press(station, `Call bed ${label}`)
    await press(pageOf(label), 'Answer')
    for (const page of [station, pageOf(label)])
      await page.getByRole('button', { name: 'End call' }).waitFor()
  }
}

// Both are sent to a page as they are written.
const showsReady = () =>
  [...document.querySelectorAll('output')].some(({ textContent }) => textContent?.trim() === 'Ready')
const showsCurtain = () =>
  [...document.querySelectorAll('h1, h2')].some(({ textContent }) => textContent?.trim() === 'Privacy')

let onMs = 0
const sinceOn = () => Math.round(performance.now() - onMs)

/** When this came, from power-on; it never coming is a violation. */
async function came(what: string, there: Locator, withinMs = longestMs): Promise<number | null> {
  const arrived = there.waitFor({ timeout: withinMs }).then(sinceOn)
  return await arrived.catch(async () => {
    const seen = await there
      .page()
      .locator('body')
      .innerText()
      .catch(() => 'nothing')
    wrong.push(`${what} did not come. Its screen: ${seen.replaceAll(/\s+/g, ' ').slice(0, 400)}`)
    return null
  })
}

async function back(label: string): Promise<void> {
  const page = await (tablets.get(label) as Device).switchOn(`${server.origin}/bed`)
  const shownMs = sinceOn()
  const isThere = await becomesUntouched(page, label === curtained ? showsCurtain : showsReady, longestMs)
  if (!isThere) wrong.push(`bed ${label} did not come back by itself`)
  console.log(`  bed ${label}: browser up ${shownMs} ms, by itself ${isThere ? sinceOn() : 'never'} ms`)
}

async function boardBack(station: Device): Promise<void> {
  const page = await station.switchOn(`${server.origin}/station`)
  await came(`${station.name}'s board`, named(page, 'Beds'))
  console.log(`  ${station.name}: board ${sinceOn()} ms`)
  const each = labels.map(async (label) => {
    const word = label === curtained ? /^Privacy until \d\d:\d\d$/ : /^Ready$/
    const ms = await came(`bed ${label} on the board`, boardWord(page, label).filter({ hasText: word }))
    if (station === stations[0]) console.log(`  bed ${label} on the board: ${ms} ms`)
  })
  await Promise.all(each)
  await came('as many as are ready', page.getByText(`${count - 1} of ${server.demo().beds.length} ready`))
  console.log(`  ${station.name}: all back on its board after ${sinceOn()} ms`)
}

/** Minutes of the day in *Privacy until 14:05*. */
async function untilOf(page: Page): Promise<number> {
  const word = (await boardWord(page, curtained).textContent()) ?? ''
  const [hour = 0, minute = 0] = (/\d\d:\d\d/.exec(word)?.[0] ?? '').split(':').map(Number)
  return hour * 60 + minute
}

/** [HZ-2] No camera and no microphone is on. */
async function camerasOff(): Promise<void> {
  for (const device of devices) {
    const { liveTracks, opened } = await mediaOf(device.page())
    if (liveTracks > 0) wrong.push(`${device.name}: ${liveTracks} tracks are on`)
    if (opened > 0) console.log(`  ${device.name} opened ${opened} tracks since power-on, untouched`)
  }
}

/** Asked of each browser itself, untouched: one that remembers a call with sound may let a page sound. */
async function maySound(page: Page): Promise<boolean> {
  return await askUntouched(page, async () => {
    const context = new AudioContext()
    await Promise.race([context.resume(), new Promise((then) => setTimeout(then, 2_000))])
    const isRunning = context.state === 'running'
    await context.close()
    return isRunning
  })
}

/** [HZ-11] A tablet that cannot ring aloud untouched says so on the board within its minute, and no other does. */
async function silentBeds(page: Page): Promise<void> {
  let silent = 0
  for (const label of labels) {
    const row = named(page, 'Beds').getByRole('listitem', { name: `Bed ${label}`, exact: true })
    const said = row.getByText('Cannot ring aloud: touch the tablet once')
    const sounds = await maySound(pageOf(label))
    if (!sounds) silent += 1
    if (!sounds) await came(`word that bed ${label} cannot ring aloud`, said, minuteMs)
    else if (await said.isVisible()) wrong.push(`bed ${label} can ring aloud, and says that it cannot`)
  }
  console.log(`  ${silent} of ${count} beds cannot ring aloud untouched, and say so on the board`)
  if (isKiosk && silent > 0) wrong.push(`${silent} beds cannot ring in a kiosk`)
}

function callsEnded(): void {
  const store = new DatabaseSync(join(server.data, 'bedside.db'), { readOnly: true })
  const rows = store.prepare('select call_id, reason, ended_ms from calls').all()
  store.close()
  const reasons = rows.map(({ reason }) => String(reason))
  console.log(`  calls ended as: ${reasons.join(', ')}`)
  if (rows.length !== calls.length)
    wrong.push(`${rows.length} calls stand in the record, not ${calls.length}`)
  for (const reason of reasons) if (!trueReasons.includes(reason)) wrong.push(`a call ended as ${reason}`)
}

for (const label of labels) await enrol(label)
for (const [at, station] of stations.entries()) {
  const page = await station.switchOn(server.demo().staff[at]?.url ?? '')
  await named(page, 'Beds').waitFor({ timeout: longestMs })
}
await pass(cookiesMs)
await busy()
const first = stations[0] as Device
await boardWord(first.page(), curtained)
  .filter({ hasText: /^Privacy/ })
  .waitFor()
const untilBefore = await untilOf(first.page())
await pass(between(chance, 0, 4_000))
console.log(
  `${count} beds, ${calls.length} in calls (${calls}), ${needs} asked, ${curtained} behind the curtain`,
)
await Promise.all([server.kill(), ...devices.map((device) => device.switchOff())])

onMs = performance.now()
console.log('power is back')
await Promise.all([
  server.start().then(() => console.log(`  server ready: ${sinceOn()} ms`)),
  ...labels.map(back),
  ...stations.map(boardBack),
])
const allMs = sinceOn()
await came('the request at the station', requested(first.page()))
const longer = (await untilOf(first.page())) - untilBefore
console.log(`  the curtain is drawn for ${longer} min longer than before`)
if (longer < 0 || longer > Math.ceil(allMs / minuteMs) + 1) wrong.push('the curtain is not as it was')
await silentBeds(first.page())
await came('the request at its bed', askedAtBed())
await camerasOff()
await server.kill()
callsEnded()
await Promise.all(devices.map((device) => device.remove()))
await server.remove()
for (const line of wrong) console.log(`  WRONG ${line}`)
console.log(`${count} beds back after ${allMs} ms, ${wrong.length} violations`)
process.exit(wrong.length === 0 ? 0 : 1)

function askedAtBed(): Locator {
  // Behind the curtain nothing that was asked is shown; there the station's row says it.
  return needs === curtained ? curtain(pageOf(needs)) : asked(pageOf(needs))
}
