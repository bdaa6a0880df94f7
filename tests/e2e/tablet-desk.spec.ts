/** A tablet that is wiped: nothing reaches it but a call, and what lies on the glass then answers nothing. */
import type { Page } from 'playwright/test'
import { atBed, expectReadable } from './reading.ts'
import { expect, test } from './ward.ts'
import { expectCameraOff } from './witness.ts'

test.describe.configure({ timeout: 120_000 })

const locked = (bed: Page) => bed.getByRole('dialog', { name: 'You may wipe this screen.' })

/** By keys alone: whoever wipes may wear gloves that the glass does not feel. */
async function beginCleaning(bed: Page): Promise<void> {
  await bed.getByRole('button', { name: 'Cleaning', exact: true }).focus()
  await bed.keyboard.press('Enter')
  await bed.getByRole('button', { name: 'Lock for five minutes' }).focus()
  await bed.keyboard.press('Enter')
  await expect(locked(bed)).toBeVisible()
}

async function middleOf(bed: Page, name: string): Promise<{ x: number; y: number }> {
  const box = await bed.getByRole('button', { name }).boundingBox()
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
}

test('[CLEAN-5] [HZ-12] on the locked screen no touch and no key does anything; the emergency line stays', async ({
  ward,
}) => {
  const bed = await ward.bed()
  await beginCleaning(bed)
  await expect(locked(bed).getByText('Emergency: use the red call button')).toBeVisible()
  await expect(locked(bed).getByRole('timer')).toContainText(/[45]:\d\d/)
  await expectReadable(bed, 'bed-cleaning', atBed, async () => false)
  for (let x = 40; x < 1280; x += 200) for (const y of [40, 300, 560, 780]) await bed.mouse.click(x, y)
  for (const key of ['Escape', 'Escape', 'Tab', 'Enter', 'Space', 'a', 'F5', 'Alt+ArrowLeft'])
    await bed.keyboard.press(key)
  await expect(locked(bed)).toBeVisible()
  await expect(bed.getByRole('dialog')).toHaveCount(1)
  await expectCameraOff(bed)
})

test('[CLEAN-5] three seconds on one button end it, by finger or by key; sliding off breaks that off @whole', async ({
  ward,
}) => {
  const bed = await ward.bed()
  await beginCleaning(bed)
  const { x, y } = await middleOf(bed, 'Hold three seconds to end cleaning')
  await bed.clock.install()
  await bed.mouse.move(x, y)
  await bed.mouse.down()
  await bed.clock.runFor(2_000)
  await bed.mouse.move(x + 60, y)
  await bed.clock.runFor(3_000)
  await bed.mouse.up()
  await expect(locked(bed)).toBeVisible()
  await bed.mouse.move(x, y)
  await bed.mouse.down()
  await bed.clock.runFor(3_200)
  await expect(locked(bed)).toHaveCount(0)
  await bed.mouse.up()
  await bed.clock.runFor(1_100)
  await beginCleaning(bed)
  await bed.keyboard.down('Enter')
  await bed.clock.runFor(3_200)
  await expect(locked(bed)).toHaveCount(0)
})

test('[CLEAN-3] [HZ-2] a hand that goes on wiping when a call lifts it answers nothing and refuses nothing', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await beginCleaning(bed)
  // Held since before the call: neither its end nor its repeats count.
  await bed.keyboard.down('Enter')
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  const answer = bed.getByRole('button', { name: 'Answer' })
  const pressed = await answer.evaluate((button) => {
    const down = { bubbles: true, cancelable: true, detail: 1 }
    button.dispatchEvent(new PointerEvent('pointerdown', down))
    button.dispatchEvent(new PointerEvent('pointerup', down))
    button.dispatchEvent(new MouseEvent('click', down))
    return performance.now()
  })
  expect(pressed).toBeGreaterThan(0)
  await expect(locked(bed)).toHaveCount(0)
  await expect(answer).toBeVisible()
  await expectCameraOff(bed)
  await bed.keyboard.up('Enter')
  await expect(async () => {
    if (await answer.isVisible()) await answer.click({ timeout: 500 })
    await expect(bed.getByRole('button', { name: 'End call' })).toBeVisible({ timeout: 500 })
  }).toPass()
})
