/** The calls of a simulated day. They take real time: pictures and sound know no other. */
import { setTimeout as pass } from 'node:timers/promises'
import type { Page } from 'playwright'
import type { EndReason } from '../../../src/protocol/call.ts'
import { mediaOf } from '../../e2e/witness.ts'
import { between, type Chance } from '../prng.ts'
import type { CallKind } from './plan.ts'
import { label, type Ward } from './ward.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function ring({ bed, station }: Ward): Promise<void> {
  await button(station(), `Call bed ${label}`).click()
  await button(bed, 'Answer').waitFor()
}

async function live({ bed, station, comes }: Ward): Promise<void> {
  for (const page of [bed, station()]) await button(page, 'End call').waitFor()
  const before = (await mediaOf(bed)).framesDecoded
  await comes('a picture', async () => (await mediaOf(bed)).framesDecoded > before + 3, 'as it goes')
}

async function answered(ward: Ward, chance: Chance): Promise<void> {
  await ring(ward)
  await button(ward.bed, 'Answer').click()
  await live(ward)
  await pass(between(chance, 500, 4_000))
}

/** [HZ-2] Neither end shows a call, and neither has a camera or a microphone on. */
async function over({ bed, station, comes }: Ward, pace: 'ahead' | 'as it goes'): Promise<void> {
  const isOver = async (page: Page) =>
    (await button(page, 'End call').count()) + (await mediaOf(page)).liveTracks === 0
  await comes('the end', async () => (await isOver(bed)) && (await isOver(station())), pace)
}

const isSilent = (page: Page) =>
  page
    .getByText(/Reconnecting|Connecting/)
    .first()
    .isVisible()

async function breakAir({ way, air }: Ward): Promise<void> {
  way.stop()
  await air({ lossPercent: 100 })
}

async function mendAir({ way, air }: Ward): Promise<void> {
  await air({})
  way.goOn()
}

async function knock({ station }: Ward): Promise<void> {
  const panel = station().getByRole('region', { name: `Details of bed ${label}`, exact: true })
  if (!(await panel.isVisible())) await button(station(), `Open bed ${label}`).click()
  await button(station(), `Knock bed ${label}`).click()
}

const ways: Readonly<Record<CallKind, (ward: Ward, chance: Chance) => Promise<EndReason>>> = {
  async 'the station ends it'(ward, chance) {
    await answered(ward, chance)
    await button(ward.station(), 'End call').click()
    return 'hung-up'
  },
  async 'the patient ends it'(ward, chance) {
    await answered(ward, chance)
    await button(ward.bed, 'End call').click()
    return 'hung-up'
  },
  async 'the patient says not now'(ward) {
    await ring(ward)
    await button(ward.bed, 'Not now').click()
    return 'declined'
  },
  async 'the station stops calling'(ward) {
    await ring(ward)
    await button(ward.station(), 'Cancel call').click()
    return 'cancelled'
  },
  async 'nobody answers'(ward) {
    await ring(ward)
    await ward.comes(
      'the end of its ring',
      async () => !(await button(ward.bed, 'Answer').isVisible()),
      'as it goes',
    )
    return 'no-answer'
  },
  async 'a knock'(ward, chance) {
    await knock(ward)
    await live(ward)
    await pass(between(chance, 500, 3_000))
    await button(ward.station(), 'End call').click()
    return 'hung-up'
  },
  async 'the network breaks and comes back'(ward, chance) {
    await answered(ward, chance)
    await breakAir(ward)
    await ward.comes('word of the loss', () => isSilent(ward.station()), 'as it goes')
    await pass(between(chance, 500, 8_000))
    await mendAir(ward)
    await ward.comes(
      'the call again',
      async () => !(await isSilent(ward.station())) && !(await isSilent(ward.bed)),
      'as it goes',
    )
    await live(ward)
    await button(ward.station(), 'End call').click()
    return 'hung-up'
  },
  async 'the network breaks it off'(ward, chance) {
    await answered(ward, chance)
    await breakAir(ward)
    // What is lost is silent: no time that is set ahead can make it seem so.
    await over(ward, 'ahead')
    await mendAir(ward)
    return 'connection-lost'
  },
}

/** Answers the reason that the record must give. */
export async function makeCall(ward: Ward, kind: CallKind, chance: Chance): Promise<EndReason> {
  const reason = await ways[kind](ward, chance)
  await over(ward, 'as it goes')
  return reason
}

/** A call goes on for longer than a tablet waits for an update when nobody needs it. */
export async function longCall(
  ward: Ward,
  chance: Chance,
  meanwhile: () => Promise<void>,
): Promise<EndReason> {
  await answered(ward, chance)
  await meanwhile()
  await live(ward)
  await button(ward.station(), 'End call').click()
  await over(ward, 'as it goes')
  return 'hung-up'
}
