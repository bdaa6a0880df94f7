/** Colleagues call each other and whoever is on call, in real browsers: one call, one answer, and nothing asked is lost. */
import type { Page } from 'playwright/test'
import { callAndAnswer, expect, type Screens, test } from './ward.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

const neuro = 'Neurosurgeon on call'
const senior = 'Senior neurosurgeon'

function search(page: Page) {
  return page.getByRole('dialog', { name: 'Call a colleague' })
}

/** By the key that the list of keys names. */
async function openSearch(page: Page) {
  await expect(page.getByRole('button', { name: 'Call a colleague' })).toBeEnabled()
  await page.keyboard.press('/')
  await expect(search(page)).toBeVisible()
  return search(page)
}

async function takeDuty(page: Page, name: string): Promise<void> {
  const dialog = await openSearch(page)
  await dialog.getByRole('button', { name: /^On call as/ }).click()
  const shift = page.getByRole('dialog', { name: 'Start shift' })
  await shift.getByRole('checkbox', { name }).check()
  await shift.getByRole('button', { name: 'Start shift', exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

async function choose(page: Page, typed: string, row: RegExp): Promise<void> {
  const dialog = await openSearch(page)
  await dialog.getByRole('searchbox', { name: 'Name, role or duty' }).fill(typed)
  await dialog.getByRole('button', { name: row }).click()
}

function incoming(page: Page, who: string) {
  return page.getByRole('dialog', { name: `Incoming call from ${who}` })
}

/** Another screen of the same person. */
async function secondScreen(ward: Screens, page: Page): Promise<Page> {
  const second = await page.context().newPage()
  await second.goto(`${ward.server.origin}/station`)
  await expect(second.getByRole('button', { name: 'Call a colleague' })).toBeEnabled()
  return second
}

test('[CALL-6] two colleagues who call each other in the same moment have one call, and each sees the other @whole', async ({
  ward,
}) => {
  const [anna, ben] = [await ward.station(0), await ward.station(1)]
  for (const page of [anna, ben]) await openSearch(page)
  const rows = [
    search(anna).getByRole('button', { name: /^Ben Okafor/ }),
    search(ben).getByRole('button', { name: /^Anna Laine/ }),
  ]
  for (const row of rows) await expect(row).toBeEnabled()
  // Neither hears of the other's press before their own: the server reads both when it goes on.
  process.kill(ward.server.pid(), 'SIGSTOP')
  await Promise.all(rows.map((row) => row.click()))
  process.kill(ward.server.pid(), 'SIGCONT')
  // Of the two who ring each other one has it, and the other is asked.
  const atAnna = incoming(anna, 'Ben Okafor, nurse')
  const atBen = incoming(ben, 'Anna Laine, nurse')
  await expect(async () => {
    expect((await atAnna.count()) + (await atBen.count())).toBe(1)
  }).toPass()
  const asked = (await atAnna.count()) === 1 ? anna : ben
  await asked.getByRole('button', { name: 'Answer' }).click()
  for (const page of [anna, ben]) {
    await expectLivePicture(page, 'Staff video')
    await expect(page.getByRole('button', { name: 'End call' })).toHaveCount(1)
    expect((await mediaOf(page)).liveTracks).toBe(2)
  }
  await anna.getByRole('button', { name: 'End call' }).click()
  for (const page of [anna, ben]) await expectCameraOff(page)
})

test('[DUTY-3] a duty rings at both who have it, on every screen; the first answer has it, and the others fall silent @whole', async ({
  ward,
}) => {
  const [anna, ben, maria] = [await ward.station(0), await ward.station(1), await ward.station(2)]
  await takeDuty(ben, neuro)
  await takeDuty(maria, neuro)
  const second = await secondScreen(ward, maria)
  await choose(anna, 'neuro', /^Neurosurgeon on call/)
  await expect(anna.getByRole('heading', { name: neuro })).toBeVisible()
  for (const page of [ben, maria, second]) {
    await expect(incoming(page, 'Anna Laine, nurse')).toContainText(`Calls you as: ${neuro}`)
  }
  await second.getByRole('button', { name: 'Answer' }).click()
  for (const page of [ben, maria]) {
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('status').filter({ hasText: 'Call ended: taken elsewhere' })).toBeVisible()
    await expectCameraOff(page)
  }
  await expect(ben.getByText('Maria Oja answered.')).toBeVisible()
  await expectLivePicture(anna, 'Staff video')
  await expectLivePicture(second, 'Staff video')
  await expect(anna.getByRole('heading', { name: 'Maria Oja, doctor' })).toBeVisible()
  await anna.getByRole('button', { name: 'End call' }).click()
  for (const page of [anna, second]) await expectCameraOff(page)
})

test('[DUTY-3] one who declines leaves it to the other, whose screen rings on @whole', async ({ ward }) => {
  const [anna, ben, maria] = [await ward.station(0), await ward.station(1), await ward.station(2)]
  await takeDuty(ben, neuro)
  await takeDuty(maria, neuro)
  await choose(anna, 'neuro', /^Neurosurgeon on call/)
  await incoming(ben, 'Anna Laine, nurse').getByRole('button', { name: 'Not now' }).click()
  await expect(ben.getByRole('dialog')).toHaveCount(0)
  await incoming(maria, 'Anna Laine, nurse').getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(anna, 'Staff video')
  await expectLivePicture(maria, 'Staff video')
  await maria.getByRole('button', { name: 'End call' }).click()
  for (const page of [anna, ben, maria]) await expectCameraOff(page)
})

test.describe('with short times', () => {
  test.use({ timeScale: 0.02 })

  test('[HZ-4] [DUTY-4] what nobody acknowledges passes on, and its asker is told to telephone @whole', async ({
    ward,
  }) => {
    const [anna, maria] = [await ward.station(0), await ward.station(2)]
    await takeDuty(maria, senior)
    await choose(anna, 'neuro', /^Neurosurgeon on call.*Nobody has said/)
    const form = search(anna).getByRole('form', { name: `Ask ${neuro} for a call back` })
    await form.getByRole('textbox').fill('A second look')
    await form.getByRole('button', { name: 'Ask' }).click()
    await search(anna).getByRole('button', { name: 'Close' }).click()
    const atAnna = anna.getByRole('list', { name: 'Call back' })
    // Nobody has the first, so it is with the second at once.
    await expect(atAnna.getByRole('status')).toHaveText(`Passed on to ${senior}. Not seen yet`)
    const atMaria = maria.getByRole('listitem', { name: `Anna Laine asks ${senior} to call back` })
    await expect(atMaria).toContainText('A second look')
    // 5 min of these are 6 s: there is nobody behind.
    await expect(atAnna.getByRole('status')).toHaveText('Nobody has answered. Call by telephone', {
      timeout: 15_000,
    })
    await atMaria.getByRole('button', { name: 'Tell Anna Laine: seen, in 30 min' }).click()
    await expect(atAnna.getByRole('status')).toContainText('Maria Oja will call by')
    await atMaria.getByRole('button', { name: 'Done: Anna Laine' }).click()
    for (const page of [anna, maria])
      await expect(page.getByRole('list', { name: 'Call back' })).toHaveCount(0)
  })
})

/** A call that is declined, and what is asked then. */
async function askAfterDeclined(anna: Page, maria: Page): Promise<void> {
  await choose(anna, 'doctor', /^Maria Oja/)
  await incoming(maria, 'Anna Laine, nurse').getByRole('button', { name: 'Not now' }).click()
  await anna.getByRole('button', { name: 'Ask for a call back' }).click()
  await anna.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(maria.getByRole('listitem', { name: 'Anna Laine asks you to call back' })).toBeVisible()
}

test('[DUTY-6] what was asked after an unanswered call is over when it is taken back, and when they talk @whole', async ({
  ward,
}) => {
  const [anna, maria] = [await ward.station(0), await ward.station(2)]
  await askAfterDeclined(anna, maria)
  await anna.getByRole('button', { name: 'Take back what Maria Oja was asked' }).click()
  await expect(maria.getByRole('list', { name: 'Call back' })).toHaveCount(0)

  await askAfterDeclined(anna, maria)
  await maria.getByRole('button', { name: 'Call back: Anna Laine' }).click()
  await expect(anna.getByRole('list', { name: 'Call back' })).toContainText('Maria Oja will call by')
  await incoming(anna, 'Maria Oja, doctor').getByRole('button', { name: 'Answer' }).click()
  for (const page of [anna, maria]) await expectLivePicture(page, 'Staff video')
  await anna.getByRole('button', { name: 'End call' }).click()
  for (const page of [anna, maria]) {
    await expectCameraOff(page)
    await expect(page.getByRole('list', { name: 'Call back' })).toHaveCount(0)
  }
})

test('[TABLE-1] [DUTY-3] a nurse who talks with a patient brings in whoever is on call, and the patient lets them in (HZ-3)', async ({
  ward,
}) => {
  const [anna, maria, bed] = [await ward.station(0), await ward.station(2), await ward.bed()]
  await takeDuty(maria, neuro)
  await callAndAnswer(anna, bed)
  await anna.getByRole('button', { name: 'Bring in …' }).click()
  await anna
    .getByRole('dialog', { name: 'Bring somebody in' })
    .getByRole('button', { name: new RegExp(`^${neuro}`) })
    .click()
  await expect(anna.getByRole('status').filter({ hasText: `Ringing ${neuro}…` })).toBeVisible()
  await expect(incoming(maria, 'Anna Laine, nurse')).toContainText(neuro)
  await incoming(maria, 'Anna Laine, nurse').getByRole('button', { name: 'Answer' }).click()
  const asked = bed.getByRole('alertdialog', {
    name: 'Anna Laine would like to bring in: Maria Oja, doctor',
  })
  await asked.getByRole('button', { name: 'Let them in' }).click()
  await expect(bed.getByLabel('Maria Oja’s video')).toBeVisible({ timeout: 30_000 })
  await expect(maria.getByLabel('Patient video')).toBeVisible({ timeout: 30_000 })
})
