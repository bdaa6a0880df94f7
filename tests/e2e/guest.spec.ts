import type { Page } from 'playwright/test'
import { callAndAnswer, expect, type Screens, test } from './ward.ts'
import { expectCameraOff, expectLivePicture, expectMoving, mediaOf } from './witness.ts'

/** The link that a nurse in a call makes for a relative. */
async function linkFor(station: Page, name: string): Promise<string> {
  await station.getByRole('button', { name: 'Bring in …' }).click()
  const dialog = station.getByRole('dialog', { name: 'Bring somebody in' })
  await dialog.getByRole('button', { name: 'A guest by a link' }).click()
  await dialog.getByLabel('Their name, as the patient knows it').fill(name)
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = await dialog.getByRole('textbox', { name: `Link for ${name}` }).inputValue()
  await dialog.getByRole('button', { name: 'Close' }).click()
  return link
}

/** A relative's telephone, which has never seen this hospital. */
async function telephone(ward: Screens): Promise<Page> {
  return await (await ward.tablet({ viewport: { width: 390, height: 844 } })).newPage()
}

async function invited(ward: Screens) {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  const link = await linkFor(station, 'Kaisa Virtanen')
  const phone = await telephone(ward)
  await phone.goto(link)
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText(
    'Anna Laine, nurse, invites you to a call',
  )
  return { station, bed, phone, link }
}

function atTheDoor(bed: Page) {
  return bed.getByRole('alertdialog', { name: 'Anna Laine would like to bring in: Kaisa Virtanen, family' })
}

async function seated(ward: Screens) {
  const made = await invited(ward)
  await made.phone.getByRole('button', { name: 'Join' }).click()
  await atTheDoor(made.bed).getByRole('button', { name: 'Let them in' }).click()
  await expect(made.phone.getByRole('button', { name: 'Leave' })).toBeVisible()
  await expectLivePicture(made.phone, 'Patient video')
  return made
}

function heading(phone: Page) {
  return phone.getByRole('heading', { level: 1 })
}

/** What this browser still has of the visit. */
function leftOf(phone: Page): Promise<number> {
  return phone.evaluate(
    () =>
      new Promise<number>((done, fail) => {
        const opening = indexedDB.open('bedside-guest')
        opening.onerror = () => fail(opening.error)
        opening.onsuccess = () => {
          const db = opening.result
          if (!db.objectStoreNames.contains('visit')) return done(0)
          const counting = db.transaction('visit').objectStore('visit').count()
          counting.onsuccess = () => {
            db.close()
            done(counting.result)
          }
        }
      }),
  )
}

test('[JOIN-7] a relative comes by a link: the patient is asked, and then all three see each other', async ({
  ward,
}) => {
  const { station, bed, phone, link } = await invited(ward)
  expect(new URL(phone.url()).hash, 'the code is out of the address at once').toBe('')
  expect((await mediaOf(phone)).opened, 'nothing is open before Join (HZ-2)').toBe(0)
  await expect(phone.getByText('You join as Kaisa Virtanen, family.')).toBeVisible()
  await phone.getByRole('button', { name: 'Join' }).click()
  await expect(phone.getByText('The patient is asked…')).toBeVisible()
  await expectLivePicture(station, 'Kaisa Virtanen’s video')
  expect((await mediaOf(bed)).links, 'a picture that nobody let in is not there').toBe(2)
  await atTheDoor(bed).getByRole('button', { name: 'Let them in' }).click()
  await expectLivePicture(phone, 'Patient video')
  await expectLivePicture(phone, 'Anna Laine’s video')
  await expectLivePicture(bed, 'Kaisa Virtanen’s video')
  await expect(phone.getByText(/^Verified station: .* signed in as Anna Laine$/).first()).toBeVisible()
  const code = new URL(link).hash.slice(1)
  expect([...ward.heard.addresses].filter((address) => address.includes(code))).toEqual([])
})

test('[JOIN-6] whoever leaves leaves nothing on their telephone, and the others go on (HZ-2) @whole', async ({
  ward,
}) => {
  const { station, bed, phone } = await seated(ward)
  await phone.getByRole('button', { name: 'Leave' }).click()
  await expect(heading(phone)).toHaveText('You left the call.')
  await expectCameraOff(phone)
  await expect.poll(() => leftOf(phone)).toBe(0)
  await expectMoving(station, 'Patient video')
  await expectMoving(bed, 'Staff video')
  await phone.reload()
  await expect(heading(phone)).toHaveText('Join a call')
})

test('[JOIN-6] the end of the call is the end of the visit @whole', async ({ ward }) => {
  const { station, bed, phone } = await seated(ward)
  await station.getByRole('button', { name: 'End call' }).click()
  await bed.getByRole('button', { name: 'End call' }).click()
  await expect(heading(phone)).toHaveText('The call is over.')
  await expectCameraOff(phone)
  await expect.poll(() => leftOf(phone)).toBe(0)
})

test('[JOIN-7] a patient who says no is not seen, and the relative is told kindly @whole', async ({
  ward,
}) => {
  const { station, bed, phone } = await invited(ward)
  await phone.getByRole('button', { name: 'Join' }).click()
  await atTheDoor(bed).getByRole('button', { name: 'No' }).click()
  await expect(heading(phone)).toHaveText('The patient would rather not have anybody join now.')
  await expectCameraOff(phone)
  await expectMoving(station, 'Patient video')
})

test('[JOIN-5] a telephone that is reloaded in the call is back in it by itself @whole', async ({ ward }) => {
  const { station, phone } = await seated(ward)
  await phone.reload()
  await expectLivePicture(phone, 'Anna Laine’s video')
  await expectLivePicture(station, 'Kaisa Virtanen’s video')
})

test('[JOIN-1] a link works once, also for whoever else has it @whole', async ({ ward }) => {
  const { link } = await seated(ward)
  const other = await telephone(ward)
  await other.goto(link)
  await expect(heading(other)).toHaveText('This link was already used.')
  expect((await mediaOf(other)).opened).toBe(0)
})

test('[JOIN-1] a code that is typed with small letters and spaces is that code @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  const code = new URL(await linkFor(station, 'Kaisa Virtanen')).hash.slice(1)
  const phone = await telephone(ward)
  await phone.goto(`${ward.server.origin}/join`)
  await phone.getByLabel('Code').fill('too short')
  await phone.getByRole('button', { name: 'Go on' }).click()
  await expect(phone.getByRole('alert')).toHaveText('This is not a whole code: it has 26 letters and digits.')
  await phone.getByLabel('Code').fill(code.toLowerCase().replace(/(.{4})/g, '$1 '))
  await phone.getByRole('button', { name: 'Go on' }).click()
  await expect(heading(phone)).toHaveText('Anna Laine, nurse, invites you to a call')
})

test('[JOIN-2] a camera that is not allowed uses the link not up: it is said what to do, and tried again @whole', async ({
  ward,
}) => {
  const { bed, phone } = await invited(ward)
  await phone.evaluate(() => {
    const { mediaDevices } = navigator
    const allowed = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async () => {
      mediaDevices.getUserMedia = allowed
      throw new DOMException('', 'NotAllowedError')
    }
  })
  await phone.getByRole('button', { name: 'Join' }).click()
  await expect(phone.getByRole('alert')).toContainText('does not let Bedside use the camera')
  await phone.getByRole('button', { name: 'Join' }).click()
  await expect(atTheDoor(bed)).toBeVisible()
})
