/** A way through every screen there is, for those who look at each of them. */
import type { Page } from 'playwright/test'
import { closeCode } from '../../src/protocol/wire.ts'
import { weatherOf } from '../fakes/far.ts'
import type { PushService } from '../fakes/push-service.ts'
import { makePasskey } from './authenticator.ts'
import { charge, chargedBed } from './charger.ts'
import { hasten } from './hasten.ts'
import { newServer } from './server.ts'
import { pad, readStaffCode, settings, staffDoor } from './staff-door.ts'
import { telephone, toldBy, withPush } from './telephone.ts'
import { walkFamily } from './walk-family.ts'
import { walkPictures } from './walk-pictures.ts'
import { bedStatus, callAndAnswer, expect, makeForeign, type Screens } from './ward.ts'
import { agreeToKnock, discharge, openBedPanel } from './wishes.ts'
import { expectLivePicture } from './witness.ts'

/** Looks at the screen that stands there now. */
export type Look = (page: Page, name: string) => Promise<void>

async function empty(ward: Screens, path: string): Promise<Page> {
  const page = await (await ward.tablet()).newPage()
  await page.goto(`${ward.server.origin}${path}`)
  return page
}

async function administrator(ward: Screens): Promise<Page> {
  const page = await empty(ward, '')
  await page.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
  return page
}

/** A zone in which it is early morning now: the day's appointments lie ahead at any hour of the test, the next hour free. */
export function morningZone(): string {
  const late = (new Date().getUTCHours() - 6 + 24) % 24
  return late > 12 ? `Etc/GMT-${24 - late}` : late === 0 ? 'Etc/GMT' : `Etc/GMT+${late}`
}

/** A ward with a plan, in its early morning, whose telephones may be told. */
export const test = withPush.extend({
  server: async ({ timeScale, push }, use) => {
    const environment = {
      BEDSIDE_DEMO_PLAN: 'made',
      BEDSIDE_ZONE: morningZone(),
      ...toldBy(push),
    }
    const server = await newServer(timeScale, { environment })
    await server.start()
    await use(server)
    await server.remove()
  },
})

/** A tablet that is no bed yet, in this language; `see` comes to it before its first patient does. */
export async function walkSetup(ward: Screens, locale: string, see: Look): Promise<void> {
  const tablet = await (await ward.tablet({ locale })).newPage()
  await tablet.goto(`${ward.server.origin}/bed`)
  await expect(tablet.locator('.code-field')).toBeVisible()
  await see(tablet, 'bed-without-bed')
  await tablet.goto(ward.server.demo().beds[0]?.url ?? '')
  await expect(tablet.locator('.middle .button.primary')).toBeVisible()
  await see(tablet, 'bed-start')
  // From here on, in the middle of *Start*, its browser says no.
  await tablet.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await tablet.locator('.middle .button.primary').click()
  await expect(tablet.locator('.trouble')).toBeVisible()
  await see(tablet, 'bed-camera-denied')

  const admin = await administrator(ward)
  await admin.getByRole('button', { name: 'Tablets', exact: true }).click()
  await admin.getByRole('button', { name: 'Make a code for bed 6' }).click()
  const code = (await admin.locator('.code').first().textContent()) ?? ''
  const waiting = await (await ward.tablet({ locale })).newPage()
  await waiting.goto(`${ward.server.origin}/bed#enrol=${code}`)
  await expect(waiting.locator('output.digits')).toHaveText(/^\d{3}\s\d{3}$/)
  await see(waiting, 'bed-digits')
}

export type Sides = { station: Look; bed: Look }

/** Opens it, looks at it, closes it. */
async function lookInto(page: Page, button: string, see: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await see()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Close|Back)$/ })
    .click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** The tablet between calls: what it shows, what it asks, and what becomes of a request. */
async function walkBed(ward: Screens, see: Sides): Promise<void> {
  const bed = await ward.bed()
  const mine = bed.getByRole('region', { name: 'My plan today' })
  await expect(mine.getByRole('button')).toBeVisible()
  await see.bed(bed, 'bed-idle')
  await mine.getByRole('button').click()
  await see.bed(bed, 'bed-my-plan')
  await bed.getByRole('button', { name: 'Close' }).click()
  await lookInto(bed, 'Ask my nurse', () => see.bed(bed, 'bed-ask'))
  await bed.getByRole('button', { name: 'Ask my nurse' }).click()
  await bed.getByRole('dialog').getByRole('button', { name: 'Pain', exact: true }).click()
  // Everything takes five times as long here, so that each screen can be looked at.
  await expect(bed.getByText('Not sent')).toBeVisible({ timeout: 60_000 })
  await see.bed(bed, 'bed-not-sent')
  await bed.getByRole('button', { name: 'OK' }).click()

  const station = await ward.station()
  for (const reason of ['Toilet', 'Pain']) {
    await bed.getByRole('button', { name: 'Ask my nurse' }).click()
    await bed.getByRole('dialog').getByRole('button', { name: reason, exact: true }).click()
  }
  await expect(bed.getByText('Sent.', { exact: false })).toHaveCount(2)
  await see.bed(bed, 'bed-asked')
  await see.station(station, 'station-requests')
  await station.getByRole('button', { name: 'Seen, bed 1: Toilet' }).click()
  await station.getByRole('button', { name: 'On my way in 5 min, bed 1: Pain' }).click()
  await expect(bed.getByText(/^Anna Laine comes at about/)).toBeVisible()
  await see.bed(bed, 'bed-coming')
  await see.station(station, 'station-requests-seen')
  for (const reason of ['Toilet', 'Pain'])
    await station.getByRole('button', { name: `Done, bed 1: ${reason}` }).click()

  await station.getByRole('button', { name: 'Start shift', exact: true }).click()
  const shift = station.getByRole('dialog', { name: 'Start shift' })
  await shift.getByRole('checkbox', { name: 'Bed 1' }).check()
  await shift.getByRole('button', { name: 'Start shift', exact: true }).click()
  await expect(bed.getByText('With you today')).toBeVisible()
  await agreeToKnock(station, bed)
  await see.bed(bed, 'bed-idle-with-choice')
  await station.getByRole('button', { name: 'Play the call sound at the bed' }).click()
  await expect(bed.getByRole('dialog', { name: 'Did you hear that?' })).toBeVisible()
  await see.bed(bed, 'bed-sound-check')
  await bed.getByRole('dialog').getByRole('button', { name: 'Yes' }).click()

  await lookInto(bed, 'Privacy', () => see.bed(bed, 'bed-how-long'))
  await bed.getByRole('button', { name: 'Privacy' }).click()
  await bed.getByRole('button', { name: '15 minutes' }).click()
  await expect(bed.getByRole('heading', { name: 'Privacy' })).toBeVisible()
  await see.bed(bed, 'bed-privacy')
  await see.station(station, 'station-privacy')
  await bed.getByRole('button', { name: 'End privacy' }).click()

  await bed.getByRole('button', { name: 'Cleaning', exact: true }).click()
  await bed.getByRole('button', { name: 'Lock for five minutes' }).click()
  await expect(bed.getByRole('timer')).toBeVisible()
  await see.bed(bed, 'bed-cleaning')
  await bed.keyboard.down('Enter')
  await expect(bed.getByRole('timer')).toHaveCount(0)
  await bed.keyboard.up('Enter')

  const code = await readStaffCode(station)
  // [CLEAN-3] For a second nothing that was wiped does anything.
  await expect(async () => {
    await staffDoor(bed).click()
    await expect(pad(bed)).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await see.bed(bed, 'bed-staff-code')
  await bed.keyboard.type(code)
  await expect(settings(bed)).toBeVisible()
  await see.bed(bed, 'bed-settings')
  await settings(bed).getByRole('button', { name: 'Take it off its bed' }).click()
  await see.bed(bed, 'bed-leaves')
  await bed.getByRole('button', { name: 'Keep it at its bed' }).click()
  await settings(bed).getByRole('button', { name: 'Close' }).click()

  // Another window of the same tablet takes the bed.
  const second = await bed.context().newPage()
  await second.goto(`${ward.server.origin}/bed`)
  await expect(bed.getByText('Not in use here')).toBeVisible()
  await see.bed(bed, 'bed-replaced')
  await second.close()
  await bed.routeWebSocket(/./, (socket) => socket.close({ code: closeCode.outdated }))
  // Once it loads itself anew; then it waits a minute before it does so again.
  const anew = bed.waitForEvent('framenavigated').then(() => bed.waitForEvent('framenavigated'))
  await bed.reload()
  await anew
  await expect(bed.getByText('Updating')).toBeVisible()
  await see.bed(bed, 'bed-updating')
}

/** The board, its dialogs, and a call from the ring to its end, on both sides of it. */
async function walkCall(ward: Screens, see: Sides): Promise<void> {
  const bed = await ward.bed()
  const station = await ward.station()
  await expect(station.getByText('Up to date').first()).toBeVisible()
  await see.station(station, 'station-board')
  await makePasskey(station)
  await see.station(station, 'station-passkey')
  await station.getByRole('button', { name: 'Close' }).click()
  for (const [button, name] of [
    ['This device', 'station-device'],
    ['Keys', 'station-keys'],
    ['Calendars', 'station-calendars'],
  ] as const)
    await lookInto(station, button, () => see.station(station, name))
  await agreeToKnock(station, bed)
  await see.station(station, 'station-panel')
  await station.getByRole('button', { name: 'Knock bed 1' }).click()
  await expect(bed.getByRole('button', { name: 'Answer' })).toBeVisible()
  await see.bed(bed, 'bed-knock')
  await bed.getByRole('button', { name: 'Not now' }).click()
  await expect(bed.getByRole('dialog')).toHaveCount(0)
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('button', { name: 'Answer' })).toBeVisible()
  await expect(station.getByText('Ringing', { exact: false }).first()).toBeVisible()
  await see.bed(bed, 'bed-ringing')
  await see.station(station, 'station-ringing')
  await station.getByRole('button', { name: 'Cancel' }).click()
  await callAndAnswer(station, bed)
  await see.bed(bed, 'bed-live')
  await see.station(station, 'station-live')
  await station.getByText(/^Connection: /).click()
  await expect(station.getByText('direct, UDP')).toBeVisible()
  await see.station(station, 'station-connection')
  await station.getByText(/^Connection: /).click()
  await station.getByRole('button', { name: 'Look closely' }).click()
  await expect(bed.getByText('Your picture is sharper now', { exact: false })).toBeVisible()
  await see.bed(bed, 'bed-inspected')
  await station.getByRole('button', { name: 'Usual picture' }).click()
  await station.getByLabel('Write to the patient').fill('Your daughter comes at three, with the dog')
  await station.keyboard.press('Enter')
  await expect(bed.getByText('Your daughter comes at three, with the dog')).toBeVisible()
  await see.bed(bed, 'bed-written-line')
  await see.station(station, 'station-written-line')
  await station.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(station.getByRole('region', { name: 'Locked' })).toBeVisible()
  await see.station(station, 'station-locked-in-call')
  await station.getByRole('button', { name: 'Unlock with your passkey' }).click()
  await expect(station.getByRole('region', { name: 'Locked' })).toBeHidden()
  await bed.getByRole('button', { name: 'End call' }).click()
  await expect(station.getByText('Call ended').first()).toBeVisible()
  await see.bed(bed, 'bed-ended')
  await see.station(station, 'station-ended')
  await bed.getByRole('button', { name: 'Who called me' }).click()
  await expect(bed.getByRole('dialog').getByRole('listitem')).toHaveCount(3)
  await see.bed(bed, 'bed-who-called')
  await bed.getByRole('button', { name: 'Close' }).click()
  await ward.server.kill()
  await expect(bed.getByText('Cannot be called').first()).toBeVisible()
  await see.bed(bed, 'bed-offline')
  await expect(station.getByRole('alert').first()).toBeVisible()
  await see.station(station, 'station-offline')
}

/** A call on a network that loses so much that the patient's picture gives way to the sound. */
async function walkWeak(ward: Screens, see: Sides): Promise<void> {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const air = await weatherOf(bed)
  await callAndAnswer(station, bed)
  await air({ lossPercent: 40 })
  await expect(station.getByText('Connection: weak')).toBeVisible({ timeout: 30_000 })
  await expect(station.getByText('The picture is paused', { exact: false })).toBeVisible({ timeout: 60_000 })
  await see.station(station, 'station-weak')
  await see.bed(bed, 'bed-weak')
}

async function startShift(station: Page, labels: readonly string[]): Promise<void> {
  await station.getByRole('button', { name: 'Start shift', exact: true }).click()
  const shift = station.getByRole('dialog', { name: 'Start shift' })
  for (const label of labels) await shift.getByRole('checkbox', { name: `Bed ${label}`, exact: true }).check()
  await shift.getByRole('button', { name: 'Start shift', exact: true }).click()
  await expect(shift).toHaveCount(0)
}

/** A shift that goes to a colleague, and its end without one. */
async function walkShift(ward: Screens, see: Look): Promise<void> {
  const [anna, ben] = [await ward.station(0), await ward.station(1)]
  await anna.getByRole('button', { name: 'Start shift', exact: true }).click()
  await anna.getByRole('dialog').getByText('I interpret …').click()
  await see(anna, 'station-start-shift')
  await anna.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await startShift(anna, ['1', '2', '3'])
  await anna.getByRole('button', { name: /^Shift to/ }).click()
  const dialog = anna.getByRole('dialog')
  await see(anna, 'station-my-shift')
  await dialog.getByRole('button', { name: 'Hand over …' }).click()
  await expect(dialog.getByRole('button', { name: /^Ben Okafor/ })).toBeEnabled()
  await see(anna, 'station-hand-over')
  await dialog.getByRole('button', { name: /^Ben Okafor/ }).click()
  await expect(dialog).toContainText('Ben Okafor has been asked')
  await see(anna, 'station-handed-over')
  await expect(ben.getByRole('button', { name: 'Take over from Anna Laine' })).toBeEnabled()
  await see(ben, 'station-take-over')
  await dialog.getByRole('button', { name: 'Back' }).click()
  await dialog.getByRole('button', { name: 'End shift …' }).click()
  await see(anna, 'station-end-shift')
}

/** A round by call, a patient who calls back, and a bed whose room sleeps. */
async function walkRound(ward: Screens, see: Sides): Promise<void> {
  const [station, bed, admin] = [await ward.station(), await ward.bed(), await administrator(ward)]
  await startShift(station, ['1', '2'])
  await station.getByRole('button', { name: 'Call round' }).click()
  await expect(station.getByRole('region', { name: 'Round' })).toContainText('Next: bed 1')
  await see.station(station, 'station-round')
  await station.getByRole('button', { name: 'End round' }).click()

  await callAndAnswer(station, bed)
  await bed.getByRole('button', { name: 'End call' }).click()
  await bed.getByRole('button', { name: 'Call Anna Laine back' }).click()
  const incoming = station.getByRole('dialog', { name: /^Incoming call from Bed 1/ })
  await expect(incoming).toBeVisible()
  await see.bed(bed, 'bed-calling-back')
  await see.station(station, 'station-called-back')
  await incoming.getByRole('button', { name: 'Not now' }).click()
  await expect(bed.getByText('Anna Laine cannot talk now.')).toBeVisible()
  await see.bed(bed, 'bed-not-reached')

  // Early in the morning everybody sleeps who named no hours of their own.
  await admin.getByRole('button', { name: 'Ward', exact: true }).click()
  await admin.getByLabel('Beds that share a room').fill('1-2')
  await admin.getByLabel('Room', { exact: true }).fill('A')
  await admin.getByRole('button', { name: 'Set room' }).click()
  await (await openBedPanel(station, '1')).getByText(/^Room A: /).waitFor()
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(station.getByRole('dialog', { name: 'Others sleep in this room' })).toBeVisible()
  await see.station(station, 'station-others-sleep')
}

/** A call that a nurse left running at her desk, as her other screen tells of it. */
async function walkElsewhere(ward: Screens, see: Look): Promise<void> {
  const [desk, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(desk, bed)
  const other = await desk.context().newPage()
  await other.goto(`${ward.server.origin}/station`)
  await expect(other.getByRole('button', { name: 'Take it over here' })).toBeVisible()
  await see(other, 'station-elsewhere')
}

/** A call that its station has forgotten. */
async function walkForgotten(ward: Screens, see: Sides): Promise<void> {
  const [station, bed] = [await ward.station(), await ward.bed()]
  for (const page of [station, bed]) await hasten(page, { untouchedMs: 3_000, stillMs: 60_000 })
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await callAndAnswer(station, bed)
  for (const page of [station, bed])
    await expect(page.getByRole('dialog', { name: 'Still talking?' })).toBeVisible({ timeout: 30_000 })
  await see.bed(bed, 'bed-still-talking')
  await see.station(station, 'station-still-talking')
}

/** A colleague is asked to come into a call, and let in by the patient; somebody from outside is given a link. */
async function walkTable(ward: Screens, see: Sides): Promise<void> {
  const [anna, maria, bed] = [await ward.station(0), await ward.station(2), await ward.bed()]
  await callAndAnswer(anna, bed)
  await anna.getByRole('button', { name: 'Bring in …' }).click()
  const dialog = anna.getByRole('dialog', { name: 'Bring somebody in' })
  const colleague = dialog.getByRole('button', { name: /^Maria Oja,/ })
  await expect(colleague).toBeEnabled()
  await see.station(anna, 'station-bring-in')
  await dialog.getByRole('button', { name: 'Interpreter', exact: true }).click()
  await expect(dialog.getByRole('list').getByRole('button').first()).toBeVisible()
  await see.station(anna, 'station-interpreters')
  await dialog.getByRole('button', { name: 'A guest by a link' }).click()
  await dialog.getByLabel('Their name, as the patient knows it').fill('Liisa Salonen')
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  await expect(dialog.getByRole('img', { name: 'The link for Liisa Salonen as a QR code' })).toBeVisible()
  await see.station(anna, 'station-guest-link')
  await dialog.getByRole('button', { name: 'A colleague' }).click()
  await colleague.click()
  await expect(maria.getByRole('dialog')).toContainText('asks you to come to a call')
  await see.station(anna, 'station-asking')
  await see.station(maria, 'station-asked-to-come')
  await maria.getByRole('dialog').getByRole('button', { name: 'Answer' }).click()
  const ask = bed.getByRole('alertdialog')
  await expect(ask).toBeVisible()
  await see.bed(bed, 'bed-asked-in')
  await ask.getByRole('button').first().click()
  await expect(bed.getByRole('heading', { name: /^In this call: / })).toBeAttached()
  await expect(anna.locator('.stage .cover')).toHaveCount(0)
  await expect(bed.locator('.stage .cover')).toHaveCount(0)
  await see.bed(bed, 'bed-table')
  await see.station(anna, 'station-table')
  await anna.getByRole('button', { name: 'Larger' }).click()
  await see.station(anna, 'station-table-large')
}

/** Whom one can call, a duty that rings, and what is asked when nobody answers. */
async function walkColleagues(ward: Screens, see: Look): Promise<void> {
  const [anna, ben, maria] = [await ward.station(0), await ward.station(1), await ward.station(2)]
  const open = (page: Page) => page.getByRole('button', { name: 'Call a colleague' }).click()
  for (const page of [ben, maria]) {
    await open(page)
    await page.getByRole('button', { name: 'On call as …' }).click()
    await page.getByRole('checkbox', { name: /^Neurosurgeon on call/ }).check()
    if (page === ben) await see(page, 'station-my-duties')
    await page.getByRole('dialog').getByRole('button', { name: 'Start shift', exact: true }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await open(anna)
  const duty = anna.getByRole('dialog').getByRole('button', { name: /^Neurosurgeon on call/ })
  await expect(duty).toContainText('Maria Oja')
  await see(anna, 'station-colleagues')
  await duty.click()
  await expect(maria.getByRole('dialog')).toContainText('Calls you as: Neurosurgeon on call')
  await see(anna, 'station-duty-ringing')
  await see(maria, 'station-called-by-duty')
  for (const page of [ben, maria]) {
    await page.getByRole('dialog').getByRole('button', { name: 'Not now' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await expect(anna.getByRole('form', { name: /^Ask Neurosurgeon on call/ })).toBeVisible()
  await see(anna, 'station-duty-unanswered')
  await anna
    .getByRole('textbox', { name: 'What it is about, without a patient’s name' })
    .fill('A second look')
  await anna.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(maria.getByRole('list', { name: 'Call back' })).toContainText('A second look')
  await see(maria, 'station-asked-to-call-back')
  await maria.getByRole('button', { name: 'Tell Anna Laine: seen, in 15 min' }).click()
  await expect(anna.getByRole('list', { name: 'Call back' })).toContainText('Maria Oja will call by')
  await see(anna, 'station-call-back-promised')
}

/** What is done about a patient's stay, and a tablet that has not wiped the last one's. */
async function walkAdmission(ward: Screens, see: Look): Promise<void> {
  const station = await ward.station()
  const panel = await openBedPanel(station, '1')
  for (const [button, name] of [
    ['Change wishes', 'admission-wishes'],
    ['Move', 'admission-move'],
    ['Swap', 'admission-swap'],
    ['Away', 'admission-away'],
    ['Discharge', 'admission-discharge'],
  ] as const)
    await lookInto(station, button, () => see(station, name))
  const bed = await ward.bed()
  await bed.close()
  await expect(bedStatus(station, '1')).toHaveText(/^Offline/)
  await discharge(station, '1', { born: '1948-03-02', number: 'DEMO-1048' })
  await expect(panel.getByText(/wiped/)).toBeVisible()
  await see(station, 'station-not-wiped')
  await panel.getByRole('button', { name: 'Admit' }).click()
  await station.getByRole('dialog').getByRole('button', { name: 'Admit' }).click()
  await expect(station.getByRole('alert')).toBeVisible()
  await see(station, 'admission-admit')
}

/** Privacy overridden, and a ward that is somebody else's: both are asked for a reason. */
async function walkReasons(ward: Screens, see: Sides): Promise<void> {
  await makeForeign(ward.server, 'Maria Oja')
  const [station, bed, admin] = [await ward.station(), await ward.bed(), await administrator(ward)]
  await admin.getByRole('button', { name: 'Ward', exact: true }).click()
  await admin.getByRole('checkbox', { name: /^Staff may override/ }).check()
  await bed.getByRole('button', { name: 'Privacy' }).click()
  await bed.getByRole('button', { name: '30 minutes' }).click()
  await openBedPanel(station, '1')
  await station.getByRole('button', { name: 'Override privacy' }).click()
  const dialog = station.getByRole('dialog', { name: 'Override privacy' })
  await dialog.getByRole('textbox').fill('No answer at the door')
  await see.station(station, 'station-override')
  await dialog.getByRole('button', { name: 'Ring bed 1' }).click()
  await expect(bed.getByRole('dialog')).toContainText('Anna Laine overrides your privacy.')
  await see.bed(bed, 'bed-overridden')
  await bed.getByRole('button', { name: 'Not now' }).click()

  const maria = await empty(ward, '')
  await maria.goto(ward.server.demo().staff.find(({ name }) => name === 'Maria Oja')?.url ?? '')
  await expect(maria.getByRole('heading', { name: 'This is not your ward.' })).toBeVisible()
  await see.station(maria, 'glass-foreign')
  await maria.getByRole('button', { name: 'Break the glass' }).click()
  await maria.getByRole('textbox', { name: /Reason/ }).fill('Bed 1 fell, nobody answers')
  await see.station(maria, 'glass-reason')
  await maria.getByRole('button', { name: 'Open this ward for an hour' }).click()
  await expect(maria.getByText(/^Access outside your ward until/)).toBeVisible()
  await see.station(maria, 'glass-broken')
  await expect(station.getByText(/broke the glass/)).toBeVisible()
  await see.station(station, 'glass-told')
}

/** Fills the form for tomorrow, and leaves it open. */
async function ask(page: Page, title: string, clock: string): Promise<void> {
  await page.getByRole('button', { name: 'New appointment' }).click()
  await page.getByRole('textbox', { name: 'What for' }).fill(title)
  await page.getByRole('combobox', { name: 'Bed', exact: true }).selectOption({ index: 3 })
  await page.getByLabel('From', { exact: true }).fill(clock)
}

async function book(page: Page, title: string, clock: string): Promise<void> {
  await ask(page, title, clock)
  await page.getByRole('button', { name: 'Book', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

/** Every tab of the plan, its dialogs, a clash that needs a person, and the plan on paper. */
async function walkPlan(ward: Screens, see: Look): Promise<void> {
  const [anna, ben] = [await ward.station(0), await ward.station(1)]
  for (const page of [anna, ben]) {
    await page.getByRole('button', { name: 'Open the plan' }).click()
    await page.getByRole('button', { name: 'Later' }).click()
  }
  // Its other languages are on the device by then.
  await ben.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await ben.context().setOffline(true)
  await book(anna, 'Wound care', '10:00')
  await book(ben, 'Physiotherapy', '10:05')
  await expect(ben.getByText('Saved on this device')).toBeVisible()
  await see(ben, 'plan-offline')
  await ben.context().setOffline(false)
  await ben.getByRole('tab', { name: /^Attention/ }).click()
  await expect(ben.getByRole('listitem').filter({ hasText: 'Physiotherapy' }).first()).toBeVisible()
  await see(ben, 'plan-attention')
  await see(anna, 'plan-day')
  await ask(anna, 'Pain talk', '10:00')
  await anna.getByText('More: buffers, language, notes').click()
  await see(anna, 'plan-form')
  await anna.getByRole('radio', { name: 'Round' }).check({ force: true })
  await see(anna, 'plan-form-round')
  await anna.getByRole('button', { name: 'Close' }).click()
  await anna.getByRole('button', { name: /^Wound care,/ }).click()
  await expect(anna.getByRole('dialog', { name: 'Wound care' })).toBeVisible()
  await see(anna, 'plan-entry')
  await anna.getByRole('button', { name: 'Close' }).click()
  await anna.getByRole('button', { name: 'Working hours' }).click()
  await anna.getByRole('dialog').getByText('In these hours').click()
  await anna.getByRole('dialog').getByRole('button', { name: 'Add an absence' }).click()
  await see(anna, 'plan-hours')
  await anna.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await anna.getByRole('tab', { name: 'Week' }).click()
  await see(anna, 'plan-week')
  await anna.getByRole('tab', { name: 'Ward' }).click()
  await see(anna, 'plan-ward')
  await anna
    .getByRole('button', { name: /^Ward round,/ })
    .first()
    .click()
  await expect(anna.getByRole('dialog', { name: 'Ward round' })).toBeVisible()
  await see(anna, 'plan-round')
  await anna.getByRole('button', { name: 'Close' }).click()
  await anna.getByRole('tab', { name: /^Waiting/ }).click()
  await see(anna, 'plan-waiting')
  await anna.evaluate(() => {
    window.print = () => {}
  })
  await anna.getByRole('button', { name: 'Print the plan' }).click()
  await anna.emulateMedia({ media: 'print' })
  await see(anna, 'plan-print')
}

/** The door, all of the administrator's pages, and an invitation. */
async function walkAdmin(ward: Screens, see: Look): Promise<void> {
  const door = await empty(ward, '/station')
  await expect(door.getByRole('heading', { level: 1 })).not.toHaveText('Starting…')
  await see(door, 'door')
  const admin = await administrator(ward)
  const nav = admin.getByRole('navigation')
  await expect(nav.getByRole('button').first()).toBeVisible()
  for (const section of await nav.getByRole('button').allTextContents()) {
    await nav.getByRole('button', { name: section, exact: true }).click()
    await expect(admin.getByRole('heading', { name: section, exact: true }).first()).toBeVisible()
    await fillSection(ward, admin, section)
    await see(admin, `admin-${section.toLowerCase().replaceAll(' ', '-')}`)
  }
  await nav.getByRole('button', { name: 'Tablets', exact: true }).click()
  await admin.getByRole('button', { name: 'Make a code for bed 6' }).click()
  await expect(admin.getByRole('article', { name: 'Code for bed 6' })).toBeVisible()
  await see(admin, 'admin-code')
  await nav.getByRole('button', { name: 'Staff', exact: true }).click()
  await admin.getByRole('button', { name: 'New link for Iris Virta' }).click()
  await door.goto((await admin.locator('code').textContent()) ?? '')
  await expect(door.getByRole('heading', { name: 'Welcome, Iris Virta.' })).toBeVisible()
  await see(door, 'invitation')
}

async function fillSection(ward: Screens, admin: Page, section: string): Promise<void> {
  if (section === 'Staff') {
    await admin.getByLabel('Name', { exact: true }).fill('Iris Virta')
    await admin.getByRole('button', { name: 'Invite', exact: true }).click()
    await expect(admin.getByRole('img', { name: 'The link as a QR code' })).toBeVisible()
  }
  if (section === 'Server') await expect(admin.getByText(/^Looked at: /)).toBeVisible()
  if (section === 'Keys') await expect(admin.locator('.facts')).toBeVisible()
  if (section === 'Tablets') await expect(admin.getByRole('table')).toBeVisible()
  if (section === 'Audit') {
    await admin.getByRole('button', { name: 'Check every row now' }).click()
    await expect(admin.getByText(/^Whole: /)).toBeVisible()
    await admin.getByRole('button', { name: 'Search' }).click()
    await expect(admin.getByRole('table')).toBeVisible()
  }
  if (section === 'Reports') {
    await admin.getByLabel('Patient').selectOption({ index: 1 })
    await admin.getByRole('button', { name: 'Make the report' }).click()
    await expect(admin.getByRole('article').first()).toBeVisible()
  }
  if (section === 'Service') {
    const [station, bed] = [await ward.station(), await ward.bed()]
    await callAndAnswer(station, bed)
    // A call that ends before there was a picture has no time to it.
    await expectLivePicture(station, 'Patient video')
    await expectLivePicture(bed, 'Staff video')
    await bed.getByRole('button', { name: 'End call' }).click()
    await expect(async () => {
      await admin.getByRole('button', { name: 'Look again' }).click()
      await expect(admin.getByRole('row', { name: /^Bed 1 1 / })).toContainText(/\d s/, { timeout: 2_000 })
    }).toPass()
  }
}

/** *Tell this phone*, before and after, and in a browser that was told never to. */
async function walkPhone(ward: Screens, see: Look, push: PushService): Promise<void> {
  const phone = await telephone(await ward.station(), push)
  await phone.setViewportSize({ width: 390, height: 844 })
  await phone.getByRole('button', { name: 'More', exact: true }).click()
  await phone.getByRole('button', { name: 'Tell this phone' }).click()
  const dialog = phone.getByRole('dialog', { name: 'Tell this phone' })
  await expect(dialog.getByRole('status')).toHaveText('This phone is not told')
  await see(phone, 'station-phone-off')
  await dialog.getByRole('button', { name: 'Tell this phone' }).click()
  await expect(dialog.getByRole('status')).toHaveText('This phone is told')
  const quiet = dialog.getByRole('region', { name: 'Quiet hours' })
  await quiet.getByLabel('Not told from').fill('22:00')
  await quiet.getByLabel('until').fill('07:00')
  await quiet.getByRole('button', { name: 'Save quiet hours' }).click()
  await expect(quiet.getByRole('button', { name: 'No quiet hours' })).toBeVisible()
  await see(phone, 'station-phone-on')
  await phone.evaluate(() => {
    Notification.requestPermission = async () => 'denied'
  })
  await dialog.getByRole('button', { name: 'Stop telling it' }).click()
  await dialog.getByRole('button', { name: 'Tell this phone' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await see(phone, 'station-phone-denied')
}

/** A guest's page before anybody has invited them. */
async function walkJoin(ward: Screens, see: Look): Promise<void> {
  const phone = await empty(ward, '/join')
  await phone.setViewportSize({ width: 390, height: 844 })
  await expect(phone.getByRole('heading', { name: 'Join a call' })).toBeVisible()
  await see(phone, 'join-code')
  await phone.getByRole('button', { name: 'Go on' }).click()
  await expect(phone.getByRole('alert')).toBeVisible()
  await see(phone, 'join-wrong-code')
}

/** A tablet that was carried away, and what its station says. Where ten minutes are long they are made short before. */
export async function walkAstray(ward: Screens, see: Sides): Promise<void> {
  const [station, bed] = [await ward.station(), await chargedBed(ward, '1')]
  await chargedBed(ward, '2')
  await charge(bed, false)
  await expect(bed.locator('output.digits')).toBeVisible({ timeout: 40_000 })
  await see.bed(bed, 'bed-astray')
  await openBedPanel(station, '1')
  await see.station(station, 'station-astray')
}

/** All of them but the first, each by what it is about. */
export const walks: Readonly<
  Record<string, (ward: Screens, see: Sides, push: PushService) => Promise<void>>
> = {
  'a tablet between calls, its questions and its requests': walkBed,
  'a call, from the board to its end': walkCall,
  'a call on a weak network': walkWeak,
  'a round, and a patient who calls back': walkRound,
  'a shift, and whom it goes to': (ward, { station }) => walkShift(ward, station),
  'a call of three': walkTable,
  'colleagues, and who is on call': (ward, { station }) => walkColleagues(ward, station),
  'a call that was left at another screen': (ward, { station }) => walkElsewhere(ward, station),
  'a call that was forgotten': walkForgotten,
  'an override and broken glass': walkReasons,
  'an admission and its end': (ward, { station }) => walkAdmission(ward, station),
  'the plan': (ward, { station }) => walkPlan(ward, station),
  'pictures at the station': (ward, { station }) => walkPictures(ward, station),
  'a telephone that is told of requests': (ward, { station }, push) => walkPhone(ward, station, push),
  'the door and the administration': (ward, { station }) => walkAdmin(ward, station),
  'family at a bed': walkFamily,
  'the page of a guest': (ward, { station }) => walkJoin(ward, station),
}
