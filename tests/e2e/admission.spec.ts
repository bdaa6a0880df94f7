import type { Page } from 'playwright/test'
import { bedStatus, expect, test } from './ward.ts'
import { agreeToKnock, changeWishes, discharge, openBedPanel } from './wishes.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

test.use({ keepsApp: true })

const eero = { born: '1948-03-02', number: 'DEMO-1048' }
const helmi = { born: '1939-11-19', number: 'DEMO-1139' }
const card = (station: Page, label: string) =>
  station.getByRole('listitem', { name: `Bed ${label}`, exact: true })
const unwiped = 'Not yet wiped'

async function dischargeDone(station: Page, label: string, patient: typeof eero): Promise<void> {
  await discharge(station, label, patient)
  await expect(card(station, label)).toContainText('No patient')
  // The card is told by the ward, the dialog by the answer: which comes first is open.
  await expect(station.getByRole('dialog', { name: /^Discharge/ })).toHaveCount(0)
}

test('[HZ-1] a nurse admits by keyboard alone, and everybody sees who lies there @whole', async ({
  ward,
}) => {
  const [station, other] = [await ward.station(0), await ward.station(1)]
  await dischargeDone(station, '1', eero)
  await station.getByRole('region', { name: 'Admission' }).getByRole('button', { name: 'Admit' }).focus()
  const { keyboard } = station
  await keyboard.press('Enter')
  await expect(station.getByRole('dialog', { name: 'Admit to bed 1' })).toBeVisible()
  await keyboard.type('Aino Mäkinen')
  await keyboard.press('Enter')
  await expect(station.getByRole('alert')).toHaveText('Type the date of birth, with its year.')
  await keyboard.press('Tab')
  await keyboard.type('05271944')
  // Past the calendar's own button.
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await expect(station.getByLabel('Number of the hospital')).toBeFocused()
  await keyboard.type('NEW-1')
  await keyboard.press('Tab')
  await keyboard.type('Knock from')
  // Enter in a field says it; in a list it opens the list.
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  const admitted = station.getByRole('dialog', { name: 'Aino Mäkinen is admitted to bed 1.' })
  await expect(admitted).toContainText('The tablet is not connected')
  await keyboard.press('Enter')
  await expect(station.getByRole('dialog')).toHaveCount(0)
  await expect(card(other, '1')).toContainText('Aino Mäkinen')
  await expect(card(other, '1')).toContainText(/born 27 May 1944/)
  await expect(station.getByRole('region', { name: 'Admission' })).toContainText('Knock from 7 to 21')
})

test('[HZ-1] of two nurses who admit to one bed the second reads that somebody was first @whole', async ({
  ward,
}) => {
  const [anna, ben] = [await ward.station(0), await ward.station(1)]
  await dischargeDone(anna, '1', eero)
  async function fill(station: Page, name: string, number: string) {
    const panel = await openBedPanel(station, '1')
    await panel.getByRole('button', { name: 'Admit' }).click()
    const dialog = station.getByRole('dialog', { name: 'Admit to bed 1' })
    await dialog.getByLabel('Patient’s name').fill(name)
    await dialog.getByLabel('Date of birth').fill('1950-01-01')
    await dialog.getByLabel('Number of the hospital').fill(number)
    return dialog.getByRole('button', { name: 'Admit' })
  }
  const [first, second] = [await fill(anna, 'Aino Mäkinen', 'NEW-1'), await fill(ben, 'Otto Lind', 'NEW-2')]
  await first.click()
  await expect(card(ben, '1')).toContainText('Aino Mäkinen')
  await second.click()
  await expect(ben.getByRole('alert')).toHaveText(/^Somebody else was given this bed a moment ago\./)
  await expect(card(ben, '1')).not.toContainText('Otto Lind')
})

test('[HZ-6] a discharge ends the call, and the next patient sees nothing of the last', async ({ ward }) => {
  const [station, ben, bed] = [await ward.station(0), await ward.station(1), await ward.bed('1')]
  await expect(card(station, '1')).not.toContainText(unwiped)
  await changeWishes(station, '1', { Language: 'Suomi', 'Text size': '150 %' })
  await expect(bed.getByText('Valmis', { exact: true })).toBeVisible()
  await expect(bed.getByRole('region', { name: 'Oma päiväni' })).toBeVisible()
  await ben.getByRole('button', { name: 'Call bed 1' }).click()
  await bed.getByRole('button', { name: 'Vastaa' }).click()
  await expectLivePicture(ben, 'Patient video')
  await dischargeDone(station, '1', eero)
  await expect(ben.getByText('The patient at Bed 1 has changed. Look again.')).toBeVisible()
  await expectCameraOff(bed)
  await expectCameraOff(ben)
  await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expect(card(station, '1')).not.toContainText(unwiped)
  await expect(bed.getByRole('region', { name: 'My plan today' })).not.toContainText('Anna')
  const size = () => bed.evaluate(() => document.documentElement.style.getPropertyValue('--text'))
  expect(await size()).toBe('1')
  const kept = await bed.evaluate(async () => {
    const found: string[] = [JSON.stringify({ ...localStorage })]
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const asked = indexedDB.open(name)
        asked.onsuccess = () => resolve(asked.result)
      })
      for (const store of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve) => {
          const asked = database.transaction(store).objectStore(store).getAll()
          asked.onsuccess = () => resolve(asked.result)
        })
        found.push(`${name}/${store}: ${JSON.stringify(rows)}`)
      }
      database.close()
    }
    return found.join('\n')
  })
  expect(kept).not.toMatch(/Eero|Salonen|DEMO-1048|Suomi|"fi"|Anna/)
})

test('[HZ-6] a tablet that was away at the discharge is red until it has come back and wiped @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  await expect(card(station, '1')).not.toContainText(unwiped)
  const context = bed.context()
  await bed.close()
  await expect(bedStatus(station, '1')).toHaveText(/^Offline/)
  await dischargeDone(station, '1', eero)
  await expect(card(station, '1')).toContainText(unwiped)
  await station.reload()
  await expect(card(station, '1')).toContainText(unwiped)
  const back = await context.newPage()
  await back.goto(`${ward.server.origin}/bed`)
  await expect(back.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expect(card(station, '1')).not.toContainText(unwiped)
})

test('[HZ-1] a move and a swap rename both beds at once, and who is called then is who is shown', async ({
  ward,
}) => {
  const [station, other] = [await ward.station(0), await ward.station(1)]
  const [first, second] = [await ward.bed('1'), await ward.bed('2')]
  const panel = await openBedPanel(station, '1')
  await panel.getByRole('button', { name: 'Swap' }).click()
  await station.getByRole('radio', { name: /Helmi Virtanen/ }).check()
  await station.getByRole('dialog').getByRole('button', { name: 'Swap' }).click()
  await expect(card(other, '1')).toContainText('Helmi Virtanen')
  await expect(card(other, '2')).toContainText('Eero Salonen')
  await other.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(first.getByRole('button', { name: 'Answer' })).toBeVisible()
  await expect(other.getByRole('region', { name: 'Call', exact: true })).toContainText('Helmi Virtanen')
  expect((await mediaOf(second)).liveTracks).toBe(0)
  await expect(second.getByRole('button', { name: 'Answer' })).toHaveCount(0)

  // Helmi is moved away while she rings: nobody else answers in her place.
  await dischargeDone(station, '2', eero)
  await (await openBedPanel(station, '1')).getByRole('button', { name: 'Move' }).click()
  await station.getByRole('radio', { name: 'Bed 2, free' }).check()
  await station.getByRole('dialog').getByRole('button', { name: 'Move' }).click()
  await expect(first.getByRole('button', { name: 'Answer' })).toHaveCount(0)
  await expect(other.getByText('The patient at Bed 1 has changed. Look again.')).toBeVisible()
  await expect(card(other, '1')).toContainText('No patient')
  await expect(card(other, '2')).toContainText('Helmi Virtanen')
  await discharge(station, '2', { ...helmi, number: 'DEMO-1048' })
  await expect(station.getByRole('alert')).toHaveText(/Nobody was discharged\.$/)
})

test('[HZ-3] in person only rings nobody, and the caller is sent to the bed @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  await changeWishes(station, '1', { 'When staff call': 'No calls: come to the bed in person' })
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(station.getByText('In person only, please go to the bed.')).toBeVisible()
  await expect(bed.getByRole('button', { name: 'Answer' })).toHaveCount(0)
  await expectCameraOff(bed)
})

test('[HZ-3] in quiet hours a knock is a ring and the screen is dim; the patient may choose a ring before @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  await agreeToKnock(station, bed)
  await expect(station.getByText('This tablet lets staff knock.')).toBeVisible()
  await bed.getByRole('radio', { name: /^Ring/ }).check()
  await expect(station.getByText('This tablet rings instead.')).toBeVisible()
  await bed.getByRole('radio', { name: /^Knock/ }).check()
  const panel = await openBedPanel(station, '1')
  await panel.getByRole('button', { name: 'Change wishes' }).click()
  const dialog = station.getByRole('dialog', { name: /^Wishes of/ })
  await dialog.getByLabel('Quiet from').fill('00:00')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('Type both ends of the quiet hours, or neither.')
  await dialog.getByLabel('until', { exact: true }).fill('23:59')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(bed.locator('#app')).toHaveClass(/quiet/)
  await station.getByRole('button', { name: 'Knock bed 1' }).click()
  await expect(bed.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' })).toBeVisible()
})

test('without the server nothing is changed, and it says so @whole', async ({ ward }) => {
  const station = await ward.station()
  const panel = await openBedPanel(station, '1')
  await panel.getByRole('button', { name: 'Discharge' }).click()
  const dialog = station.getByRole('dialog')
  await dialog.getByLabel('Date of birth').fill(eero.born)
  await dialog.getByLabel('Number of the hospital').fill(eero.number)
  await ward.server.kill()
  await expect(station.getByText(/What you see is from then/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Discharge' }).click()
  await expect(dialog.getByRole('alert')).toHaveText(/^This cannot be done without the ward’s server/)
})

test('[HZ-11] an admission ends with the sound of a call at the bed, and whether it was heard @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  await dischargeDone(station, '1', eero)
  await station.getByRole('region', { name: 'Admission' }).getByRole('button', { name: 'Admit' }).click()
  const dialog = station.getByRole('dialog', { name: 'Admit to bed 1' })
  await dialog.getByLabel('Patient’s name').fill('Aino Mäkinen')
  await dialog.getByLabel('Date of birth').fill('1944-05-27')
  await dialog.getByLabel('Number of the hospital').fill('NEW-1')
  await dialog.getByRole('button', { name: 'Admit' }).click()
  await expect(station.getByRole('dialog', { name: /^Aino Mäkinen is admitted/ })).toContainText(
    'It plays at',
  )
  const question = bed.getByRole('dialog', { name: 'Did you hear that?' })
  await question.getByRole('button', { name: 'Louder' }).click()
  await question.getByRole('button', { name: 'Yes' }).click()
  await expect(question).toHaveCount(0)
})

test('[HZ-11] the sound of a call is tried at the bed, and made louder there @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  const panel = await openBedPanel(station, '1')
  await panel.getByRole('button', { name: 'Play the call sound at the bed' }).click()
  const question = bed.getByRole('dialog', { name: 'Did you hear that?' })
  await question.getByRole('button', { name: 'Louder' }).click()
  await question.getByRole('button', { name: 'Yes' }).click()
  await expect(question).toHaveCount(0)
})

test('[HZ-3] a patient who is away is said to be on every board, is rung and not knocked, and comes back by hand @whole', async ({
  ward,
}) => {
  const [station, other, bed] = [await ward.station(0), await ward.station(1), await ward.bed('1')]
  await agreeToKnock(station, bed)
  await (await openBedPanel(station, '1')).getByRole('button', { name: 'Away', exact: true }).click()
  const dialog = station.getByRole('dialog', { name: 'Eero Salonen is away' })
  await dialog.getByRole('button', { name: 'Away', exact: true }).click()
  const said = /^Away since \S+ \d\d:\d\d: a knock rings\.$/
  await expect(card(other, '1').getByText(said)).toBeVisible()
  await expect(bed.getByText('Ready', { exact: true })).toBeVisible()
  await station.getByRole('button', { name: 'Knock bed 1' }).click()
  await expect(bed.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' })).toBeVisible()
  await expectCameraOff(bed)
  await bed.getByRole('button', { name: 'Not now' }).click()
  await (await openBedPanel(station, '1')).getByRole('button', { name: 'Back', exact: true }).click()
  await station.getByRole('dialog').getByRole('button', { name: 'Back', exact: true }).click()
  await expect(card(other, '1').getByText(said)).toHaveCount(0)
})
