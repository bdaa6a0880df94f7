/** *Ask my nurse*, and everything that can keep a nurse from hearing it (HZ-4, HZ-6, HZ-12). */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright/test'
import { openStation, signIn } from '../server/client.ts'
import { makePasskey } from './authenticator.ts'
import { bedStatus, expect, test } from './ward.ts'

/** A station's first sound takes a busy machine seconds: five of them last ten here. */
test.use({ keepsApp: true, timeScale: 2 })

const nobody = 'Nobody is at the screen. Press your red call button.'
const silent = /^This screen is silent/

/** As a browser outside a test does it: a page that nobody has touched is silent. */
function keepSilent(): void {
  const Real = window.AudioContext
  window.AudioContext = class extends Real {
    constructor(options?: AudioContextOptions) {
      super(options)
      void super.suspend()
    }

    override async resume() {
      if (navigator.userActivation.hasBeenActive) await super.resume()
    }
  }
}

/** The station once its sound is blocked. */
async function silenced(station: Page): Promise<Page> {
  await station.addInitScript(keepSilent)
  await station.reload()
  await expect(station.getByText(silent)).toBeVisible()
  return station
}

/** Any touch lets the page sound. */
async function touch(station: Page): Promise<void> {
  await station.getByRole('heading', { level: 1 }).click()
  await expect(station.getByText(silent)).toHaveCount(0)
}

async function ask(bed: Page, reason: string): Promise<void> {
  await bed.getByRole('button', { name: 'Ask my nurse' }).click()
  await bed.getByRole('dialog').getByRole('button', { name: reason, exact: true }).click()
}

const asked = (bed: Page, reason: string) =>
  bed.getByRole('list', { name: 'What I asked for' }).getByRole('listitem').filter({ hasText: reason })
const row = (station: Page, label: string, reason: string) =>
  station.getByRole('listitem', { name: `Bed ${label}: ${reason}`, exact: true })

async function askAndSent(bed: Page, reason: string): Promise<void> {
  await ask(bed, reason)
  await expect(asked(bed, reason)).toContainText('Sent.')
}

test('[ASK-5] water: sent, seen by name, on the way in 5 minutes, and here', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed('3')]
  await askAndSent(bed, 'Water')
  await expect(row(station, '3', 'Water')).toBeVisible()
  await expect(station.getByText('1 request', { exact: true })).toBeVisible()
  await expect(station.getByRole('listitem', { name: 'Bed 3', exact: true })).toContainText('Asks: Water')
  await row(station, '3', 'Water').getByRole('button', { name: 'Seen, bed 3: Water' }).click()
  await expect(asked(bed, 'Water')).toContainText('Seen by Anna Laine')
  await station.getByRole('button', { name: 'On my way in 5 min, bed 3: Water' }).click()
  await expect(asked(bed, 'Water')).toContainText(/Anna Laine comes at about \d\d:\d\d/)
  await bed.getByRole('button', { name: 'Nurse is here: Water' }).click()
  await expect(asked(bed, 'Water')).toHaveCount(0)
  await expect(row(station, '3', 'Water')).toHaveCount(0)
})

test('[QUEUE-1] a row that is over leaves its place: the one below stays under the finger, and keys go on from there @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed('3')]
  await askAndSent(bed, 'Water')
  await askAndSent(bed, 'Pain')
  const pain = row(station, '3', 'Pain')
  const before = await pain.boundingBox()
  const see = station.getByRole('button', { name: 'Done, bed 3: Water' })
  await see.focus()
  await station.keyboard.press('Enter')
  const over = station.getByRole('list', { name: 'Requests' }).getByText('Over')
  await expect(over).toBeVisible()
  expect((await pain.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0)
  await station.keyboard.press('Tab')
  await expect(station.getByRole('button', { name: 'Seen, bed 3: Pain' })).toBeFocused()
  await expect(over).toHaveCount(0)
  await station.keyboard.press('Enter')
  await expect(asked(bed, 'Pain')).toContainText('Seen by Anna Laine')
})

test('[HZ-7] on a tablet whose clock is wrong, times are the ward’s and a request is sent @whole', async ({
  ward,
  timeScale,
}) => {
  const station = await ward.station()
  const bed = await ward.bed('3')
  const ahead = 3 * 60 * 60_000 + 17 * 60_000
  await bed.addInitScript((ahead) => {
    const real = Date.now.bind(Date)
    Date.now = () => real() + ahead
  }, ahead)
  await bed.reload()
  await expect(bedStatus(station, '3')).toHaveText('Ready')
  const shown = async () => await bed.locator('time.time').textContent()
  const wall = () =>
    bed.evaluate((ahead) => {
      const minute = { hour: '2-digit', minute: '2-digit' } as const
      return new Date(Date.now() - ahead).toLocaleTimeString('en-GB', minute)
    }, ahead)
  await expect.poll(async () => (await shown()) === (await wall())).toBe(true)
  await askAndSent(bed, 'Water')
  await station.getByRole('button', { name: 'On my way in 5 min, bed 3: Water' }).click()
  const due = await bed.evaluate(
    (laterMs) => {
      const at = (ms: number) =>
        new Date(ms + laterMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
      return [at(Date.now() - 60_000), at(Date.now())]
    },
    5 * 60_000 * timeScale - ahead,
  )
  await expect(asked(bed, 'Water')).toContainText(new RegExp(`at about (${due.join('|')})`))
})

test('ten taps a second on one need make one request @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed('3')]
  await bed.getByRole('button', { name: 'Ask my nurse' }).click()
  const water = bed.getByRole('dialog').getByRole('button', { name: 'Water', exact: true })
  await water.evaluate((button: HTMLButtonElement) => {
    for (let tap = 0; tap < 10; tap += 1) button.click()
  })
  await expect(asked(bed, 'Water')).toContainText('Sent.')
  await expect(station.getByRole('list', { name: 'Requests' }).getByRole('listitem')).toHaveCount(1)
  await expect(bed.getByRole('list', { name: 'What I asked for' }).getByRole('listitem')).toHaveCount(1)
})

test('[HZ-12] each need says what matters beside it, and the dialog says which button is for emergencies @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await bed.getByRole('button', { name: 'Ask my nurse' }).click()
  await expect(bed.getByRole('dialog').getByText('Emergency: use the red call button')).toBeVisible()
  await bed.getByRole('button', { name: 'Close' }).click()
  await askAndSent(bed, 'Toilet')
  await expect(asked(bed, 'Toilet')).toContainText('Please stay in bed.')
  await askAndSent(bed, 'Pain')
  await expect(asked(bed, 'Pain')).toContainText('Sudden, or hard to breathe? Red button.')
  await station.getByRole('button', { name: 'Done, bed 1: Toilet' }).click()
  await expect(asked(bed, 'Toilet')).toHaveCount(0)
  await bed.getByRole('button', { name: 'Take back: Pain' }).click()
  await expect(row(station, '1', 'Pain')).toHaveCount(0)
})

test('nobody is signed in: within 5 s the tablet says so, and never that it was sent (HZ-4)', async ({
  ward,
}) => {
  const bed = await ward.bed()
  await ask(bed, 'Pain')
  await expect(asked(bed, 'Pain')).toContainText('Sending')
  await expect(bed.getByRole('alert')).toContainText(nobody, { timeout: 12_000 })
  await expect(bed.getByRole('alert')).toContainText('Not sent')
  await expect(asked(bed, 'Pain')).toHaveCount(0)
  await ward.station()
  await expect(bed.getByRole('alert'), 'and it is not sent later').toContainText(nobody)
})

test('a station whose sound is blocked shows it and is not counted as heard (HZ-4) @whole', async ({
  ward,
}) => {
  const [station, bed] = [await silenced(await ward.station()), await ward.bed()]
  await ask(bed, 'Water')
  await expect(row(station, '1', 'Water')).toBeVisible()
  await expect(bed.getByRole('alert')).toContainText(nobody)
  await touch(station)
  await askAndSent(bed, 'Water')
})

test('the station that sounded is closed: the tablet stops saying that it was sent, until another sounds (HZ-4) @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await askAndSent(bed, 'Question')
  await station.context().close()
  await expect(asked(bed, 'Question')).toContainText(nobody)
  await ward.station(1)
  await expect(asked(bed, 'Question')).toContainText('Sent.')
})

test('the station that sounded is reloaded: it is silent until it is touched, and the tablet says so (HZ-4) @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await askAndSent(bed, 'Water')
  await silenced(station)
  await expect(row(station, '1', 'Water')).toBeVisible()
  await expect(asked(bed, 'Water')).toContainText(nobody)
  await touch(station)
  await expect(asked(bed, 'Water')).toContainText('Sent.')
})

test('a reloaded tablet shows what it asked for, as it stands @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await askAndSent(bed, 'Water')
  await bed.reload()
  await expect(asked(bed, 'Water')).toContainText('Sent.')
  await station.getByRole('button', { name: 'On my way now, bed 1: Water' }).click()
  await expect(asked(bed, 'Water')).toContainText('Anna Laine is on the way.')
})

test('the server is killed before anybody is heard: not sent, also when it is back (HZ-4)', async ({
  ward,
}) => {
  const bed = await ward.bed()
  await ask(bed, 'Pain')
  await expect(asked(bed, 'Pain')).toContainText('Sending')
  await ward.server.kill()
  await expect(bed.getByRole('alert')).toContainText(nobody, { timeout: 12_000 })
  await ward.server.start()
  const station = await ward.station()
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await expect(bed.getByRole('alert')).toContainText(nobody)
  await expect(station.getByText('Requests')).toHaveCount(0)
})

test('the server is killed with a request open: it goes on, and sounds again @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await askAndSent(bed, 'Toilet')
  await ward.server.kill()
  await expect(asked(bed, 'Toilet')).toContainText(nobody)
  await ward.server.start()
  await expect(asked(bed, 'Toilet')).toContainText('Sent.')
  await station.getByRole('button', { name: 'Seen, bed 1: Toilet' }).click()
  await expect(asked(bed, 'Toilet')).toContainText('Seen by Anna Laine')
})

test('a tablet without its server says so at once, and sends nothing later (HZ-4) @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await expect(bed.getByRole('button', { name: 'Ask my nurse' })).toBeVisible()
  await ward.server.kill()
  await expect(bed.getByText(/^Cannot be called since/)).toBeVisible()
  await ask(bed, 'Water')
  await expect(bed.getByRole('alert').filter({ hasText: 'Not sent' })).toContainText(nobody)
  await ward.server.start()
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await expect(row(station, '1', 'Water')).toHaveCount(0)
  await expect(bed.getByText('Not sent')).toBeVisible()
})

test('ten taps make one request, and the open one is shown @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await bed.getByRole('button', { name: 'Ask my nurse' }).click()
  await bed
    .getByRole('dialog')
    .getByRole('button', { name: 'Water', exact: true })
    .evaluate((button) => {
      for (let tap = 0; tap < 10; tap += 1) (button as HTMLElement).click()
    })
  await expect(asked(bed, 'Water')).toContainText('Sent.')
  await ask(bed, 'Water')
  await expect(asked(bed, 'Water')).toHaveCount(1)
  await expect(station.getByRole('list', { name: 'Requests' }).getByRole('listitem')).toHaveCount(1)
})

test('a locked station sounds and shows beds and needs, no names and no buttons (HZ-4)', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await makePasskey(station)
  await station.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await station.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(station.getByRole('region', { name: 'Locked' })).toBeVisible()
  await askAndSent(bed, 'Pain')
  await expect(row(station, '1', 'Pain')).toBeVisible()
  await expect(row(station, '1', 'Pain').getByRole('button')).toHaveCount(0)
  await expect(row(station, '1', 'Pain')).not.toContainText('Eero Salonen')
})

test('a discharge ends what was open, and the tablet shows nothing of it (HZ-6) @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await askAndSent(bed, 'Water')
  const { origin } = ward.server
  const ben = await openStation(origin, await signIn(origin, ward.server.demo().staff[1]?.url ?? ''))
  const one = ben.welcome.snapshot?.beds.find(({ label }) => label === '1')
  ben.say({
    type: 'admission.discharge',
    actId: randomUUID(),
    admissionId: one?.stay.admissionId ?? '',
    born: one?.patient?.born ?? '',
    number: one?.patient?.number ?? '',
  })
  expect((await ben.hear('admission.answered')).refusal).toBeNull()
  await expect(row(station, '1', 'Water')).toHaveCount(0)
  await expect(asked(bed, 'Water')).toHaveCount(0)
  await bed.reload()
  await expect(bed.getByRole('button', { name: 'Ask my nurse' })).toBeVisible()
  await expect(asked(bed, 'Water')).toHaveCount(0)
  await ben.cut()
})

test.describe('in a hurry', () => {
  // No shorter: a station needs a moment to be heard.
  test.use({ timeScale: 0.25 })

  test('[ASK-9] unseen for too long it is the whole ward’s, on every station (HZ-4) @whole', async ({
    ward,
  }) => {
    test.setTimeout(180_000)
    const [anna, ben] = [await ward.station(), await ward.station(1)]
    const bed = await ward.bed()
    await askAndSent(bed, 'Pain')
    for (const station of [anna, ben])
      await expect(station.getByRole('alert')).toContainText('Nobody has answered bed 1: Pain', {
        timeout: 90_000,
      })
    await ben.getByRole('button', { name: 'Seen, bed 1: Pain' }).click()
    await expect(asked(bed, 'Pain')).toContainText('Seen by Ben Okafor')
    await expect(anna.getByText('Nobody has answered')).toHaveCount(0)
  })
})
