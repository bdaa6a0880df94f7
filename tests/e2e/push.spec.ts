/** A nurse's telephone: told that a patient asks, with nothing in it of whom, and only after its person wanted it. */
import type { BrowserContext, Page } from 'playwright/test'
import { newServer } from './server.ts'
import { subscribeAs, telephone, toldBy, withPush } from './telephone.ts'
import { expect, test as wards } from './ward.ts'

const test = withPush.extend({
  server: async ({ timeScale, push }, use) => {
    const server = await newServer(timeScale, { environment: toldBy(push) })
    await server.start()
    await use(server)
    await server.remove()
  },
})

// The engine alone has no notifications.
test.use({ keepsApp: true, kind: 'browser' })

async function tellThisPhone(phone: Page): Promise<void> {
  await phone.getByRole('button', { name: 'Tell this phone' }).click()
  const dialog = phone.getByRole('dialog', { name: 'Tell this phone' })
  await expect(dialog.getByRole('status')).toHaveText('This phone is not told')
  expect(await phone.evaluate(() => window.asked), 'the browser is asked after the tap, not before').toBe(0)
  await dialog.getByRole('button', { name: 'Tell this phone' }).click()
  await expect(dialog.getByRole('status')).toHaveText('This phone is told')
  expect(await phone.evaluate(() => window.asked)).toBe(1)
  await dialog.getByRole('button', { name: 'Close' }).click()
}

/** As the vendor's push service does it once the message has come down to the telephone. */
async function deliver(phone: Page, data: string): Promise<void> {
  await phone.evaluate(async () => void (await navigator.serviceWorker.ready))
  const cdp = await phone.context().newCDPSession(phone)
  const registered = new Promise<string>((done) =>
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [registration] = registrations
      if (registration) done(registration.registrationId)
    }),
  )
  await cdp.send('ServiceWorker.enable')
  const { origin } = new URL(phone.url())
  await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registered, data })
}

const shownOn = (phone: Page) =>
  phone.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }))
  })

async function askAndSent(bed: Page, reason: string): Promise<void> {
  await bed.getByRole('button', { name: 'Ask my nurse' }).click()
  await bed.getByRole('dialog').getByRole('button', { name: reason, exact: true }).click()
  await expect(bed.getByRole('list', { name: 'What I asked for' })).toContainText('Sent.')
}

/** In the service worker: the finger on the notification. Browsers open windows for nothing else. */
const pressed = `new Promise(async (done) => {
  clients.openWindow = async (url) => done(url)
  const [notification] = await registration.getNotifications()
  dispatchEvent(new NotificationEvent('notificationclick', { notification }))
})`

/** In the service worker: how many are shown from now on, whatever they replace. */
const counting = `{
  const show = registration.showNotification.bind(registration)
  self.shownSince = 0
  registration.showNotification = (...all) => show(...all).then(() => void (self.shownSince += 1))
}`

async function workerOf(context: BrowserContext) {
  return context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
}

test('[HZ-4] a telephone is told that a patient asks, shows nothing of whom, and opens the station', async ({
  ward,
  push,
}) => {
  const phone = await telephone(await ward.station(), push)
  const bed = await ward.bed('3')
  await tellThisPhone(phone)
  await askAndSent(bed, 'Pain')
  const [told] = await push.until(1)
  // Nobody looks at the page itself: a telephone in a pocket.
  await phone.goto('about:blank')
  await phone.goto(`${ward.server.origin}/icon.svg`)
  await deliver(phone, told?.text ?? '')
  await expect.poll(async () => (await shownOn(phone)).length).toBe(1)
  const [shown] = await shownOn(phone)
  expect(shown).toMatchObject({
    title: 'A patient asks for a nurse',
    body: 'Open Bedside to see who and why.',
  })
  const worker = await workerOf(phone.context())
  await worker.evaluate(counting)
  await deliver(phone, told?.text ?? '')
  await expect.poll(() => worker.evaluate('self.shownSince')).toBe(1)
  expect((await shownOn(phone)).length, 'one for each request').toBe(1)
  const opened = await worker.evaluate(pressed)
  expect(opened).toBe('/station')
  expect(await shownOn(phone)).toEqual([])
})

test('a telephone that shows a request says nothing any more once somebody looks at the station @whole', async ({
  ward,
  push,
}) => {
  const phone = await telephone(await ward.station(), push)
  await tellThisPhone(phone)
  await deliver(phone, JSON.stringify({ title: 'A patient asks for a nurse', body: '', tag: 'x' }))
  await expect.poll(async () => (await shownOn(phone)).length).toBe(1)
  await phone.reload()
  await expect.poll(async () => (await shownOn(phone)).length).toBe(0)
})

test('[HZ-4] a person sets quiet hours with keys alone, is told that stations sound all the same, and takes them back @whole', async ({
  ward,
  push,
}) => {
  const phone = await telephone(await ward.station(), push)
  await tellThisPhone(phone)
  await phone.getByRole('button', { name: 'Tell this phone' }).press('Enter')
  const quiet = phone.getByRole('dialog').getByRole('region', { name: 'Quiet hours' })
  await expect(quiet).toContainText('Stations sound all the same: no request waits for a phone.')
  await quiet.getByRole('button', { name: 'Save quiet hours' }).press('Enter')
  await expect(quiet.getByRole('alert')).toHaveText('Fill in both times.')
  // All day but for one minute: whichever hour this test is run in.
  await quiet.getByLabel('Not told from').fill('00:00')
  await quiet.getByLabel('until').fill('23:59')
  await quiet.getByRole('button', { name: 'Save quiet hours' }).press('Enter')
  await expect(quiet).toContainText('Your phones are not told from 00:00 to 23:59, every day.')
  const [bed, station] = [await ward.bed('1'), await ward.station(1)]
  await expect(station.getByRole('list', { name: 'Beds' })).toBeVisible()
  await askAndSent(bed, 'Water')
  expect(push.delivered).toEqual([])
  await quiet.getByRole('button', { name: 'No quiet hours' }).press('Enter')
  await expect(quiet).toContainText('No quiet hours: your phones are told at any time.')
  await askAndSent(await ward.bed('2'), 'Water')
  await push.until(1)
})

test('what a push service makes up is shown as nothing but the name of the app @whole', async ({
  ward,
  push,
}) => {
  const phone = await telephone(await ward.station(), push)
  await deliver(phone, 'not ours')
  await expect.poll(() => shownOn(phone)).toEqual([{ title: 'Bedside', body: '', tag: 'bedside' }])
})

test('a person turns it off again, and it is off after a sign-out @whole', async ({ ward, push }) => {
  const phone = await telephone(await ward.station(), push)
  await tellThisPhone(phone)
  await phone.reload()
  await phone.getByRole('button', { name: 'Tell this phone' }).click()
  await expect(phone.getByRole('dialog').getByRole('status')).toHaveText('This phone is told')
  await phone.getByRole('button', { name: 'Stop telling it' }).click()
  await expect(phone.getByRole('dialog').getByRole('status')).toHaveText('This phone is not told')
  await phone.getByRole('dialog').getByRole('button', { name: 'Tell this phone' }).click()
  await expect(phone.getByRole('dialog').getByRole('status')).toHaveText('This phone is told')
  await phone.keyboard.press('Escape')
  await phone.getByRole('button', { name: 'Sign out' }).click()
  await expect(phone.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  const [bed, station] = [await ward.bed('1'), await ward.station(1)]
  await expect(station.getByRole('list', { name: 'Beds' })).toBeVisible()
  await askAndSent(bed, 'Water')
  expect(push.delivered).toEqual([])
})

test('a browser that does not allow it says what to do, and nothing is told @whole', async ({
  ward,
  push,
}) => {
  const page = await ward.station()
  await page.addInitScript(subscribeAs, push.subscribe())
  await page.reload()
  await page.getByRole('button', { name: 'Tell this phone' }).click()
  const dialog = page.getByRole('dialog', { name: 'Tell this phone' })
  await dialog.getByRole('button', { name: 'Tell this phone' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Notifications from Bedside are not allowed here.')
})

wards('where the operator configured no push nothing of it is offered @whole', async ({ ward }) => {
  const station = await ward.station()
  await expect(station.getByRole('button', { name: 'Keys' })).toBeVisible()
  await expect(station.getByRole('button', { name: 'Tell this phone' })).toHaveCount(0)
})
