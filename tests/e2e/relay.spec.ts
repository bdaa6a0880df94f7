/** Calls that a relay carries (TURN, RFC 8656): a real coturn, and browsers that may use nothing else. */
import type { Page } from 'playwright/test'
import { hasten } from './hasten.ts'
import { expectWay, test } from './relayed.ts'
import { bedStatus, callAndAnswer, expect } from './ward.ts'
import { expectCameraOff, expectLivePicture } from './witness.ts'

function ufragOf(page: Page): Promise<string> {
  return page.evaluate(
    () => /a=ice-ufrag:(\S+)/.exec(window.witness.links.at(-1)?.localDescription?.sdp ?? '')?.[1] ?? '',
  )
}

// The engine alone does not know which cameras it may use.
test.use({ kind: 'browser' })

test('[TURN-12] where Wi-Fi keeps its clients apart a call at the bed goes by the relay, and ends there', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  await expectWay(station, 'through the relay, UDP')
  const told = await station.evaluate(() =>
    [...(window.witness.links.at(-1)?.localDescription?.sdp.matchAll(/ typ (\w+)/g) ?? [])].map(
      ([, type]) => type,
    ),
  )
  expect(new Set(told), 'the other end learns no address but the relay’s').toEqual(new Set(['relay']))
  await bed.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
  await expectCameraOff(station)
})

test.describe('the relay by TLS is not there', () => {
  test.use({ besides: ['turns:127.0.0.1:9'] })
  test('[TURN-16] a station that asks, and a tablet by itself, say which ways to the relay work @whole', async ({
    ward,
  }) => {
    const [station, bed] = [await ward.station(), await ward.bed()]
    await station.getByRole('button', { name: 'This device' }).click()
    const check = station.getByRole('dialog', { name: 'This device' })
    const line = (what: string) => check.locator('.checks > div').filter({ hasText: what })
    await expect(line('Relay by UDP')).toContainText('Works')
    await expect(line('Relay by TLS')).toContainText('Does not work')
    await expect(line('Relay by TCP')).toHaveCount(0)
    await expect(line('Server')).toContainText('Works')
    await expect(line('Camera and microphone')).toContainText('Works')
    // What a tablet does a quarter of a minute after it has begun.
    await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
    const admin = await (await ward.tablet()).newPage()
    await admin.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
    await admin.getByRole('button', { name: 'Tablets', exact: true }).click()
    await expect(admin.getByRole('row', { name: /^1 / })).toContainText('Relay: UDP works, TLS does not', {
      timeout: 60_000,
    })
  })
})

test.describe('only TCP is open', () => {
  test.use({ transport: 'tcp' })
  test('[TURN-12] a network that lets no UDP out still carries the call @whole', async ({ ward }) => {
    const [station, bed] = [await ward.station(), await ward.bed()]
    await callAndAnswer(station, bed)
    await expectLivePicture(station, 'Patient video')
    await expectLivePicture(bed, 'Staff video')
    await expectWay(station, 'through the relay, TCP')
  })
})

test.describe('the relay is a second way', () => {
  test.use({ ways: 'all' })
  test('[TURN-13] a relay that is down is missed by no call that can do without it @whole', async ({
    ward,
    relay,
  }) => {
    await relay.stop()
    const [station, bed] = [await ward.station(), await ward.bed()]
    await callAndAnswer(station, bed)
    await expectLivePicture(station, 'Patient video')
    await expectWay(station, 'direct, UDP')
  })
})

test.describe('times are short', () => {
  test.use({ timeScale: 0.2 })
  test('[TURN-13] a relay that goes away in a call that has no other way: reconnecting, then a true end, and cameras off (HZ-2, HZ-5) @whole', async ({
    ward,
    relay,
  }) => {
    const [station, bed] = [await ward.station(), await ward.bed()]
    for (const page of [station, bed]) await hasten(page, { connectMs: 30_000, relinkMs: 10_000 })
    await expect(bedStatus(station, '1')).toHaveText('Ready')
    await callAndAnswer(station, bed)
    await expectLivePicture(station, 'Patient video')
    await relay.stop()
    await expect(bed.getByText('Reconnecting').first()).toBeVisible()
    await expect(station.getByText('Call ended: connection lost')).toBeVisible({ timeout: 100_000 })
    await expectCameraOff(bed)
    await expectCameraOff(station)
  })
})

test.describe('times are shorter still', () => {
  test.use({ timeScale: 0.25 })
  test('[TURN-14] credentials that ran out in a call: it goes on, and finds another way by fresh ones @whole', async ({
    ward,
  }) => {
    const [station, bed] = [await ward.station(), await ward.bed()]
    test.setTimeout(400_000)
    // What the relay lets through is short; to make a link a slow machine has its time.
    for (const page of [station, bed])
      await hasten(page, { connectMs: 30_000, relinkMs: 10_000, reconnectMs: 60_000 })
    await expect(bedStatus(station, '1')).toHaveText('Ready')
    await callAndAnswer(station, bed)
    await expectLivePicture(station, 'Patient video')
    const namesOf = (page: Page) =>
      page.evaluate(() => window.witness.links.at(-1)?.getConfiguration().iceServers?.[0]?.username ?? '')
    const first = await namesOf(bed)
    const expiresMs = Number(first.split(':')[0]) * 1_000
    // The relay counts whole seconds, by this machine's clock.
    await expect.poll(() => Date.now() > expiresMs + 2_000, { timeout: 150_000 }).toBe(true)
    expect(await namesOf(bed)).not.toBe(first)
    await expectLivePicture(station, 'Patient video')
    const before = await ufragOf(station)
    await station.evaluate(() => dispatchEvent(new Event('online')))
    await expect.poll(() => ufragOf(station)).not.toBe(before)
    await expectLivePicture(station, 'Patient video')
    await expectLivePicture(bed, 'Staff video')
    await expectWay(station, 'through the relay, UDP')
  })
})
