/** Somebody at the door, for whoever slides on wet glass, does not hear, or does not see. */
import type { CDPSession, Locator, Page } from 'playwright/test'
import { expect, type Screens, startBed, test } from './ward.ts'
import { agreeToKnock, changeWishes, openBedPanel, quietNow } from './wishes.ts'
import { expectCameraOff } from './witness.ts'

declare global {
  interface Window {
    spoken: { said: { text: string; lang: string; voice: string; volume: number }[]; hushed: number }
  }
}

/** What is said is written down; voices as a tablet has them, some of which send what they say to somebody else. */
function recordSpeech(): void {
  const spoken: Window['spoken'] = { said: [], hushed: 0 }
  window.spoken = spoken
  const voices = [
    { name: 'far', lang: 'en-GB', localService: false },
    { name: 'near', lang: 'en_GB', localService: true },
    { name: 'lähellä', lang: 'fi-FI', localService: true },
    { name: 'lontano', lang: 'it-IT', localService: false },
  ]
  class Utterance {
    lang = ''
    volume = 1
    voice = { name: '' }
    text: string
    constructor(text: string) {
      this.text = text
    }
  }
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance })
  Object.defineProperty(window, 'speechSynthesis', {
    value: {
      getVoices: () => voices,
      speak: ({ text, lang, voice, volume }: Utterance) =>
        spoken.said.push({ text, lang, voice: voice.name, volume }),
      cancel: () => {
        spoken.hushed += 1
      },
    },
  })
}

async function tabletOf(ward: Screens, before?: () => void, options = {}): Promise<Page> {
  const context = await ward.tablet(options)
  if (before) await context.addInitScript(before)
  return await startBed(await context.newPage(), ward.server)
}

const answer = (bed: Page) => bed.getByRole('button', { name: 'Answer' })
const notNow = (bed: Page) => bed.getByRole('button', { name: 'Not now' })

/** *Not now*, until the nurse has read it: her panel of the ended call would come over another one. */
async function decline(station: Page, bed: Page): Promise<void> {
  await notNow(bed).click()
  await expect(station.getByRole('status').filter({ hasText: 'Call ended: declined' })).toBeVisible()
}

async function middleOf(button: Locator): Promise<{ x: number; y: number }> {
  const box = await button.boundingBox()
  if (!box) throw new Error('not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

type Point = { x: number; y: number }

async function touch(hand: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: Point[]) {
  const touchPoints = points.map(({ x, y }, id) => ({ x, y, id }))
  await hand.send('Input.dispatchTouchEvent', { type, touchPoints })
}

/** A finger that comes down here and leaves there, in steps as a real one. */
async function slide(hand: CDPSession, from: Point, to: Point): Promise<void> {
  await touch(hand, 'touchStart', from)
  for (const part of [0.25, 0.5, 0.75, 1])
    await touch(hand, 'touchMove', {
      x: from.x + (to.x - from.x) * part,
      y: from.y + (to.y - from.y) * part,
    })
  await touch(hand, 'touchEnd')
}

/** Until a finger may mean what it presses. */
async function settled(bed: Page): Promise<void> {
  const shownMs = await bed.evaluate(() => performance.now())
  await bed.waitForFunction((since) => performance.now() - since > 750, shownMs)
}

async function ring(station: Page, bed: Page): Promise<void> {
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(answer(bed)).toBeVisible()
}

test('[HZ-3] a finger that was on its way as the ring came up, or came within 700 ms of it, answers nothing', async ({
  ward,
}) => {
  const station = await ward.station()
  const bed = await tabletOf(ward, undefined, { hasTouch: true })
  const hand = await bed.context().newCDPSession(bed)
  await ring(station, bed)
  const there = await middleOf(answer(bed))
  await settled(bed)
  await bed.touchscreen.tap((await middleOf(notNow(bed))).x, there.y)
  await expect(station.getByText(/said not now/)).toBeVisible()
  await bed
    .getByRole('status')
    .filter({ hasText: /^Ready$/ })
    .waitFor()

  await test.step('down before the dialog, up after it', async () => {
    await touch(hand, 'touchStart', there)
    await station.getByRole('button', { name: 'Call again' }).click()
    await expect(answer(bed)).toBeVisible()
    await settled(bed)
    await touch(hand, 'touchEnd')
    await expect(answer(bed)).toBeVisible()
    await expectCameraOff(bed)
  })

  await test.step('within 700 ms of its appearance, as soon as there is something to press', async () => {
    await settled(bed)
    await bed.touchscreen.tap((await middleOf(notNow(bed))).x, there.y)
    await expect(station.getByText(/said not now/)).toBeVisible()
    await bed.evaluate(() => {
      new MutationObserver((_, watch) => {
        const button = document.querySelector('.incoming-choice .go')
        if (!button) return
        watch.disconnect()
        const { left, top } = button.getBoundingClientRect()
        const at = { clientX: left + 20, clientY: top + 20 }
        const one = new Touch({ identifier: 7, target: button, ...at })
        const say = (type: string, touches: Touch[]) =>
          button.dispatchEvent(
            new TouchEvent(type, { bubbles: true, cancelable: true, touches, changedTouches: [one] }),
          )
        say('touchstart', [one])
        say('touchend', [])
        button.setAttribute('data-touched', 'yes')
      }).observe(document.body, { childList: true, subtree: true })
    })
    await station.getByRole('button', { name: 'Call again' }).click()
    await expect(answer(bed)).toHaveAttribute('data-touched', 'yes')
    await settled(bed)
    await expect(answer(bed)).toBeVisible()
    await expectCameraOff(bed)
  })
})

test('[HZ-3] wet fingers: a touch that slides on Answer answers, one that leaves it or is a whole hand does nothing', async ({
  ward,
}) => {
  const station = await ward.station()
  const bed = await tabletOf(ward, undefined, { hasTouch: true })
  const hand = await bed.context().newCDPSession(bed)
  await ring(station, bed)
  await settled(bed)
  const [yes, no] = [await middleOf(answer(bed)), await middleOf(notNow(bed))]
  await slide(hand, yes, no)
  await slide(hand, no, yes)
  await slide(hand, yes, { x: yes.x, y: yes.y - 250 })
  await touch(hand, 'touchStart', yes, { x: yes.x + 60, y: yes.y })
  await touch(hand, 'touchEnd')
  await expect(answer(bed)).toBeVisible()
  await expectCameraOff(bed)
  await slide(hand, { x: yes.x - 90, y: yes.y }, { x: yes.x + 90, y: yes.y + 20 })
  await expect(bed.getByRole('button', { name: 'End call' })).toBeVisible()
})

test('[A11Y-2] ten taps a second on Answer answer once, and none of them ends the call @whole', async ({
  ward,
}) => {
  const station = await ward.station()
  const bed = await tabletOf(ward, undefined, { hasTouch: true })
  await ring(station, bed)
  await settled(bed)
  const { x, y } = await middleOf(answer(bed))
  for (let tap = 0; tap < 10; tap += 1) await bed.touchscreen.tap(x, y)
  await expect(bed.getByRole('button', { name: 'End call' })).toBeVisible()
  await expect(station.getByRole('button', { name: 'End call' })).toBeVisible()
})

/** How often the frame of the incoming call lights up in any one second, by its own keyframes; 0: it does not move. */
function flashesPerSecond(bed: Page): Promise<number> {
  return bed.evaluate(() => {
    const moving = document
      .getAnimations()
      .filter(({ effect }) => effect instanceof KeyframeEffect && effect.pseudoElement === '::before')
    const times = moving.flatMap(({ effect }) => {
      if (!(effect instanceof KeyframeEffect)) return []
      const lasts = Number(effect.getTiming().duration)
      const lit = effect.getKeyframes().filter(({ opacity }) => opacity === '1')
      return [0, 1, 2].flatMap((round) => lit.map(({ computedOffset }) => (round + computedOffset) * lasts))
    })
    return Math.max(
      0,
      ...times.map((at) => times.filter((other) => other >= at && other < at + 1_000).length),
    )
  })
}

test('[ADMIT-14] the screen flashes twice a second at most, in quiet hours for whoever does not hear well, and never under reduced motion (HZ-15)', async ({
  ward,
}) => {
  const station = await ward.station()
  const bed = await tabletOf(ward)
  await ring(station, bed)
  await expect.poll(() => flashesPerSecond(bed)).toBe(2)
  await bed.emulateMedia({ reducedMotion: 'reduce' })
  expect(await flashesPerSecond(bed)).toBe(0)
  await bed.emulateMedia({ reducedMotion: null })
  await decline(station, bed)
  await quietNow(station)
  await ring(station, bed)
  expect(await flashesPerSecond(bed), 'nobody else is woken').toBe(0)
  await decline(station, bed)
  await changeWishes(station, '1', { Hearing: 'Hard of hearing' })
  await ring(station, bed)
  await expect.poll(() => flashesPerSecond(bed)).toBe(2)
})

test('[HZ-3] who knocks is said by a voice of the tablet itself, in the language of the stay, and stops with Not now @whole', async ({
  ward,
}) => {
  const station = await ward.station()
  const bed = await tabletOf(ward, recordSpeech)
  const said = () => bed.evaluate(() => window.spoken.said)
  await agreeToKnock(station, bed)
  const panel = await openBedPanel(station, '1')
  await panel.getByRole('button', { name: 'Knock bed 1' }).click()
  await expect
    .poll(said)
    .toEqual([{ text: 'Knock from Anna Laine, nurse.', lang: 'en_GB', voice: 'near', volume: 0.75 }])
  const hushed = () => bed.evaluate(() => window.spoken.hushed)
  const before = await hushed()
  await decline(station, bed)
  expect(await hushed()).toBeGreaterThan(before)

  await test.step('a ring says nothing to whoever sees well', async () => {
    await station.getByRole('button', { name: 'Call again' }).click()
    await expect(answer(bed)).toBeVisible()
    await bed.waitForFunction(
      (since) => performance.now() - since > 2_500,
      await bed.evaluate(() => performance.now()),
    )
    expect(await said()).toHaveLength(1)
    await decline(station, bed)
  })

  await test.step('it does to whoever does not, in their own language, and never a patient’s name', async () => {
    await changeWishes(station, '1', { Sight: 'Blind', Language: 'fi' })
    await station.getByRole('button', { name: 'Call bed 1' }).click()
    await expect.poll(async () => (await said()).length).toBe(2)
    expect((await said())[1]).toEqual({
      text: 'Anna Laine, hoitaja, soittaa.',
      lang: 'fi-FI',
      voice: 'lähellä',
      volume: 0.75,
    })
    const patient = await station.locator('.panel .patient b').first().textContent()
    for (const { text } of await said()) expect(text).not.toContain(patient ?? '?')
    await bed.getByRole('button', { name: 'Vastaa' }).click()
  })

  await test.step('a language that only a distant service speaks is not spoken', async () => {
    await station.getByRole('button', { name: 'End call' }).click()
    await changeWishes(station, '1', { Language: 'it' })
    await station.getByRole('button', { name: 'Call bed 1' }).click()
    await expect(bed.getByRole('button', { name: 'Rispondi' })).toBeVisible()
    await bed.waitForFunction(
      (since) => performance.now() - since > 2_500,
      await bed.evaluate(() => performance.now()),
    )
    expect(await said()).toHaveLength(2)
  })
})
