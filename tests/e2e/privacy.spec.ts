import type { Page } from 'playwright/test'
import { bedStatus, callAndAnswer, expect, startBed, test } from './ward.ts'
import { agreeToKnock } from './wishes.ts'
import { expectCameraOff, mediaOf } from './witness.ts'

test.use({ keepsApp: true })

const curtain = (bed: Page) => bed.getByRole('heading', { name: 'Privacy' })

async function drawCurtain(bed: Page, minutes = 15): Promise<void> {
  await bed.getByRole('button', { name: 'Privacy' }).click()
  await bed.getByRole('button', { name: `${minutes} minutes` }).click()
  await expect(curtain(bed)).toBeVisible()
}

/** Holds whatever the server says to this page, from a moment on. */
async function holdServer(bed: Page) {
  const held: (() => void)[] = []
  let holds = false
  await bed.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      if (holds) held.push(() => socket.send(message))
      else socket.send(message)
    })
  })
  return {
    hold() {
      holds = true
    },
    letGo() {
      holds = false
      for (const say of held.splice(0)) say()
    },
  }
}

/** Everything this page ever opened is stopped, and nothing was opened since. */
async function expectNothingOpened(bed: Page, opened: number): Promise<void> {
  await expectCameraOff(bed)
  expect((await mediaOf(bed)).opened, 'tracks opened').toBe(opened)
}

test('[HZ-3] a patient draws the curtain: it is said, the board shows it, and nobody can call', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const { opened } = await mediaOf(bed)
  await drawCurtain(bed)
  const said = bed.getByRole('status').filter({ hasText: 'Camera and microphone are off.' })
  await expect(said).toHaveText(/^Camera and microphone are off\. Nobody can call until \d\d:\d\d\.$/)
  await expect(bed.getByText('Emergency: use the red call button')).toBeVisible()
  await expect(bedStatus(station, '1')).toHaveText(/^Privacy until \d\d:\d\d$/)
  const call = station.getByRole('button', { name: /^Call bed 1: no call until \d\d:\d\d$/ })
  await expect(call).toBeDisabled()
  await station.getByRole('button', { name: 'Open bed 1' }).click()
  await expect(station.getByRole('button', { name: 'Knock bed 1' })).toBeDisabled()
  await expectNothingOpened(bed, opened)
  await bed.getByRole('button', { name: 'End privacy' }).click()
  await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await callAndAnswer(station, bed)
})

test('[HZ-3] drawn as the ring starts: the tablet ends it at the door, unheard, and no camera opens', async ({
  ward,
}) => {
  const station = await ward.station()
  const bed = await (await ward.tablet()).newPage()
  const server = await holdServer(bed)
  await startBed(bed, ward.server)
  const { opened, links } = await mediaOf(bed)
  server.hold()
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bedStatus(station, '1')).toHaveText('Ringing')
  await drawCurtain(bed)
  server.letGo()
  await expect(station.getByRole('status').filter({ hasText: 'Call ended: privacy on' })).toBeVisible()
  await expect(curtain(bed)).toBeVisible()
  await expectNothingOpened(bed, opened)
  expect((await mediaOf(bed)).links, 'links').toBe(links)
  await expectCameraOff(station)
})

test('[HZ-2] every path into privacy finds camera and microphone stopped', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await expect(bed.getByRole('button', { name: 'Privacy' }), 'in a call it is not offered').toHaveCount(0)
  await bed.getByRole('button', { name: 'End call' }).click()
  await drawCurtain(bed)
  await expectCameraOff(bed)
  await expectCameraOff(station)
  await bed.getByRole('button', { name: 'End privacy' }).click()
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await station.getByRole('button', { name: 'Call again' }).click()
  await bed.getByRole('button', { name: 'Not now' }).click()
  await drawCurtain(bed, 60)
  await expectCameraOff(bed)
})

test('it survives a reload, works and ends without the server, and a killed server (HZ-3)', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await bed.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await expect.poll(() => bed.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await ward.server.kill()
  await expect(bed.getByText(/^Cannot be called since/)).toBeVisible()
  await drawCurtain(bed, 30)
  await bed.reload()
  await expect(curtain(bed)).toBeVisible()
  expect((await mediaOf(bed)).opened, 'not even a trial opens them').toBe(0)
  await ward.server.start()
  await expect(bedStatus(station, '1')).toHaveText(/^Privacy until/, { timeout: 20_000 })
  await ward.server.kill()
  await ward.server.start()
  await expect(bedStatus(station, '1')).toHaveText(/^Privacy until/, { timeout: 20_000 })
  await bed.getByRole('button', { name: 'End privacy' }).click()
  await expect(bedStatus(station, '1')).toHaveText('Ready')
})

test('[PRIV-4] a tablet that is loaded anew before its store has kept the curtain has it drawn (HZ-3)', async ({
  ward,
}) => {
  const bed = await ward.bed()
  await bed.evaluate(() => {
    crypto.subtle.encrypt = () => new Promise(() => {})
  })
  await drawCurtain(bed)
  await bed.reload()
  await expect(curtain(bed)).toBeVisible()
  expect((await mediaOf(bed)).opened, 'not even a trial opens them').toBe(0)
})

test.describe('in minutes of 0.6 s', () => {
  test.use({ timeScale: 0.01 })

  test('[HZ-15] two minutes before its end 15 more are offered, and its return is silent @whole', async ({
    ward,
  }) => {
    const bed = await ward.bed()
    await drawCurtain(bed)
    await bed.getByRole('button', { name: '15 more' }).click()
    await expect(bed.getByRole('button', { name: '15 more' })).toHaveCount(0)
    await expect(curtain(bed)).toBeVisible()
    await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible({ timeout: 60_000 })
    await expect(bed.getByRole('dialog')).toHaveCount(0)
  })
})

test.describe('in minutes of 12 s', () => {
  test.use({ timeScale: 0.2 })

  test('[HZ-3] a knock at its end is a ring until the patient touches the screen @whole', async ({
    ward,
  }) => {
    const station = await ward.station()
    const bed = await (await ward.tablet()).newPage()
    await bed.clock.install()
    await startBed(bed, ward.server)
    await agreeToKnock(station, bed)
    await drawCurtain(bed)
    await bed.clock.fastForward(15 * 12_000)
    await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
    // Told the time anew: an offer that is three minutes old would be refused.
    await bed.reload()
    await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
    await station.getByRole('button', { name: 'Open bed 1' }).click()
    await expect(station.getByText('This tablet rings instead.')).toBeVisible()
    const { opened } = await mediaOf(bed)
    const rang = expect(
      bed.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' }),
    ).toBeVisible()
    // At this pace the sentence stands for a moment only: every frame is looked at.
    const ended = station.waitForFunction(() => document.body.innerText.includes('Call ended: no answer'))
    await station.getByRole('button', { name: 'Knock bed 1' }).click()
    await rang
    await ended
    await expect(bedStatus(station, '1')).toHaveText('Ready')
    await expectNothingOpened(bed, opened)
    await bed.getByText('When a nurse calls:').click()
    await station.getByRole('button', { name: 'Open bed 1' }).click()
    await expect(station.getByText('This tablet lets staff knock.')).toBeVisible()
  })
})
