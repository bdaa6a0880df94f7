/** The hospital's record as a nurse sees it: her board says when nobody vouches for its names, and when somebody does again. */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright/test'
import { sendAll } from '../../src/server/adt/send.ts'
import { messageText, readAck, type Say, type Told, timeText } from '../fakes/adt.ts'
import { freePort, newServer } from './server.ts'
import { expect, test as wards } from './ward.ts'

const test = wards.extend<{ feedPort: number }>({
  feedPort: async ({ timeScale: _ }, use) => use(await freePort()),
  server: async ({ timeScale, feedPort }, use) => {
    const environment = { BEDSIDE_ADT_PORT: String(feedPort), BEDSIDE_ADT_MINUTES: '1' }
    const server = await newServer(timeScale, { environment })
    await server.start()
    await use(server)
    await server.remove()
  },
})

const bed = (label: string) => ['Ward 4B', '', label] as const
const anna = { number: 'MRN-1', name: ['Öberg', 'Anna'], born: '19500102' } satisfies Told
const eero = { number: 'DEMO-1048', name: ['Salonen', 'Eero'], born: '19480302' } satisfies Told
const helmi = { number: 'DEMO-1139', name: ['Virtanen', 'Helmi'], born: '19391119' } satisfies Told

const card = (station: Page, label: string) =>
  station.getByRole('listitem', { name: `Bed ${label}`, exact: true })
const unverified = /^Unverified: the hospital’s record is silent/

async function says(port: number, ...all: Pick<Say, 'trigger' | 'people' | 'at'>[]): Promise<string[]> {
  const messages = all.map((say) => Buffer.from(messageText({ ...say, controlId: randomUUID() })))
  return (await sendAll(port, '127.0.0.1', messages)).map((answer) => readAck(answer).code)
}

test('[HZ-1] names are unverified while the hospital’s record is silent, and no more once it has caught up @whole', async ({
  ward,
  feedPort,
}) => {
  // The shortest silence that can be asked for is a minute.
  test.setTimeout(180_000)
  const startedMs = Date.now()
  const at = (seconds: number) => timeText(startedMs + seconds * 1_000)
  const station = await ward.station()
  await expect(card(station, '1').getByText(unverified), 'never heard').toBeVisible()
  expect(await says(feedPort, { trigger: 'A08', people: [eero], at: at(1) })).toEqual(['AA'])
  await expect(station.getByText(unverified)).toHaveCount(0)
  await expect(card(station, '1').getByText(unverified)).toBeVisible({ timeout: 90_000 })
  await expect(card(station, '1')).toContainText('Eero Salonen')
  const backlog = [
    { trigger: 'A08', people: [{ ...eero, name: ['Salonen', 'Eero Juhani'] }], at: at(5) },
    { trigger: 'A02', people: [{ ...anna, place: bed('2') }], at: at(30) },
    { trigger: 'A03', people: [helmi], at: at(10) },
    { trigger: 'A02', people: [{ ...anna, place: bed('2') }], at: at(40) },
    { trigger: 'A01', people: [{ ...helmi, place: bed('2') }], at: at(4) },
  ] satisfies Pick<Say, 'trigger' | 'people' | 'at'>[]
  expect(await says(feedPort, ...backlog), 'a bed is never taken from whoever lies there').toEqual([
    ...['AA', 'AE', 'AA', 'AA', 'AA'],
  ])
  await expect(card(station, '1')).toContainText('Eero Juhani Salonen')
  await expect(card(station, '2')).toContainText('Anna Öberg')
  await expect(station.getByText(unverified)).toHaveCount(0)
})
