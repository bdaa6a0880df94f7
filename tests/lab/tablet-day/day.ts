/** A simulated day as it goes: what happens to the tablet, what ought to come of it, and what was wrong. */
import { setTimeout as pass } from 'node:timers/promises'
import type { Page } from 'playwright'
import type { EndReason } from '../../../src/protocol/call.ts'
import { mediaOf } from '../../e2e/witness.ts'
import type { Chance } from '../prng.ts'
import { longCall, makeCall } from './calls.ts'
import { drop } from './drops.ts'
import { forgetWitnessed, type Leak, leakInto, measures, type Sample, type Scales } from './memory.ts'
import { careOf, type Happening, insert, minuteMs, type Request } from './plan.ts'
import type { Expected } from './record.ts'
import { ask, askNobody, end, freeReason, promise, see } from './requests.ts'
import { type Build, bring, makeBuild, rolledBack, taken } from './updates.ts'
import { isReady, type Ward } from './ward.ts'

export type Day = {
  readonly expected: Expected
  /** One list for each life of the page. */
  readonly lives: readonly (readonly Sample[])[]
  /** What its page complained of. */
  readonly errors: readonly string[]
  /** What the tablet ought to run. */
  readonly build: () => Build | null
  /** An event a line, until the day is over. */
  goOn(): Promise<void>
}

export type DayOptions = {
  readonly agenda: readonly Happening[]
  readonly chance: Chance
  readonly leaking: readonly Leak[]
  readonly scales: Scales
  readonly complain: (line: string) => void
}

type Kind<T extends Happening['type']> = Extract<Happening, { type: T }>

/** In a line, of a page on which something did not come. */
async function shownOn(page: Page): Promise<string> {
  const text = await page.locator('body').innerText()
  return `${await page.title()} | ${text.replaceAll(/\s+/g, ' ').slice(0, mostShown)}`
}
const mostShown = 600

/** After its patient's last touch, and a call's last word, a tablet is at rest by then. */
const restMs = 3 * minuteMs
/** A tablet that nobody touches takes a build after a minute. */
const untouchedMs = 75_000
const mostDriftMs = 2_000
const ends = { 'done by a nurse': 'done', 'a nurse is here': 'here', 'taken back': 'taken-back' } as const

export function clockOf(ms: number): string {
  const minutes = Math.floor(ms / minuteMs)
  const two = (count: number) => String(count).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

export function createDay(ward: Ward, options: DayOptions): Day {
  const { chance, leaking, scales, complain } = options
  const { bed, nowMs, passes, comes } = ward
  const agenda = [...options.agenda]
  const expected: Expected = { calls: [], requests: [] }
  const lives: Sample[][] = [[]]
  const errors: string[] = []
  let open: Request[] = []
  let build: Build | null = null
  let broken: Build | null = null
  bed.on('domcontentloaded', () => lives.push([]))
  bed.on('pageerror', ({ message }) => errors.push(message))
  bed.on('crash', () => errors.push('it crashed'))

  async function called(reason: EndReason, what: string): Promise<string> {
    expected.calls.push(reason)
    for (const leak of leaking) await leakInto(bed, leak)
    return `call ${expected.calls.length}: ${what}`
  }

  async function close(request: Request): Promise<void> {
    open = open.filter((one) => one !== request)
    await end(ward, request)
  }

  async function closeAll(): Promise<void> {
    for (const request of open) await close(request)
  }

  async function makeRequest(kind: Kind<'request'>['kind']): Promise<string> {
    const [oldest] = open
    // A patient whose every need is known has no other: one of them is met first.
    if (freeReason(chance, open) === null && oldest) await close(oldest)
    const reason = freeReason(chance, open) ?? 'other'
    if (kind === 'no network') {
      await askNobody(ward, reason)
      return `asks for ${reason} without a network, and is told`
    }
    await ask(ward, reason)
    const request = { kind, reason }
    open.push(request)
    expected.requests.push({ reason, how: ends[kind] })
    insert(agenda, careOf(chance, request, nowMs()))
    return `request ${expected.requests.length}: ${reason}, ${open.length} open`
  }

  async function care({ request, step }: Kind<'care'>): Promise<string | null> {
    if (!open.includes(request)) return null
    if (step === 'seen') await see(ward, request)
    else if (step === 'coming') await promise(ward, request)
    else await close(request)
    return `  ${request.reason}: ${step === 'over' ? request.kind : step}`
  }

  /** [UPDATE-6] It comes in the middle of a call, and is taken after it. */
  async function firstUpdate(next: Build): Promise<string> {
    const before = lives.length
    const reason = await longCall(ward, chance, async () => {
      await bring(ward, next)
      await pass(untouchedMs)
    })
    if (lives.length !== before) complain('a build was taken in a call')
    const said = await called(reason, 'a build comes in the middle of it')
    await closeAll()
    await passes(untouchedMs)
    await taken(ward, next)
    return said
  }

  async function nextUpdate(next: Build): Promise<string> {
    await closeAll()
    await bring(ward, next)
    await passes(untouchedMs)
    await taken(ward, next)
    return 'a build comes'
  }

  /** [UPDATE-4] */
  async function brokenUpdate(next: Build, before: Build): Promise<string> {
    await closeAll()
    await bring(ward, next)
    await passes(untouchedMs)
    await comes('its error', async () => errors.length > 0)
    const beganMs = performance.now()
    await rolledBack(ward, next, before)
    return `a build that does not run is undone after ${Math.round((performance.now() - beganMs) / 1_000)} s`
  }

  async function update(kind: Kind<'update'>['build']): Promise<string> {
    const next = makeBuild(kind)
    if (kind === 'broken' && build) {
      broken = next
      return await brokenUpdate(next, build)
    }
    const said = kind === 'other' ? await firstUpdate(next) : await nextUpdate(next)
    build = next
    return `${said}, and is taken: ${next.id}`
  }

  async function takeBack(): Promise<string> {
    if (build && broken) await bring(ward, build)
    await comes('Ready', () => isReady(bed))
    return 'the server has the good build again'
  }

  /** Everything open is closed, and at rest: then it is Ready, nothing is on, and its memory is weighed. */
  async function look(): Promise<string> {
    await closeAll()
    await passes(restMs)
    await comes('Ready', () => isReady(bed))
    const { liveTracks } = await mediaOf(bed)
    if (liveTracks > 0) complain(`${liveTracks} tracks are on between calls`)
    const drifts = await ward.driftMs()
    if (drifts.some((ms) => Math.abs(ms) > mostDriftMs)) complain(`the clocks differ by ${drifts} ms`)
    await forgetWitnessed(bed)
    const weighed = await scales.weigh()
    lives.at(-1)?.push({ atMs: nowMs(), calls: expected.calls.length, ...weighed })
    return `memory: ${measures.map((measure) => `${measure} ${weighed[measure]}`).join(', ')}`
  }

  async function happen(one: Happening): Promise<string | null> {
    if (one.type === 'call') return await called(await makeCall(ward, one.kind, chance), one.kind)
    if (one.type === 'request') return await makeRequest(one.kind)
    if (one.type === 'care') return await care(one)
    if (one.type === 'update') return await update(one.build)
    if (one.type === 'taken back') return await takeBack()
    if (one.type === 'look') return await look()
    if (one.type === 'shift') {
      await ward.newShift()
      return 'another nurse is at the station'
    }
    await drop(ward, one.kind, one.lastsMs)
    return `${one.kind}${one.kind === 'every socket is lost' ? '' : ` for ${Math.round(one.lastsMs / 1_000)} s`}`
  }

  /** What went wrong once is not to spoil the rest of the day. */
  async function mend(): Promise<void> {
    await ward.air({})
    ward.way.goOn()
    for (const name of ['End call', 'Not now', 'Close']) {
      const button = bed.getByRole('button', { name, exact: true })
      if (await button.isVisible()) await button.click({ timeout: 1_000 }).catch(() => {})
    }
  }

  /** Nothing happens: then nothing is lost either. */
  async function restUntil(atMs: number): Promise<void> {
    const before = ward.pings.count.sockets
    await passes(atMs - nowMs())
    if (ward.pings.count.sockets !== before) complain(`${clockOf(nowMs())} its socket was lost by itself`)
  }

  return {
    expected,
    lives,
    errors,
    build: () => build,
    async goOn() {
      for (let one = agenda.shift(); one; one = agenda.shift()) {
        await restUntil(one.atMs)
        const beganMs = nowMs()
        const line = await happen(one).catch(async (error: Error) => {
          complain(`${clockOf(beganMs)} ${one.type}: ${error.message.split('\n').slice(0, 3).join(' ')}`)
          for (const page of [bed, ward.station()]) console.log(`    ${await shownOn(page)}`)
          await mend()
          return null
        })
        if (line !== null) console.log(`${clockOf(beganMs)} ${line}`)
      }
    },
  }
}
