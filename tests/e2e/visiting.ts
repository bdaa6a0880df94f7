/** A ward that sends mail, a visit that is booked in its plan, and a patient's telephone that opens the link. */
import type { BrowserContextOptions, Locator, Page } from 'playwright/test'
import * as v from 'valibot'
import type { AppointmentFields, KeptAct } from '../../src/protocol/plan.ts'
import { type VisitView, visitInviteAnswer, visitsNow } from '../../src/protocol/visit.ts'
import { type Delivered, type MailServer, openMailServer } from '../fakes/mail-server.ts'
import { post } from '../server/client.ts'
import { bookAt, edit, newDevice } from '../server/plan.ts'
import { newServer } from './server.ts'
import { expect, type Screens, test as wardTest } from './ward.ts'
import { expectLivePicture } from './witness.ts'

export { expect }

export const wardPhone = '+358 9 471 1'

/** A zone in which it is late morning now: what is booked round this hour stands on one day of the plan. */
const zone =
  [
    'Pacific/Auckland',
    'Asia/Tokyo',
    'Asia/Dubai',
    'Europe/Helsinki',
    'Atlantic/Azores',
    'America/Halifax',
    'America/Denver',
    'Pacific/Honolulu',
  ].find((one) => {
    const hour = Number(clockIn(one, Date.now()).slice(11, 13))
    return hour >= 8 && hour < 16
  }) ?? 'UTC'

/** `2026-05-04 09:30`. */
function clockIn(timeZone: string, ms: number): string {
  return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(ms)
}

/** With a mail server of its own. */
export const test = wardTest.extend<{ mail: MailServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants it.
  mail: async ({}, use) => {
    const mail = await openMailServer()
    await use(mail)
    await mail.close()
  },
  server: async ({ timeScale, mail }, use) => {
    const environment = {
      BEDSIDE_SMTP_URL: mail.url,
      BEDSIDE_MAIL_FROM: 'Ward 4B <ward4b@hospital.example>',
      BEDSIDE_PHONE: wardPhone,
      BEDSIDE_ZONE: zone,
    }
    const server = await newServer(timeScale, { environment })
    await server.start()
    await use(server)
    await server.remove()
  },
})

export type Booked = {
  readonly title: string
  readonly name: string
  readonly born: string
  readonly email: string
}

export const kaarina: Booked = {
  title: 'Control after surgery',
  name: 'Kaarina Lahti',
  born: '1948-11-04',
  email: 'kaarina.lahti@home.example',
}

const minuteMs = 60_000

/** Books it in the plan, `inMinutes` from now, and leaves the plan open. */
export async function book(station: Page, patient: Booked, inMinutes: number): Promise<void> {
  await station.getByRole('button', { name: 'Open the plan' }).click()
  const dialog = await fillBooking(station, patient, inMinutes)
  await dialog.getByRole('button', { name: 'Book', exact: true }).click()
  await expect(dialog).toHaveCount(0)
}

/** In the open plan, all but the last press. */
export async function fillBooking(station: Page, patient: Booked, inMinutes: number): Promise<Locator> {
  await station.getByRole('button', { name: 'New appointment' }).click()
  const dialog = station.getByRole('dialog', { name: 'New appointment' })
  await dialog.getByRole('radio', { name: 'Outpatient visit' }).check({ force: true })
  const start = clockIn(zone, Date.now() + inMinutes * minuteMs)
  await dialog.getByLabel('What for').fill(patient.title)
  await dialog.getByLabel('Day', { exact: true }).fill(start.slice(0, 10))
  await dialog.getByLabel('From', { exact: true }).fill(start.slice(11, 16))
  await dialog.getByLabel('Name of the patient').fill(patient.name)
  await dialog.getByLabel('Date of birth').fill(patient.born)
  await dialog.getByLabel('E-mail').fill(patient.email)
  await dialog.getByLabel('Telephone').fill('+358 40 123')
  return dialog
}

/** Opens it in the open plan. */
export async function openAppointment(station: Page, { title }: Booked): Promise<Locator> {
  await station.locator('[data-entry]').filter({ hasText: title }).first().click()
  return station.getByRole('dialog', { name: title })
}

/** Sends the link from the open plan, anew if need be, and closes it; the letter, once it has arrived. */
export async function invite(station: Page, mail: MailServer, patient: Booked): Promise<Delivered> {
  const before = mail.delivered.length
  const dialog = await openAppointment(station, patient)
  await dialog.getByRole('button', { name: /^(Send the link by e-mail|Send again)$/ }).click()
  await expect.poll(() => mail.delivered.length).toBeGreaterThan(before)
  await expect(dialog.getByText(/^Sent to /)).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await station.getByRole('button', { name: 'Back to the board' }).click()
  const letter = mail.delivered[before]
  if (!letter) throw new Error('no letter')
  return letter
}

/** As it stands in the text of a letter. */
export function linkIn({ mail }: Delivered): string {
  return /https?:\/\/\S+\/visit#[\w-]+/.exec(mail.text ?? '')?.[0] ?? ''
}

/** A telephone that has never seen this hospital, and lives by its clock. */
export async function telephone(ward: Screens, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await ward.tablet({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    timezoneId: zone,
    ...options,
  })
  return await context.newPage()
}

/** Kaarina, untested, in a video call with Anna, on this telephone. */
export async function visited(ward: Screens, mail: MailServer, phone: Page): Promise<Page> {
  const station = await ward.station()
  await book(station, kaarina, 5)
  await phone.goto(linkIn(await invite(station, mail, kaarina)))
  await typeBirth(phone, kaarina.born)
  await phone.getByRole('button', { name: 'Skip the test' }).click()
  await expect(heading(phone)).toHaveText('You are checked in')
  await station.getByRole('button', { name: 'I know' }).click()
  const room = await openWaitingRoom(station)
  await room.getByRole('button', { name: `Admit ${kaarina.name}` }).click()
  const admit = station.getByRole('dialog', { name: `Admit ${kaarina.name}` })
  await admit.getByRole('button', { name: 'Ring', exact: true }).click()
  await phone.getByRole('button', { name: 'Answer with video' }).click()
  await expectLivePicture(phone, 'Staff video')
  await expectLivePicture(station, `${kaarina.name}’s video`)
  return station
}

/** Types a date of birth, day, month and year. */
export async function typeBirth(phone: Page, born: string): Promise<void> {
  const [year = '', month = '', day = ''] = born.split('-')
  await phone.getByLabel('Day', { exact: true }).fill(day)
  await phone.getByLabel('Month', { exact: true }).fill(month)
  await phone.getByLabel('Year', { exact: true }).fill(year)
  await phone.getByRole('button', { name: 'Go on', exact: true }).click()
}

export function heading(phone: Page) {
  return phone.getByRole('heading', { level: 1 })
}

/** Camera, microphone, loudspeaker and connection, each as it should be. */
export async function testDevice(phone: Page): Promise<void> {
  await phone.getByRole('button', { name: 'Begin' }).click()
  await phone.getByRole('button', { name: 'Yes, I see myself' }).click()
  await expect(phone.getByText('We hear you.', { exact: true })).toBeVisible()
  await phone.getByRole('button', { name: 'Next' }).click()
  await phone.getByRole('button', { name: 'Yes', exact: true }).click()
  await phone.getByRole('button', { name: 'To the waiting room' }).click()
}

/** What staff do at their screens, done by the session of this station without them, where they are not the point. */
export async function deskOf(station: Page) {
  const { origin } = new URL(station.url())
  const cookies = await station.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const plan = newDevice(origin, cookie)

  async function ask(path: string, body: unknown): Promise<unknown> {
    const answer = await post(origin, `/api/visits/${path}`, body, { cookie })
    if (!answer.ok) throw new Error(`${path} was refused: ${await answer.text()}`)
    return await answer.json()
  }

  async function does(act: KeptAct): Promise<void> {
    const [outcome] = await plan.does(act)
    if (outcome?.type !== 'applied') throw new Error(`the plan answered ${JSON.stringify(outcome)}`)
  }

  return {
    /** Answers the id of the appointment. */
    async book({ title, name, born, email }: Booked, inMinutes: number): Promise<string> {
      const outpatient = { name, born, email, phone: '+358 40 123' }
      const act = bookAt(Date.now() + inMinutes * minuteMs, { title, outpatient })
      await does(act)
      return act.id
    },
    async edit(appointmentId: string, to: Partial<AppointmentFields>): Promise<void> {
      await plan.syncAll()
      const row = plan.row('appointment', appointmentId)
      if (!row) throw new Error('no such appointment')
      await does(edit(row, to))
    },
    /** The link of a letter on paper; it is not mailed. */
    async letter(appointmentId: string): Promise<string> {
      const answer = await ask('invite', { appointmentId, by: 'letter', zone: null })
      return v.parse(visitInviteAnswer, answer).link ?? ''
    },
    mail: (appointmentId: string) => ask('invite', { appointmentId, by: 'mail', zone: null }),
    say: (visitId: string, text: string) => ask('say', { visitId, said: { type: 'text', text } }),
    async view(appointmentId: string): Promise<VisitView> {
      const answer = await fetch(`${origin}/api/visits`, { headers: { cookie, 'x-bedside': '1' } })
      const { visits } = v.parse(visitsNow, await answer.json())
      const view = visits.find((one) => one.appointmentId === appointmentId)
      if (!view) throw new Error('no such visit')
      return view
    },
  }
}

/** Booked, and invited by a letter on paper. */
export async function invited(ward: Screens, patient = kaarina, inMinutes = 5) {
  const station = await ward.station()
  const desk = await deskOf(station)
  const appointmentId = await desk.book(patient, inMinutes)
  return { station, desk, appointmentId, link: await desk.letter(appointmentId) }
}

/** By the link and the date of birth into the waiting room, without a test. */
export async function comeIn(phone: Page, link: string, { born } = kaarina): Promise<void> {
  await phone.goto(link)
  await typeBirth(phone, born)
  await phone.getByRole('button', { name: 'Skip the test' }).click()
  await expect(heading(phone)).toHaveText('You are checked in')
}

/** Whoever is invited waits. */
export async function waits(ward: Screens, inMinutes = 5) {
  const made = await invited(ward, kaarina, inMinutes)
  const phone = await telephone(ward)
  await comeIn(phone, made.link)
  return { ...made, phone }
}

/** From the waiting room at the station until it rings at the patient's. */
export async function ring(station: Page, { name } = kaarina): Promise<void> {
  const room = await openWaitingRoom(station)
  await room.getByRole('button', { name: `Admit ${name}` }).click()
  const admit = station.getByRole('dialog', { name: `Admit ${name}` })
  await admit.getByRole('button', { name: 'Ring', exact: true }).click()
}

/** In a call with whoever waited; both are seen. */
export async function inCall(ward: Screens) {
  const made = await waits(ward)
  await ring(made.station)
  await made.phone.getByRole('button', { name: 'Answer with video' }).click()
  await expectLivePicture(made.station, `${kaarina.name}’s video`)
  return made
}

/** The waiting room at the station. */
export async function openWaitingRoom(station: Page) {
  // Beside it the same words may stand above the board, while somebody waits.
  await station.locator('#visits-button').getByRole('button').click()
  const room = station.getByRole('dialog', { name: 'Video visits today' })
  await expect(room).toBeVisible()
  return room
}

/** The link that a nurse in a call makes for an interpreter from outside. */
export async function interpreterLink(station: Page, name: string): Promise<string> {
  await station.getByRole('button', { name: 'Bring in …' }).click()
  const dialog = station.getByRole('dialog', { name: 'Bring somebody in' })
  await dialog.getByRole('button', { name: 'A guest by a link' }).click()
  await dialog.getByLabel('Their name, as the patient knows it').fill(name)
  await dialog.getByRole('radio', { name: 'Interpreter' }).check({ force: true })
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = await dialog.getByRole('textbox', { name: `Link for ${name}` }).inputValue()
  await dialog.getByRole('button', { name: 'Close' }).click()
  return link
}
