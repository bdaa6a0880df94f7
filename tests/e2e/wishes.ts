/** What a nurse does about a patient's stay, at the screens that are there for it. */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright/test'
import { unspoken, type Wishes } from '../../src/protocol/wishes.ts'
import { openStation, signIn } from '../server/client.ts'
import type { Server } from './server.ts'

export type Said = Readonly<Record<string, string>>

/** Opens a bed's panel. */
export async function openBedPanel(station: Page, label: string) {
  await station.getByRole('button', { name: `Open bed ${label}`, exact: true }).click()
  const panel = station.getByRole('region', { name: `Details of bed ${label}`, exact: true })
  await panel.waitFor()
  return panel
}

/** Changes what the patient of this bed wishes: each list by its label. */
export async function changeWishes(station: Page, label: string, said: Said): Promise<void> {
  const panel = await openBedPanel(station, label)
  await panel.getByRole('button', { name: 'Change wishes' }).click()
  const dialog = station.getByRole('dialog', { name: /^Wishes of/ })
  for (const [field, option] of Object.entries(said))
    await dialog.getByRole('combobox', { name: field, exact: true }).selectOption(option)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Agrees with the patient of this bed that staff may knock, and waits until the tablet has heard of it. */
export async function agreeToKnock(station: Page, bed: Page, label = '1'): Promise<void> {
  await changeWishes(station, label, {
    'When staff call': 'Knock, then come in after 10 seconds',
    'Who agreed to this': 'The patient',
  })
  await bed.getByRole('radio', { name: /Knock, then come in/, checked: true }).waitFor()
}

/** Gives this bed's patient quiet hours from six hours ago to six hours ahead, so that they are now at any hour of the test. */
export async function quietNow(station: Page, label = '1'): Promise<void> {
  const panel = await openBedPanel(station, label)
  await panel.getByRole('button', { name: 'Change wishes' }).click()
  const dialog = station.getByRole('dialog', { name: /^Wishes of/ })
  const clock = (ahead: number) =>
    new Date(Date.now() + ahead * 3_600_000).toLocaleTimeString('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
    })
  await dialog.getByLabel('Quiet from').fill(clock(-6))
  await dialog.getByLabel('until', { exact: true }).fill(clock(6))
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
}

export type Wish = (changed: Partial<Wishes>) => Promise<void>

/** Changes wishes from a colleague's station that has no screen: none that is looked at is in the way, or moves. */
export function wishesOf(server: Server, label = '1', staff = 1): Wish {
  const { origin } = server
  let signingIn: Promise<string> | undefined
  return async (changed) => {
    signingIn ??= signIn(origin, server.demo().staff[staff]?.url ?? '')
    const station = await openStation(origin, await signingIn)
    const bed = station.welcome.snapshot?.beds.find((one) => one.label === label)
    const wishes = { ...unspoken, ...bed?.wishes, ...changed }
    const admissionId = bed?.stay.admissionId ?? ''
    station.say({ type: 'admission.wish', actId: randomUUID(), admissionId, wishes })
    const { refusal } = await station.hear('admission.answered')
    await station.cut()
    if (refusal !== null) throw new Error(refusal)
  }
}

type Patient = { readonly born: string; readonly number: string }

/** Discharges whoever lies there. */
export async function discharge(station: Page, label: string, { born, number }: Patient): Promise<void> {
  const panel = await openBedPanel(station, label)
  await panel.getByRole('button', { name: 'Discharge' }).click()
  const dialog = station.getByRole('dialog', { name: /^Discharge/ })
  await dialog.getByLabel('Date of birth').fill(born)
  await dialog.getByLabel('Number of the hospital').fill(number)
  await dialog.getByRole('button', { name: 'Discharge' }).click()
}
