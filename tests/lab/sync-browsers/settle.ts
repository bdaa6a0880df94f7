/** Nothing goes wrong any more: all that waits is through soon, and both browsers show what the server has for them. */
import { type Chance, pick } from '../prng.ts'
import { byKey, differences, falselyConfirmed } from '../sync/check.ts'
import { type LabBrowser, look, refresh, type Tab } from './browser.ts'
import { shownBy } from './run.ts'
import type { Ward } from './ward.ts'

/** A machine that does much else starts a tab in this time as well. */
const patienceMs = 40_000
const againMs = 60
const askEvery = 15

/** Everything may end that was begun. */
export async function calm(ward: Ward): Promise<void> {
  ward.setTrap('none')
  await ward.start()
  for (const browser of ward.browsers) {
    browser.way.set('fine')
    await browser.setOffline(false).catch(() => {})
  }
}

export async function settle(ward: Ward, chance: Chance): Promise<string[]> {
  await calm(ward)
  // One in which no tab opens is tried again, and told of.
  await Promise.all(ward.browsers.map((browser) => heal(browser).catch(() => {})))
  const violations = await judgeAll(ward)
  if (violations.length > 0) return violations
  await ward.lookOn()
  return chance() < 0.4 ? await judgeKept(ward, pick(chance, ward.browsers)) : []
}

/** What one browser still had to say may have come after the other was looked at: both once more, one after the other. */
async function judgeAll(ward: Ward): Promise<string[]> {
  const violations = (await Promise.all(ward.browsers.map((browser) => judge(ward, browser)))).flat()
  for (const browser of ward.browsers)
    if (violations.length === 0) violations.push(...(await judge(ward, browser)))
  return violations
}

async function heal(browser: LabBrowser): Promise<void> {
  // What was on its way for long arrives after all, before anything is judged.
  await browser.way.arriveLate()
  if (!browser.isUp()) await browser.launch()
  if (browser.tabs().length === 0) await browser.openTab('station')
}

/** [8] Nothing waits any more. [4] Each tab shows what the server shows this person. [10] And as confirmed. */
async function judge(ward: Ward, browser: LabBrowser): Promise<string[]> {
  const limitMs = performance.now() + patienceMs
  for (let look = 0; ; look += 1) {
    if (browser.tabs().length === 0) await heal(browser).catch(() => {})
    const wrong = (await Promise.all(browser.tabs().map((tab) => judgeTab(ward, browser, tab)))).flat()
    if (wrong.length === 0 && browser.tabs().length > 0) return []
    if (performance.now() > limitMs) return wrong.length > 0 ? wrong : [`[8] ${browser.name}: no tab opens`]
    if (look % askEvery === 0) await Promise.all(browser.tabs().map((tab) => refresh(tab).catch(() => {})))
    await new Promise((next) => setTimeout(next, againMs))
  }
}

async function judgeTab(ward: Ward, { name, person }: LabBrowser, tab: Tab): Promise<string[]> {
  const where = `${person.name} at ${name}`
  const state = await look(tab).catch(() => null)
  if (!state) return tab.isAlive ? [`[8] ${where}: a tab that cannot be looked at`] : []
  if (state.pending.length > 0)
    return [`[8] ${where}: ${state.pending.length} still wait, held ${state.held}`]
  if (!state.isLive) return [`[8] ${where}: not live`]
  const [mine, answer] = [byKey(state.rows), await ward.rowsOf(person.staffId)]
  const isMine = (key: string) => answer.has(key)
  return [...differences(`[4] ${where}`, mine, answer), ...falselyConfirmed(shownBy(state), isMine)]
}

/** [4] What the browser keeps is the same: a tab that starts without any network shows it. */
async function judgeKept(ward: Ward, browser: LabBrowser, tries = 3): Promise<string[]> {
  browser.way.set('cut')
  const before = browser.tabs()
  const kept = await browser
    .openTab('bare')
    .then(look)
    .catch(() => null)
  if ((!kept || kept.pending.length > 0) && tries > 1) {
    // An act that a tab kept as it ended has come to light, and goes out first; or a tab fell silent, which is counted.
    browser.way.set('fine')
    const violations = await judgeAll(ward)
    return violations.length > 0 ? violations : await judgeKept(ward, browser, tries - 1)
  }
  if (!kept) return [`[8] ${browser.name}: no tab opens without a network`]
  const wrong = differences(
    `[4] kept at ${browser.name}, where ${kept.pending.length} wait`,
    byKey(kept.rows),
    await ward.rowsOf(browser.person.staffId),
  )
  browser.way.set('fine')
  await Promise.all(before.filter(({ isAlive }) => isAlive).map((one) => browser.close(one)))
  return wrong
}
