/** What comes between an outpatient and their visit: a network, a screen, a camera or a server that goes. The place is kept. */
import type { Page, WebSocketRoute } from 'playwright/test'
import {
  comeIn,
  expect,
  heading,
  inCall,
  invited,
  kaarina,
  openWaitingRoom,
  ring,
  telephone,
  test,
  typeBirth,
  waits,
} from './visiting.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

const timo = { ...kaarina, title: 'First visit', name: 'Timo Korhonen', born: '1961-04-30' }

test('a telephone that is offline for a while says so, keeps its place, and comes back by itself @whole', async ({
  ward,
}) => {
  const { desk, appointmentId, phone } = await waits(ward)
  const { sinceMs } = await desk.view(appointmentId)
  await phone.context().setOffline(true)
  await expect(phone.getByText('Not connected. We keep your place', { exact: false })).toBeVisible({
    timeout: 40_000,
  })
  await phone.context().setOffline(false)
  await expect(phone.getByText('Not connected.', { exact: false })).toHaveCount(0)
  await expect(heading(phone)).toHaveText('You are checked in')
  expect(await desk.view(appointmentId)).toMatchObject({ state: 'waiting', sinceMs })
})

/** As a browser tells a page that nobody sees it, and that somebody does again. */
function turnScreen(phone: Page, state: 'hidden' | 'visible'): Promise<void> {
  return phone.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
    Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

/** A telephone that sleeps has its sockets closed by its system; a browser that is offline keeps those that it has. */
async function sleeper(phone: Page): Promise<{ sleep(): Promise<void> }> {
  const open = new Set<WebSocketRoute>()
  await phone.routeWebSocket(/./, (socket) => {
    open.add(socket).add(socket.connectToServer())
  })
  await phone.reload()
  await expect(heading(phone)).toHaveText('You are checked in')
  return {
    async sleep() {
      await turnScreen(phone, 'hidden')
      await phone.context().setOffline(true)
      await Promise.all([...open].map((socket) => socket.close()))
    },
  }
}

test('a screen that is locked for so long that staff see them gone: unlocked, they have the place that they had @whole', async ({
  ward,
}) => {
  const { desk, appointmentId, phone } = await waits(ward)
  const { sleep } = await sleeper(phone)
  const { sinceMs } = await desk.view(appointmentId)
  await sleep()
  const stateNow = async () => (await desk.view(appointmentId)).state
  await expect.poll(stateNow, { timeout: 60_000 }).toBe('away')
  await phone.context().setOffline(false)
  await turnScreen(phone, 'visible')
  await expect.poll(stateNow, { timeout: 30_000 }).toBe('waiting')
  expect((await desk.view(appointmentId)).sinceMs).toBe(sinceMs)
  await expect(heading(phone)).toHaveText('You are checked in')
})

test('a page that is closed in the call: by the same link they are back, staff see that they were cut off, and ring @whole', async ({
  ward,
}) => {
  const { station, phone, link } = await inCall(ward)
  const context = phone.context()
  await phone.close()
  await expect(station.getByText(/^Reconnecting/).first()).toBeVisible({ timeout: 40_000 })
  await station.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(station)
  const back = await context.newPage()
  await back.goto(link)
  await expect(heading(back)).toHaveText('Were you cut off?')
  expect((await mediaOf(back)).opened, 'nothing is on before the answer (HZ-2)').toBe(0)
  const row = (await openWaitingRoom(station)).getByRole('listitem', { name: kaarina.name })
  await expect(row).toContainText('Cut off, and waiting to come back')
  await station.keyboard.press('Escape')
  await ring(station)
  await back.getByRole('button', { name: 'Answer with video' }).click()
  await expectLivePicture(station, 'Kaarina Lahti’s video')
})

test('the server is killed while two wait: after the start each has the same place and the same messages @whole', async ({
  ward,
}) => {
  const { desk, appointmentId, phone } = await waits(ward)
  const link = await desk.letter(await desk.book(timo, 8))
  const second = await telephone(ward)
  await comeIn(second, link, timo)
  const { visitId, sinceMs } = await desk.view(appointmentId)
  await desk.say(visitId, 'The doctor comes soon')
  const expectPlaces = async () => {
    await expect(phone.getByText('Anna Laine: The doctor comes soon')).toBeVisible()
    await expect(phone.getByText('You are next.')).toBeVisible()
    await expect(second.getByText('1 person is before you.')).toBeVisible()
  }
  await expectPlaces()
  await ward.server.kill()
  for (const page of [phone, second])
    await expect(page.getByText('Not connected. We keep your place', { exact: false })).toBeVisible()
  await ward.server.start()
  for (const page of [phone, second])
    await expect(page.getByText('Not connected.', { exact: false })).toHaveCount(0)
  await expectPlaces()
  await expect.poll(async () => await desk.view(appointmentId)).toMatchObject({ state: 'waiting', sinceMs })
  await phone.reload()
  await expect(phone.getByText('Anna Laine: The doctor comes soon')).toBeVisible()
})

/** Sound that is not only received, but played: what is played is what has energy. */
async function expectHeard(station: Page): Promise<void> {
  const energy = async () => (await mediaOf(station)).audioEnergy
  const before = await energy()
  await expect.poll(energy, { message: 'sound that is played' }).toBeGreaterThan(before)
}

/** As a browser in which somebody pressed *Block*: the camera is never given, whatever asks for it. */
function denyCamera(): void {
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (constraints?.video) throw new DOMException('Permission denied', 'NotAllowedError')
    return await open(constraints)
  }
}

test('a camera that is denied: steps for this browser, then a call with sound only, and no camera ever (HZ-2) @whole', async ({
  ward,
}) => {
  const { station, link } = await invited(ward)
  const phone = await telephone(ward)
  await phone.addInitScript(denyCamera)
  await phone.goto(link)
  await typeBirth(phone, kaarina.born)
  await phone.getByRole('button', { name: 'Begin' }).click()
  await expect(heading(phone)).toHaveText('The camera is not allowed')
  await expect(phone.getByRole('listitem').filter({ hasText: 'Camera' })).not.toHaveCount(0)
  await phone.getByRole('button', { name: 'Go on with sound only' }).click()
  await expect(phone.getByText('We hear you.', { exact: true })).toBeVisible()
  await phone.getByRole('button', { name: 'Next' }).click()
  await phone.getByRole('button', { name: 'Yes', exact: true }).click()
  await expect(phone.getByText('Camera: not allowed')).toBeVisible()
  await phone.getByRole('button', { name: 'To the waiting room' }).click()
  const row = (await openWaitingRoom(station)).getByRole('listitem', { name: kaarina.name })
  await expect(row).toContainText('Sound only')
  await station.keyboard.press('Escape')
  await ring(station)
  await phone.getByRole('button', { name: 'Answer with video' }).click()
  await expectLivePicture(phone, 'Staff video')
  await expect(station.getByRole('region', { name: 'Who is it?' })).toBeVisible()
  await expectHeard(station)
  expect(await phone.evaluate(() => window.witness.tracks.map(({ kind }) => kind))).not.toContain('video')
})

test('whoever answers with sound only is heard, and is seen once they turn their camera on (HZ-2) @whole', async ({
  ward,
}) => {
  const { station, phone } = await waits(ward)
  await ring(station)
  await phone.getByRole('button', { name: 'Answer with sound only' }).click()
  await expectLivePicture(phone, 'Staff video')
  await expectHeard(station)
  expect(await phone.evaluate(() => window.witness.tracks.map(({ kind }) => kind))).toEqual(['audio'])
  await phone.getByRole('button', { name: 'Turn camera on' }).click()
  await expectLivePicture(station, 'Kaarina Lahti’s video')
})
