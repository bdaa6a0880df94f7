/** The door to a tablet's settings: tries, pauses over reloads and wrong clocks, and who shuts it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noTries, pauseAfter, triesInARow } from '../../src/core/staff-code.ts'
import type { CodeCheck } from '../../src/protocol/staff-code.ts'
import { createBed } from '../../src/state/bed.ts'
import { createStaffDoor } from '../../src/state/staff-door.ts'
import { bedOne, fakeWorld, knockAgreed, ringingAt, welcomeOf } from '../fakes/ports.ts'

const check: CodeCheck = { salt: 'salt', rounds: 1, hash: 'stretched 246813' }
const another: CodeCheck = { salt: 'other', rounds: 1, hash: 'stretched 111222' }

/** The page of a tablet that keeps what it was told, or what an earlier page kept. */
async function tablet(before = { check: check as CodeCheck | null, tries: noTries }) {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1 }
  world.keptCode = before
  const bed = createBed(ports)
  await world.settle()
  const welcome = () => world.socket?.welcomed(welcomeOf(bedOne, { wishes: knockAgreed }))
  welcome()
  const door = createStaffDoor({ ...bed, ...bed.beside })
  await world.settle()
  const type = async (code: string) => {
    for (const key of code) door.press(key)
    await world.settle()
  }
  const ask = async () => {
    door.ask()
    await world.settle()
  }
  const wrongRun = async () => {
    for (let count = 0; count < triesInARow; count += 1) await type('000000')
  }
  const said = () => world.sent.filter(({ type }) => type === 'settings.tried')
  return { world, bed, door, welcome, type, ask, wrongRun, said }
}

test('[CODE-3] the right six digits open it, and the server is told', async () => {
  const { door, ask, type, said } = await tablet()
  await ask()
  await type('246813')
  expect(door.state.value).toEqual({ type: 'open' })
  expect(said()).toEqual([{ type: 'settings.tried', outcome: 'opened' }])
})

test('[CODE-3] it is checked without the server, which is told when it is back', async () => {
  const { world, door, ask, type, said } = await tablet()
  world.socket?.lost()
  await ask()
  await type('246813')
  expect(door.state.value).toEqual({ type: 'open' })
  // What is said while nobody hears it is sent when somebody does (SESSION).
  expect(said()).toHaveLength(1)
})

test('[CODE-3] what is no digit is not typed, and Backspace takes one back', async () => {
  const { door, ask, type } = await tablet()
  await ask()
  for (const key of ['a', 'Enter', ' ', '½', 'F1']) door.press(key)
  await type('24')
  door.erase()
  expect(door.state.value).toEqual({ type: 'asks', typed: 1, left: null })
  await type('46813')
  expect(door.state.value).toEqual({ type: 'open' })
})

test('[CODE-1] five wrong codes begin a pause, of which the server hears once; the sixth is not even checked', async () => {
  const { world, door, ask, type, wrongRun, said } = await tablet()
  await ask()
  await type('000000')
  expect(door.state.value).toEqual({ type: 'asks', typed: 0, left: 4 })
  for (let count = 0; count < 4; count += 1) await type('000000')
  expect(door.state.value.type).toBe('pauses')
  expect(said()).toEqual([{ type: 'settings.tried', outcome: 'refused' }])
  const checked = world.did.length
  await type('246813')
  expect(world.did.slice(checked)).not.toContain('check a code')
  world.advance(59_999)
  expect(door.state.value.type).toBe('pauses')
  world.advance(1)
  await world.settle()
  expect(door.state.value).toEqual({ type: 'asks', typed: 0, left: null })
  await wrongRun()
  world.advance(60_000)
  expect(door.state.value.type).toBe('pauses')
})

test('[CODE-1] the right code begins the count anew', async () => {
  const { world, door, ask, type } = await tablet()
  await ask()
  await type('000000')
  await type('246813')
  expect(world.keptCode.tries).toEqual(noTries)
  door.shut()
  await ask()
  await type('000000')
  expect(door.state.value).toMatchObject({ left: 4 })
})

test('[CODE-1] a try is counted on the disk before it is checked: whoever pulls the plug has had it', async () => {
  const { world, ask, door } = await tablet()
  await ask()
  let kept = -1
  const did = world.did.push.bind(world.did)
  world.did.push = (...said) => {
    if (said.includes('check a code')) kept = world.keptCode.tries.wrong
    return did(...said)
  }
  for (const key of '000000') door.press(key)
  await world.settle()
  expect(kept).toBe(1)
})

test('[CODE-1] a pad that is shut and asked for again during a check takes no sixth code', async () => {
  const { world, door, ask, type } = await tablet({ check, tries: { wrong: 4, leftMs: 0 } })
  await ask()
  for (const key of '000000') door.press(key)
  door.shut()
  await ask()
  expect(door.state.value.type).toBe('pauses')
  await type('246813')
  expect(world.did.filter((one) => one === 'check a code')).toHaveLength(1)
})

test('[CODE-2] a reload and a clock that is set change nothing of a pause but what was waited', async () => {
  const first = await tablet()
  await first.ask()
  await first.wrongRun()
  first.world.advance(35_000)
  await first.world.settle()
  const second = await tablet(first.world.keptCode)
  second.world.clockAheadMs = 10 * 3_600_000
  await second.ask()
  expect(second.door.state.value.type).toBe('pauses')
  second.world.clockAheadMs = -10 * 3_600_000
  second.world.advance(29_999)
  await second.world.settle()
  expect(second.door.state.value.type).toBe('pauses')
  second.world.advance(1)
  await second.world.settle()
  expect(second.door.state.value.type).toBe('asks')
})

type Step = { readonly do: 'try' | 'wait' | 'reload'; readonly ms: number; readonly clockMs: number }
const steps = fc.array(
  fc.record<Step>({
    do: fc.constantFrom('try', 'try', 'try', 'wait', 'reload'),
    ms: fc.integer({ min: 0, max: 20 * 60_000 }),
    clockMs: fc.integer({ min: -1e9, max: 1e9 }),
  }),
  { maxLength: 60 },
)

test('[CODE-2] however pages are loaded and clocks are set, no more codes are checked than the pauses allow', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      let page = await tablet()
      let checked = 0
      let waitedMs = 0
      await page.ask()
      for (const step of all) {
        page.world.clockAheadMs = step.clockMs
        if (step.do === 'reload') page = await tablet(page.world.keptCode)
        if (step.do === 'wait') {
          page.world.advance(step.ms)
          waitedMs += step.ms
        }
        if (step.do !== 'try') continue
        await page.world.settle()
        await page.ask()
        const before = page.world.did.length
        await page.type('000000')
        checked += page.world.did.slice(before).filter((did) => did === 'check a code').length
        const pauses = Math.floor((checked - 1) / triesInARow)
        const least = Array.from({ length: pauses }, (_, run) => pauseAfter((run + 1) * triesInARow))
        expect(waitedMs).toBeGreaterThanOrEqual(least.reduce((sum, ms) => sum + ms, 0))
      }
    }),
    { numRuns: 60 },
  )
})

test('[CODE-4] what was typed is gone when it is shut, and two minutes untouched shut it', async () => {
  const { world, door, ask, type } = await tablet()
  await ask()
  await type('24681')
  world.advance(119_999)
  expect(door.state.value.type).toBe('asks')
  world.advance(1)
  expect(door.state.value.type).toBe('shut')
  await ask()
  await type('3')
  expect(door.state.value).toEqual({ type: 'asks', typed: 1, left: null })
})

test('[CODE-4] open settings close after two minutes untouched, and stay for whoever touches them', async () => {
  const { world, door, ask, type } = await tablet()
  await ask()
  await type('246813')
  world.advance(100_000)
  door.touched()
  world.advance(100_000)
  expect(door.state.value.type).toBe('open')
  world.advance(20_000)
  expect(door.state.value.type).toBe('shut')
})

test.each(['ring', 'knock'] as const)(
  '[CODE-4] a %s shuts pad and settings at once, and sounds as ever (HZ-11)',
  async (mode) => {
    for (const typed of ['24', '246813']) {
      const { world, door, ask, type } = await tablet()
      await ask()
      await type(typed)
      world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { mode }) })
      expect(door.state.value.type).toBe('shut')
      expect(world.did).toContain(`sound ${mode}`)
      await ask()
      expect(door.state.value.type).toBe('shut')
    }
  },
)

test('[CODE-4] a right code that is checked while a call comes opens nothing', async () => {
  const { world, door, ask } = await tablet()
  await ask()
  for (const key of '246813') door.press(key)
  world.socket?.received({ type: 'call.changed', call: ringingAt('callee') })
  await world.settle()
  expect(door.state.value.type).toBe('shut')
  expect(world.keptCode.tries).toEqual(noTries)
})

test('[CODE-3] a tablet that was told no code says so, and asks as soon as it was', async () => {
  const { world, bed, door, ask, type } = await tablet({ check: null, tries: noTries })
  bed.beside.staffCode.subscribe((told) => told && void door.told(told))
  await ask()
  expect(door.state.value.type).toBe('untold')
  world.socket?.welcomed(welcomeOf(bedOne, { staffCode: check }))
  await world.settle()
  expect(door.state.value.type).toBe('asks')
  await type('246813')
  expect(door.state.value.type).toBe('open')
  expect(world.keptCode.check).toEqual(check)
})

test('[CODE-3] another code replaces the one before, with its tries; the same one told again changes nothing', async () => {
  const { world, bed, door, ask, wrongRun, type } = await tablet()
  await ask()
  await wrongRun()
  await door.told({ ...check })
  expect(door.state.value.type).toBe('pauses')
  bed.beside.staffCode.subscribe((told) => told && void door.told(told))
  world.socket?.received({ type: 'staff-code.changed', check: another })
  await world.settle()
  expect(door.state.value).toEqual({ type: 'asks', typed: 0, left: null })
  await type('246813')
  expect(door.state.value).toMatchObject({ left: 4 })
  await type('111222')
  expect(door.state.value.type).toBe('open')
  expect(world.keptCode).toEqual({ check: another, tries: noTries })
})

test('[CODE-3] what it keeps outlives a discharge', async () => {
  const { world, bed } = await tablet()
  world.socket?.received({ type: 'stay.changed', stay: { epoch: 2, admissionId: null }, wishes: null })
  await world.settle()
  expect(bed.beside.stay.value).toBe(2)
  expect(world.keptCode.check).toEqual(check)
})

test('[CODE-1] where a try cannot be kept none is checked, and that is said', async () => {
  const { world, door, ask, type } = await tablet()
  world.storeFails = true
  await ask()
  await type('246813')
  expect(door.state.value.type).toBe('broken')
  expect(world.did).not.toContain('check a code')
})
