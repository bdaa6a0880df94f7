/** What goes wrong with a video visit: each time nobody is let in who should not be, and whoever it is for is told what to do. */
import {
  comeIn,
  deskOf,
  expect,
  heading,
  inCall,
  invited,
  kaarina,
  linkIn,
  openWaitingRoom,
  ring,
  telephone,
  test,
  typeBirth,
  waits,
  wardPhone,
} from './visiting.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

test('the wrong person: staff do not recognise them, the call ends, and their link leads nowhere (HZ-1)', async ({
  ward,
}) => {
  const { station, phone, link } = await inCall(ward)
  const strip = station.getByRole('region', { name: 'Who is it?' })
  await strip.getByRole('button', { name: 'It is somebody else' }).click()
  await expect(strip, 'one press ends nothing').toContainText('End the call and close this link?')
  await strip.getByRole('button', { name: 'End it' }).click()
  await expect(heading(phone)).toHaveText('Our staff ended this visit, because it is for somebody else.')
  await expect(phone.getByText(wardPhone)).toBeVisible()
  await expectCameraOff(phone)
  await expectCameraOff(station)
  await phone.goto('about:blank')
  await phone.goto(link)
  await expect(heading(phone)).toHaveText('This visit is over')
})

test('a forwarded link: the second device waits until staff let it in, and then the first is sent away (HZ-1) @whole', async ({
  ward,
}) => {
  const { station, phone, link } = await waits(ward)
  const other = await telephone(ward)
  await other.goto(link)
  await typeBirth(other, kaarina.born)
  await expect(heading(other)).toHaveText('This visit is open on another device')
  await expect(other.getByText(kaarina.name), 'it is not said whose visit it is').toHaveCount(0)
  await expect(heading(phone), 'the first keeps its place').toHaveText('You are checked in')
  const room = await openWaitingRoom(station)
  const row = room.getByRole('listitem', { name: kaarina.name })
  await expect(row).toContainText('Another device wants in.')
  await row.getByRole('button', { name: `Let it in: ${kaarina.name}` }).click()
  await expect(heading(phone)).toHaveText('Your visit goes on at your other device.')
  await expect(other.getByRole('button', { name: 'Skip the test' })).toBeVisible()
  await other.getByRole('button', { name: 'Skip the test' }).click()
  await expect(heading(other)).toHaveText('You are checked in')
  await phone.goto('about:blank')
  await phone.goto(link)
  await typeBirth(phone, kaarina.born)
  await expect(heading(phone)).toHaveText('This visit is open on another device')
})

test('a forwarded link that staff refuse: it is told to ring, and the patient is not disturbed (HZ-1) @whole', async ({
  ward,
}) => {
  const { station, phone, link } = await waits(ward)
  const other = await telephone(ward)
  await other.goto(link)
  await typeBirth(other, kaarina.born)
  await expect(heading(other)).toHaveText('This visit is open on another device')
  const row = (await openWaitingRoom(station)).getByRole('listitem', { name: kaarina.name })
  await row.getByRole('button', { name: `Refuse: ${kaarina.name}` }).click()
  await expect(row).not.toContainText('Another device wants in.')
  await expect(heading(other), 'they are told, and where to ring').toHaveText('Please ring us')
  await expect(row, 'nobody is asked twice of the same device').not.toContainText('Another device wants in.')
  await expect(heading(phone)).toHaveText('You are checked in')
})

test('five wrong dates of birth: only staff help on, by a new link, and the old one says so (HZ-1) @whole', async ({
  ward,
  mail,
}) => {
  const { station, link } = await invited(ward)
  const phone = await telephone(ward)
  await phone.goto(link)
  for (const [day, left] of [
    ['01', '4 tries'],
    ['02', '3 tries'],
    ['03', '2 tries'],
    ['05', '1 try'],
  ] as const) {
    await typeBirth(phone, `1948-11-${day}`)
    await expect(phone.getByRole('alert')).toHaveText(`That is not the date we have. You have ${left} left.`)
  }
  await typeBirth(phone, '1948-11-06')
  await expect(heading(phone)).toHaveText('Please ring us')
  await expect(phone.getByText(wardPhone)).toBeVisible()
  await phone.goto('about:blank')
  await phone.goto(link)
  await typeBirth(phone, kaarina.born)
  await expect(heading(phone), 'the right one comes too late').toHaveText('Please ring us')

  const row = (await openWaitingRoom(station)).getByRole('listitem', { name: kaarina.name })
  await expect(row).toContainText('Five wrong dates of birth. Their link lets nobody in.')
  await row.getByRole('button', { name: `Send a new link: ${kaarina.name}` }).click()
  await expect.poll(() => mail.delivered.length).toBe(1)
  await phone.goto('about:blank')
  await phone.goto(link)
  await expect(heading(phone)).toHaveText('There is a newer link')
  const [letter] = mail.delivered
  await comeIn(phone, letter ? linkIn(letter) : '')
})

test('a mail scanner opens the link twenty times, with and without scripts: nothing is used up @whole', async ({
  ward,
}) => {
  const { desk, appointmentId, link } = await invited(ward)
  const plain = await (await ward.tablet({ javaScriptEnabled: false })).newPage()
  for (let opened = 0; opened < 20; opened += 1) {
    await plain.goto('about:blank')
    expect((await plain.goto(link))?.status()).toBe(200)
  }
  const clever = await telephone(ward)
  for (let opened = 0; opened < 3; opened += 1) {
    await clever.goto('about:blank')
    await clever.goto(link)
    await expect(heading(clever)).toHaveText('When were you born?')
  }
  await expect(clever.getByText(kaarina.name)).toHaveCount(0)
  expect(await desk.view(appointmentId)).toMatchObject({ state: 'invited', device: 'none', isBlocked: false })
  await comeIn(await telephone(ward), link)
})

test('a visit that is cancelled while they wait: the page and a letter say so, and the link as well @whole', async ({
  ward,
  mail,
}) => {
  const station = await ward.station()
  const desk = await deskOf(station)
  const appointmentId = await desk.book(kaarina, 5)
  await desk.mail(appointmentId)
  await expect.poll(() => mail.delivered.length).toBe(1)
  const [letter] = mail.delivered
  const link = letter ? linkIn(letter) : ''
  const phone = await telephone(ward)
  await comeIn(phone, link)
  await desk.edit(appointmentId, { status: 'cancelled', cancelReason: 'The doctor is ill' })
  await expect(heading(phone)).toHaveText('This visit was cancelled.')
  await expect(phone.getByText(wardPhone)).toBeVisible()
  await expect.poll(() => mail.delivered.at(-1)?.calendar?.method).toBe('CANCEL')
  await phone.goto('about:blank')
  await phone.goto(link)
  await expect(heading(phone)).toHaveText('This visit is cancelled')
  await expect(station.getByRole('button', { name: 'Video visits', exact: true })).toBeVisible()
})

test('a visit that is moved while they wait: the page says the new time, and checks in again when it comes @whole', async ({
  ward,
}) => {
  const { desk, appointmentId, phone } = await waits(ward)
  const moveTo = (startMs: number) =>
    desk.edit(appointmentId, { when: { type: 'at', startMs, endMs: startMs + 30 * 60_000 } })
  await moveTo(Date.now() + 2 * 60 * 60_000)
  await expect(heading(phone)).toHaveText(/^Your visit: /)
  await expect(phone.getByText('You are early.', { exact: false })).toBeVisible()
  expect((await desk.view(appointmentId)).state).toBe('ahead')
  await moveTo(Date.now() + 60_000)
  await expect(heading(phone)).toHaveText('You are checked in')
})

test('nobody comes: whoever waits reads how late it is and where to ring, and staff how long they wait @whole', async ({
  ward,
}) => {
  const { station, phone } = await waits(ward, -12)
  await expect(phone.getByText(/^It is running about 1\d minutes late\.$/)).toBeVisible()
  await expect(phone.getByText(wardPhone)).toBeVisible()
  await expect(station.getByRole('list', { name: 'Waiting' })).toContainText(
    'Kaarina Lahti waits for a video visit',
  )
})

test('*Not now* keeps the place: staff are told, and ring again @whole', async ({ ward }) => {
  const { station, phone } = await waits(ward)
  await ring(station)
  await phone.getByRole('button', { name: 'Not now' }).click()
  await expect(heading(phone)).toHaveText('You are checked in')
  await expect(phone.getByText('You said not now.', { exact: false })).toBeVisible()
  await expectCameraOff(phone)
  await expect(
    station.getByText('Kaarina Lahti said not now. Ring again later, or by telephone.'),
  ).toBeVisible()
  await ring(station)
  await phone.getByRole('button', { name: 'Answer with video' }).click()
  await expectLivePicture(station, 'Kaarina Lahti’s video')
})

test('an app that only shows pages: it is said how to come to Safari, with the link in the address @whole', async ({
  ward,
}) => {
  const { link } = await invited(ward)
  const userAgent =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83 Instagram 356.0.0.28.103'
  const phone = await (await ward.tablet({ viewport: { width: 390, height: 844 }, userAgent })).newPage()
  await phone.goto(link)
  await expect(heading(phone)).toHaveText('Open this page in Safari')
  await expect(phone.getByRole('listitem').first()).toBeVisible()
  expect(phone.url()).toBe(link)
  expect((await mediaOf(phone)).opened).toBe(0)
  await phone.getByRole('button', { name: 'Go on here all the same' }).click()
  await expect(heading(phone)).toHaveText('When were you born?')
  expect(new URL(phone.url()).hash).toBe('')
})

test('a browser without calls: a sentence, others that can, and the telephone number @whole', async ({
  ward,
}) => {
  const { link } = await invited(ward)
  const phone = await telephone(ward)
  await phone.addInitScript(() => Reflect.deleteProperty(window, 'RTCPeerConnection'))
  await phone.goto(link)
  await expect(heading(phone)).toHaveText('This browser cannot make video calls')
  await expect(
    phone.getByText('Open your link in Safari, Chrome, Edge or Firefox', { exact: false }),
  ).toBeVisible()
  await expect(phone.getByRole('link', { name: `Ring ${wardPhone}` })).toBeVisible()
})
