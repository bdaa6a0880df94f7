/** What the patient of a simulated day asks for, and what nurses do about it. */
import type { Locator, Page } from 'playwright'
import { type RequestReason, requestReasons } from '../../../src/protocol/request.ts'
import { type Chance, pick } from '../prng.ts'
import type { Request } from './plan.ts'
import { isReady, label, type Ward } from './ward.ts'

const words: Readonly<Record<RequestReason, string>> = {
  water: 'Water',
  pain: 'Pain',
  toilet: 'Toilet',
  question: 'Question',
  other: 'Other',
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const asked = (bed: Page, reason: RequestReason): Locator =>
  bed.getByRole('list', { name: 'What I asked for' }).getByRole('listitem').filter({ hasText: words[reason] })

/** One that is not open; null: all are. */
export function freeReason(chance: Chance, open: readonly Request[]): RequestReason | null {
  const free = requestReasons.filter((reason) => !open.some((one) => one.reason === reason))
  return free.length > 0 ? pick(chance, free) : null
}

async function press(bed: Page, reason: RequestReason): Promise<void> {
  await button(bed, 'Ask my nurse').click()
  await bed.getByRole('dialog').getByRole('button', { name: words[reason], exact: true }).click()
}

export async function ask({ bed }: Ward, reason: RequestReason): Promise<void> {
  await press(bed, reason)
  await asked(bed, reason).filter({ hasText: 'Sent.' }).waitFor()
}

/** [HZ-4] Said at once, dismissed by the patient, and made by nobody when the network is back. */
export async function askNobody({ bed, way, comes }: Ward, reason: RequestReason): Promise<void> {
  way.stop()
  await comes('word that nobody can be reached', () => bed.getByText(/^Cannot be called since/).isVisible())
  await press(bed, reason)
  await bed.getByRole('alert').filter({ hasText: 'Not sent' }).waitFor()
  way.goOn()
  await comes('Ready', () => isReady(bed))
  await button(bed, 'OK').click()
}

export async function see({ bed, station, comes }: Ward, { reason }: Request): Promise<void> {
  await button(station(), `Seen, bed ${label}: ${words[reason]}`).click()
  await comes('the name of who has seen it', () =>
    asked(bed, reason)
      .getByText(/^Seen by/)
      .isVisible(),
  )
}

export async function promise({ bed, station, comes }: Ward, { reason }: Request): Promise<void> {
  await button(station(), `On my way now, bed ${label}: ${words[reason]}`).click()
  await comes('the name of who comes', () =>
    asked(bed, reason)
      .getByText(/is on the way/)
      .isVisible(),
  )
}

export async function end({ bed, station, comes }: Ward, { kind, reason }: Request): Promise<void> {
  if (kind === 'a nurse is here') await button(bed, `Nurse is here: ${words[reason]}`).click()
  else if (kind === 'taken back') await button(bed, `Take back: ${words[reason]}`).click()
  else await button(station(), `Done, bed ${label}: ${words[reason]}`).click()
  await comes('its end', async () => (await asked(bed, reason).count()) === 0)
}
