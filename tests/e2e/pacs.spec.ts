/** A scan out of a real PACS, Orthanc, on the screen of a nurse: that of the patient who is looked after, and of nobody else. */
import { askPacs, openEerosCt, serverWithPacs } from './in-orthanc.ts'
import { expect, test as inWard } from './ward.ts'

const test = inWard.extend({ server: ({ timeScale }, use) => serverWithPacs(timeScale, use) })

test('[HZ-1] a nurse opens her patient’s CT from the PACS; the next bed’s patient has none there @whole', async ({
  ward,
}) => {
  const station = await ward.station()
  await station.getByRole('button', { name: 'Open bed 1', exact: true }).click()
  await station.getByRole('button', { name: 'Pictures' }).last().click()
  await openEerosCt(station)
  await station.getByRole('button', { name: 'Close pictures' }).click()
  await station.getByRole('button', { name: 'Open bed 2', exact: true }).click()
  await station.getByRole('button', { name: 'Pictures' }).last().click()
  const dialog = await askPacs(station)
  await expect(dialog).toContainText('Helmi Virtanen')
  await expect(dialog).toContainText('No studies in the PACS for this number.')
})
