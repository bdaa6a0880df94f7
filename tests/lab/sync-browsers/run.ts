/** One run in real browsers: two people write while everything goes wrong, then nothing does, and every promise must hold. */
import { createBook } from '../../../src/core/plan/book.ts'
import type { Row } from '../../../src/protocol/plan.ts'
import { dayMs, hourMs } from '../../server/plan.ts'
import { between, mulberry32, pick, pickWeighted } from '../prng.ts'
import { type Making, thinkOf } from '../sync/acts.ts'
import { broken, falselyConfirmed, type Promised } from '../sync/check.ts'
import { type LabBrowser, look, perform, type Tab, type TabState, takeBack } from './browser.ts'
import { calm, settle } from './settle.ts'
import type { Ward } from './ward.ts'

export type RunResult = {
  readonly violations: readonly string[]
  readonly acts: number
  /** How long it took, once all was well, until both browsers showed what the server has. */
  readonly settledMs: number
  /** How often what went wrong. */
  readonly mishaps: ReadonlyMap<string, number>
}

const trace = (...said: unknown[]) =>
  process.env.TRACE ? console.log(Math.round(performance.now()), ...said) : undefined
/** Runs of one ward each write into days of their own. */
const patches = 18
const yearMs = 365 * dayMs

export async function run(ward: Ward, seed: number): Promise<RunResult> {
  const chance = mulberry32(seed)
  const violations: string[] = []
  const blame = (...found: readonly string[]) => void violations.push(...found)
  const promised = new Map<string, Promised>()
  const startMs = Math.floor(Date.now() / dayMs) * dayMs + (2 + 3 * (seed % patches)) * dayMs + 6 * hourMs
  const mishaps = new Map<string, number>()
  let ids = 0
  const making: Making = {
    chance,
    startMs,
    people: ward.people,
    beds: ward.beds,
    newId: () => `${seed.toString(36)}-${++ids}-${Math.floor(chance() * 1e9).toString(36)}`,
  }
  const [, doctor] = ward.browsers
  /** What was begun and is not waited for: people write while a server or a browser starts. */
  const begun = new Set<Promise<unknown>>()
  const begin = (work: Promise<unknown>) => {
    const mine = work
      .catch((error: unknown) => trace(String(error).slice(0, 90)))
      .finally(() => begun.delete(mine))
    begun.add(mine)
  }

  for (let steps = between(chance, 20, 34); steps > 0; steps -= 1) {
    const browser = pick(chance, ward.browsers)
    const tab = browser.tabs().length > 0 ? pick(chance, browser.tabs()) : null
    if (chance() < 0.6) {
      if (tab) begin(act(browser, tab))
    } else await disturb(browser, tab)
    await pause(between(chance, 0, 70))
  }
  const startedMs = performance.now()
  trace('calm')
  await calm(ward)
  while (begun.size > 0) await Promise.all(begun)
  trace('settle')
  blame(...(await settle(ward, chance)))
  const settledMs = performance.now() - startedMs
  blame(...(await ward.repeat([...promised.values()])))
  trace('end')
  await ward.kill()
  const { outcomes, attentions } = ward.readDisk()
  blame(...broken(promised.values(), outcomes, attentions, false), ...ward.blamed())
  if (doctor && ward.roleOf(doctor.person) !== 'doctor') ward.setRole(doctor.person, 'doctor')
  return { violations, acts: promised.size, settledMs, mishaps }

  /** [1] Nothing is promised before it is kept; from then on it is never lost. */
  async function act({ person, name }: LabBrowser, tab: Tab): Promise<void> {
    const { staffId } = person
    const state = await look(tab)
    blame(...falselyConfirmed(shownBy(state), (_key, row) => ward.hasHeard(staffId, row)))
    if (state.safety !== 'crash-safe') blame(`[1] ${name} keeps ${state.safety}`)
    const seen = { view: { value: createBook(state.rows.filter(isNear)) } }
    for (const one of thinkOf(making, seen, staffId)) {
      const actId = await perform(tab, one)
      if (actId === null) return
      trace(`promised ${actId} ${one.type} at ${name}`)
      promised.set(actId, { actId, act: one, staffId, device: { name }, state: 'kept' })
    }
  }

  /** What this run is about: its own days, and what belongs to none. */
  function isNear(row: Row): boolean {
    if (row.type === 'attention') return Math.abs((row.startMs ?? row.atMs) - startMs) < 4 * dayMs
    if (row.type !== 'appointment') return true
    return row.when.type === 'at' && Math.abs(row.when.startMs - startMs) < 4 * dayMs
  }

  async function giveBack(tab: Tab): Promise<void> {
    const { pending } = await look(tab)
    const known = promised.get(pending.at(-1) ?? '')
    if (known?.state !== 'kept') return
    // Until it is answered, either may be.
    known.state = 'deleted'
    const isBack = await takeBack(tab, known.actId)
    known.state = isBack ? 'taken-back' : 'kept'
  }

  async function restart(browser: LabBrowser): Promise<void> {
    if (chance() < 0.5) browser.setClock(Math.round((chance() * 2 - 1) * yearMs))
    await browser.launch()
    await browser.openTab('station')
  }

  /** The last tab that ends is opened again, as a person would. */
  function lose(browser: LabBrowser, work: Promise<void>): void {
    begin(work)
    if (browser.tabs().length === 0) another(browser)
  }

  function another(browser: LabBrowser): void {
    begin(browser.openTab(pick(chance, ['bare', 'station', 'station'])))
  }

  async function disturb(browser: LabBrowser, tab: Tab | null): Promise<void> {
    const what = pickWeighted(chance, {
      net: 12,
      offline: 2,
      close: 2,
      crash: 1.5,
      another: 4,
      browser: 1.5,
      server: 4,
      trap: 4,
      role: 0.5,
      back: 3,
      look: 4,
    })
    trace(`${what} ${browser.name}`)
    mishaps.set(what, (mishaps.get(what) ?? 0) + 1)
    switch (what) {
      case 'net':
        return browser.way.set(pick(chance, ['fine', 'bad', 'bad', 'bad', 'cut', 'dead']))
      case 'offline':
        return begin(browser.setOffline(chance() < 0.5))
      case 'close':
        return tab ? lose(browser, browser.close(tab)) : undefined
      case 'crash':
        return tab ? lose(browser, browser.crash(tab)) : undefined
      case 'another':
        return browser.isUp() && browser.tabs().length < 2 ? another(browser) : undefined
      case 'browser':
        if (!browser.isUp()) return
        await browser.kill(chance() < 0.5 ? 'emptied' : 'killed')
        return begin(restart(browser))
      case 'server':
        return begin(ward.isUp() ? ward.kill() : ward.start())
      case 'trap':
        ward.setTrap(pick(chance, ['sent', 'answered']))
        return begin(ward.start())
      case 'role': {
        const role = doctor && ward.roleOf(doctor.person) === 'doctor' ? 'interpreter' : 'doctor'
        return doctor ? begin(ward.changeRole(doctor.person, role)) : undefined
      }
      case 'back':
        return tab ? begin(giveBack(tab)) : undefined
      case 'look':
        return begin(ward.lookOn())
    }
  }
}

export function shownBy({ rows, unconfirmed }: TabState) {
  return { view: { value: createBook(rows) }, unconfirmed: { value: new Map(unconfirmed) } }
}

function pause(ms: number): Promise<void> {
  return new Promise((over) => setTimeout(over, ms))
}
