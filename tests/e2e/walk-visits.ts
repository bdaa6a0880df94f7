/** A way through everything that a visit by video shows, at the station and on the patient's telephone. */
import type { Page } from 'playwright/test'
import type { Delivered, MailServer } from '../fakes/mail-server.ts'
import {
  type Booked,
  expect,
  fillBooking,
  heading,
  invite,
  kaarina,
  linkIn,
  openAppointment,
  openWaitingRoom,
  telephone,
  typeBirth,
} from './visiting.ts'
import type { Look } from './walk.ts'
import type { Screens } from './ward.ts'
import { expectLivePicture } from './witness.ts'

export type VisitSides = { readonly station: Look; readonly phone: Look }
type Walk = { readonly ward: Screens; readonly see: VisitSides; readonly mail: MailServer }

const unto: Booked = {
  title: 'Wound control',
  name: 'Unto Mäkeläinen-Korhonen',
  born: '1941-02-17',
  email: 'unto@home.example',
}
const aino: Booked = {
  title: 'Medication review',
  name: 'Aino Salo',
  born: '1956-07-30',
  email: 'aino@home.example',
}

/** In CSS pixels. */
const a4 = { width: 794, height: 1123 }

/** As apps show pages in a window of their own. */
const instagram =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36 Instagram 390.0.0.0 Android'

/** Both sides of it at once, as neither comes further without the other. */
export async function walkVisits(ward: Screens, see: VisitSides, mail: MailServer): Promise<void> {
  const walk = { ward, see, mail }
  const station = await ward.station()
  const letter = await walkInvitation(walk, station)
  const phone = await walkDoor(walk, linkIn(letter))
  await walkTest(walk, phone)
  await walkWaiting(walk, station, phone, linkIn(letter))
  await walkVisitCall(walk, station, phone)
  const late = await telephone(ward)
  await late.goto(linkIn(letter))
  await expect(heading(late)).toHaveText('This visit is over')
  await see.phone(late, 'visit-closed')
}

/** Three are booked: one who comes, one who has not come, and one who comes too early, when their link was guessed at. */
async function walkInvitation({ ward, see, mail }: Walk, station: Page): Promise<Delivered> {
  await station.getByRole('button', { name: 'Open the plan' }).click()
  for (const [patient, inMinutes] of [
    [unto, -45],
    [aino, 60],
    [kaarina, 5],
  ] as const) {
    const form = await fillBooking(station, patient, inMinutes)
    if (patient === kaarina) await see.station(station, 'plan-visit-form')
    await form.getByRole('button', { name: 'Book', exact: true }).click()
    await expect(form).toHaveCount(0)
  }
  await walkLetter(see, station)
  const first = linkIn(await invite(station, mail, aino))
  await walkGuessed(ward, see, first)
  await station.getByRole('button', { name: 'Open the plan' }).click()
  await walkEarly(ward, see, first, linkIn(await invite(station, mail, aino)))
  await station.getByRole('button', { name: 'Open the plan' }).click()
  return await invite(station, mail, kaarina)
}

/** On paper, for whoever has no mail. */
async function walkLetter(see: VisitSides, station: Page): Promise<void> {
  const dialog = await openAppointment(station, unto)
  await station.evaluate(() => {
    window.print = () => {}
  })
  await dialog.getByRole('button', { name: 'Print a letter' }).click()
  await expect(station.locator('.letter')).toBeAttached()
  await station.emulateMedia({ media: 'print' })
  await station.setViewportSize(a4)
  await see.station(station, 'station-visit-letter')
  await station.emulateMedia({ media: null })
  await station.setViewportSize({ width: 1440, height: 900 })
  await station.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(dialog.getByText('Invited by letter')).toBeVisible()
  await see.station(station, 'plan-visit')
  await dialog.getByRole('button', { name: 'Close' }).click()
}

async function walkGuessed(ward: Screens, see: VisitSides, link: string): Promise<void> {
  const phone = await telephone(ward)
  await phone.goto(link)
  for (const left of [4, 3, 2, 1]) {
    await typeBirth(phone, '1950-01-01')
    await expect(phone.getByText(new RegExp(`You have ${left} tr(y|ies) left`))).toBeVisible()
  }
  await typeBirth(phone, '1950-01-01')
  await expect(heading(phone)).toHaveText('Please ring us')
  await see.phone(phone, 'visit-blocked')
  await phone.close()
}

async function walkEarly(ward: Screens, see: VisitSides, old: string, link: string): Promise<void> {
  const phone = await telephone(ward)
  await phone.goto(old)
  await expect(heading(phone)).toHaveText('There is a newer link')
  await see.phone(phone, 'visit-replaced')
  await phone.goto('about:blank')
  await phone.goto(link)
  await expect(heading(phone)).toHaveText('When were you born?')
  await typeBirth(phone, aino.born)
  await phone.getByRole('button', { name: 'Skip the test' }).click()
  await expect(heading(phone)).toContainText('Your visit: ')
  await see.phone(phone, 'visit-ahead')
}

/** To the date of birth, and past it. */
async function walkDoor({ ward, see }: Walk, link: string): Promise<Page> {
  const inApp = await telephone(ward, { userAgent: instagram })
  await inApp.goto(link)
  await expect(heading(inApp)).toHaveText(/^Open this page in /)
  await see.phone(inApp, 'visit-in-app')
  await inApp.close()
  const phone = await telephone(ward)
  await phone.goto(link)
  await expect(heading(phone)).toHaveText('When were you born?')
  await see.phone(phone, 'visit-born')
  await typeBirth(phone, '1950-01-01')
  await expect(phone.getByText('That is not the date we have.', { exact: false })).toBeVisible()
  await see.phone(phone, 'visit-born-wrong')
  await typeBirth(phone, kaarina.born)
  await expect(heading(phone)).toHaveText('Let us try your camera and sound')
  return phone
}

declare global {
  interface Window {
    allowAgain: () => void
  }
}

/** Each step of it, the first of them refused at first. */
async function walkTest({ see }: Walk, phone: Page): Promise<void> {
  await see.phone(phone, 'visit-test')
  await phone.evaluate(() => {
    const { mediaDevices } = navigator
    const real = mediaDevices.getUserMedia
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    window.allowAgain = () => {
      mediaDevices.getUserMedia = real
    }
  })
  await phone.getByRole('button', { name: 'Begin' }).click()
  await expect(heading(phone)).toHaveText('The camera is not allowed')
  await see.phone(phone, 'visit-test-denied')
  await phone.evaluate(() => window.allowAgain())
  await phone.getByRole('button', { name: 'Try again' }).click()
  await expect(phone.getByRole('button', { name: 'Yes, I see myself' })).toBeVisible()
  await see.phone(phone, 'visit-test-camera')
  await phone.getByRole('button', { name: 'Yes, I see myself' }).click()
  await expect(phone.getByText('We hear you.', { exact: true })).toBeVisible()
  await see.phone(phone, 'visit-test-microphone')
  await phone.getByRole('button', { name: 'Next' }).click()
  await expect(heading(phone)).toHaveText('Did you hear two notes?')
  await see.phone(phone, 'visit-test-sound')
  await phone.getByRole('button', { name: 'Yes', exact: true }).click()
  await expect(heading(phone)).toHaveText('Your device is tried')
  await see.phone(phone, 'visit-test-done')
  await phone.getByRole('button', { name: 'To the waiting room' }).click()
  await expect(heading(phone)).toHaveText('You are checked in')
}

/** The station hears of who waits, and says how late it is; another device wants in. */
async function walkWaiting({ ward, see }: Walk, station: Page, phone: Page, link: string): Promise<void> {
  await expect(station.getByRole('list', { name: 'Waiting' })).toContainText(kaarina.name)
  await see.station(station, 'station-visit-asks')
  await station.getByRole('button', { name: 'I know' }).click()
  const other = await telephone(ward)
  await other.goto(link)
  await typeBirth(other, kaarina.born)
  await expect(heading(other)).toHaveText('This visit is open on another device')
  await see.phone(other, 'visit-other-device')
  const room = await openWaitingRoom(station)
  await expect(room.getByText('Another device wants in.')).toBeVisible()
  await expect(room.getByText('Has not come for', { exact: false })).toBeVisible()
  await see.station(station, 'station-visits')
  await room.getByRole('button', { name: `Refuse: ${kaarina.name}` }).click()
  await expect(room.getByText('Another device wants in.')).toHaveCount(0)
  await other.close()
  await room.getByRole('button', { name: `Message to ${kaarina.name}…` }).click()
  await station.getByRole('button', { name: '10 min late' }).click()
  await expect(phone.getByText('about 10 minutes late', { exact: false })).toBeVisible()
  await see.station(station, 'station-visit-message')
  await see.phone(phone, 'visit-waiting')
  await station.keyboard.press('Escape')
  await phone.getByRole('button', { name: 'Leave' }).click()
  await expect(heading(phone)).toHaveText('You have left the waiting room')
  await see.phone(phone, 'visit-left')
  await phone.getByRole('button', { name: 'Come back' }).click()
}

/** A photo of a wound: taken, sent, and large at the station. */
async function walkPhoto({ see }: Walk, station: Page, phone: Page): Promise<void> {
  await phone.getByRole('button', { name: 'Send a photo' }).click()
  const dialog = phone.getByRole('dialog', { name: 'A photo for Anna Laine' })
  await expect(dialog.getByText('This camera is on until you take the photo.')).toBeVisible()
  await see.phone(phone, 'visit-photo-camera')
  await dialog.getByRole('button', { name: 'Take the photo' }).click()
  await expect(dialog.getByText('Is it sharp?')).toBeVisible()
  await see.phone(phone, 'visit-photo-taken')
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  const large = station.getByRole('region', { name: 'Photo from Kaarina Lahti' })
  await expect(large).toBeVisible()
  await see.station(station, 'station-visit-photo')
  await large.getByRole('button', { name: 'Close the photo' }).click()
  await dialog.getByRole('button', { name: 'Close' }).click()
}

/** From *Admit* to what is thought of it. */
async function walkVisitCall(walk: Walk, station: Page, phone: Page): Promise<void> {
  const { see } = walk
  await station.getByRole('button', { name: `Admit ${kaarina.name}` }).click()
  const admit = station.getByRole('dialog', { name: `Admit ${kaarina.name}` })
  await expect(admit.getByText('Camera and sound work')).toBeVisible()
  await see.station(station, 'station-visit-admit')
  await admit.getByRole('button', { name: 'Ring', exact: true }).click()
  await expect(heading(phone)).toHaveText('Anna Laine is ready for you')
  await see.phone(phone, 'visit-called')
  await see.station(station, 'station-visit-ringing')
  await phone.getByRole('button', { name: 'Answer with video' }).click()
  await expectLivePicture(phone, 'Staff video')
  await expectLivePicture(station, 'Kaarina Lahti’s video')
  await expect(phone.locator('.compare-words')).toBeVisible()
  await see.phone(phone, 'visit-live')
  await see.station(station, 'station-visit-live')
  const strip = station.getByRole('region', { name: 'Who is it?' })
  await strip.getByRole('button', { name: 'It is them' }).click()
  await expect(strip.locator('.compare-words')).toBeVisible()
  await see.station(station, 'station-visit-words')
  await strip.getByRole('button', { name: 'They are the same' }).click()
  await expect(strip.getByText('Words compared')).toBeVisible()
  await see.station(station, 'station-visit-identified')
  await walkPhoto(walk, station, phone)
  await station.getByRole('button', { name: 'End call' }).click()
  await expect(heading(phone)).toHaveText('Were you cut off?')
  await see.phone(phone, 'visit-again')
  await expect(station.getByRole('button', { name: 'Visit is over' })).toBeVisible()
  await see.station(station, 'station-visit-ended')
  await station.getByRole('button', { name: 'Visit is over' }).click()
  await expect(heading(phone)).toHaveText('Thank you. Your visit is over.')
  await phone.getByRole('radio', { name: /^4 stars/ }).check({ force: true })
  await see.phone(phone, 'visit-over')
}
