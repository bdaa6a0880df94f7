/** Pictures that are shown to an outpatient on their own telephone: followed, hidden without a link, and nowhere afterwards. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Locator, Page } from 'playwright/test'
import type { MailServer } from '../fakes/mail-server.ts'
import { scanChunk } from './scan-page.ts'
import type { Server } from './server.ts'
import {
  cutOff,
  expectSamePicture,
  isShown,
  keptIn,
  openCt,
  pixelsOf,
  placeOf,
  samePlaceOf,
  show,
} from './shared-scan.ts'
import {
  book,
  expect,
  heading,
  inCall,
  interpreterLink,
  invite,
  kaarina,
  linkIn,
  ring,
  telephone,
  test,
  testDevice,
  typeBirth,
} from './visiting.ts'
import { phantom } from './walk-pictures.ts'
import type { Screens } from './ward.ts'
import { expectCameraOff, expectLivePicture, expectMoving } from './witness.ts'

const slices = 8
const scanned = phantom.slice(26, 26 + slices)

/** Invited by mail, tested, admitted and compared by words: Kaarina in a call with Anna. */
async function comes(ward: Screens, mail: MailServer): Promise<{ station: Page; phone: Page }> {
  const station = await ward.station()
  await book(station, kaarina, 5)
  const phone = await telephone(ward)
  await phone.goto(linkIn(await invite(station, mail, kaarina)))
  await typeBirth(phone, kaarina.born)
  await testDevice(phone)
  await expect(heading(phone)).toHaveText('You are checked in')
  await station.getByRole('button', { name: 'I know' }).click()
  await ring(station)
  await phone.getByRole('button', { name: 'Answer with video' }).click()
  await expectLivePicture(station, `${kaarina.name}’s video`)
  const strip = station.getByRole('region', { name: 'Who is it?' })
  await strip.getByRole('button', { name: 'It is them' }).click()
  const words = await strip.locator('.compare-words').textContent()
  await expect(phone.locator('.compare-words')).toHaveText(words ?? '')
  await strip.getByRole('button', { name: 'They are the same' }).click()
  await expect(strip.getByText('Words compared')).toBeVisible()
  return { station, phone }
}

/** The parts of the app that this page has fetched. */
const fetchedBy = (page: Page): Promise<string[]> =>
  page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname))

/** Nothing lies over it, where it is on the screen now. */
const isOnTop = (button: Locator): Promise<boolean> =>
  button.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  })

/** What is on record of scans, and who saw one; nothing is said to this server afterwards. */
async function recordOf(server: Server) {
  await server.kill()
  const database = new DatabaseSync(join(server.data, 'bedside.db'), { readOnly: true })
  const texts = database.prepare("select text from audit where action like 'scan-%' order by seq").all()
  const viewers = database.prepare('select viewer from scan_viewers order by seen_ms').all()
  database.close()
  return {
    acts: texts.map(({ text }) => JSON.parse(`${text}`).act),
    viewers: viewers.map(({ viewer }) => JSON.parse(`${viewer}`)),
  }
}

test('[LIVE-2] [LIVE-7] [LIVE-8] an outpatient is shown a CT on their telephone, follows it, loses it with the link and has nothing of it afterwards (HZ-6, HZ-9) @whole', async ({
  ward,
  mail,
}) => {
  test.slow()
  const { station, phone } = await comes(ward, mail)
  await samePlaceOf(320, station, phone)
  await openCt(station, scanned)
  expect(await fetchedBy(phone), 'no viewer before anything is shown').not.toContain(scanChunk())

  await show(station, null, kaarina.name)
  await isShown(phone)
  await expectSamePicture(station, phone)
  await expect(phone.locator('.scan-who')).toContainText('PLASTIC')
  expect(await fetchedBy(phone)).toContain(scanChunk())
  await expect(phone.getByText('Communication aid. Not for diagnosis.')).toBeInViewport({ ratio: 1 })
  await expect(phone.getByRole('button', { name: 'Leave' })).toBeInViewport({ ratio: 1 })

  const { x, y } = await placeOf(station, '.scan-surface')
  await station.mouse.move(x + 160, y + 160)
  for (let turn = 0; turn < slices - 1; turn += 1) await station.mouse.wheel(0, 100)
  await expect(phone.locator('.scan-which')).toContainText(`${slices} / ${slices}`, { timeout: 60_000 })
  const before = await phone.locator('.scan-which').textContent()
  await station.mouse.down({ button: 'right' })
  await station.mouse.move(x + 220, y + 190, { steps: 5 })
  await station.mouse.up({ button: 'right' })
  await expect(phone.locator('.scan-which'), 'another window').not.toHaveText(before ?? '')
  await expectSamePicture(station, phone)
  await expect(station.getByText(`${kaarina.name} sees the same picture`)).toBeVisible()
  await station.getByRole('button', { name: 'Point', exact: true }).click()
  await station.mouse.move(x + 120, y + 90, { steps: 4 })
  await expect(phone.locator('.share-marks text')).toHaveText('Anna Laine')

  await cutOff(phone)
  await expect(phone.getByText('The pictures are hidden until it is back.')).toBeVisible({ timeout: 6_500 })
  expect((await pixelsOf(phone)).every((one) => one === 0)).toBe(true)
  await expect(phone.locator('.scan-who'), 'nor whose it is').toHaveCount(0)
  await phone.context().setOffline(false)
  await isShown(phone)
  await expectSamePicture(station, phone)

  await station.getByRole('button', { name: 'Stop showing' }).click()
  await expect(phone.locator('.share-seen')).toHaveCount(0)
  await expectLivePicture(phone, 'Staff video')
  await show(station, null, kaarina.name)
  await isShown(phone)
  await expectSamePicture(station, phone)
  await station.getByRole('button', { name: 'End call' }).click()
  await expect(heading(phone)).toHaveText('Were you cut off?')
  await expect(phone.locator('canvas')).toHaveCount(0)
  await expectCameraOff(phone)
  expect(await keptIn(phone)).toEqual([])
  await station.getByRole('button', { name: 'Visit is over' }).click()
  await expect(heading(phone)).toHaveText('Thank you. Your visit is over.')

  const { acts, viewers } = await recordOf(ward.server)
  expect(viewers).toEqual(Array(2).fill(expect.objectContaining({ name: kaarina.name, kind: 'visitor' })))
  const guest = { type: 'guest', guestId: viewers[0]?.guestId }
  const once = [
    { action: 'scan-shared', agent: { type: 'staff', role: 'nurse' }, peer: guest },
    { action: 'scan-seen', agent: guest, peer: { type: 'staff' } },
    { action: 'scan-share-ended' },
  ]
  expect(acts).toMatchObject([...once, ...once])
})

test('[LIVE-1] [LIVE-6] a guest is let in while an outpatient is shown pictures, is shown them too, and neither of them can show any (HZ-3, HZ-10) @whole', async ({
  ward,
}) => {
  const { station, phone } = await inCall(ward)
  await samePlaceOf(320, station, phone)
  await openCt(station, scanned)
  await show(station, null, kaarina.name)
  await isShown(phone)
  const interpreter = await (await ward.tablet()).newPage()
  await interpreter.goto(await interpreterLink(station, 'Amina Warsame'))
  await interpreter.getByRole('button', { name: 'Join' }).click()
  const asked = phone.getByRole('alert', { name: /^Anna Laine would like to bring in: Amina Warsame/ })
  for (const name of ['Let them in', 'Leave'])
    await expect.poll(() => isOnTop(phone.getByRole('button', { name })), { message: name }).toBe(true)
  await asked.getByRole('button', { name: 'Let them in' }).click()
  await samePlaceOf(320, interpreter)
  await isShown(interpreter)
  await expectSamePicture(station, phone, interpreter)
  for (const page of [phone, interpreter]) {
    await expect(page.getByText('Communication aid. Not for diagnosis.')).toBeInViewport({ ratio: 1 })
    expect(await isOnTop(page.getByRole('button', { name: 'Leave' }))).toBe(true)
    await expect(page.getByRole('button', { name: /^(I would like to show|Show in this call)/ })).toHaveCount(
      0,
    )
  }
  await station.getByRole('button', { name: 'Stop showing' }).click()
  for (const page of [phone, interpreter]) await expect(page.locator('canvas')).toHaveCount(0)
  await expectMoving(interpreter, `${kaarina.name}’s video`)
  const { viewers } = await recordOf(ward.server)
  expect(viewers.map(({ name, kind }) => [name, kind])).toEqual([
    [kaarina.name, 'visitor'],
    ['Amina Warsame', 'interpreter'],
  ])
})
