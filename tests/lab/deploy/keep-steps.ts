/** Steps 9 to 11 of docs/deploy.md: what is watched, backups put back, an update brought to a tablet, and back; and a power cut. */
import { expect, type Page } from 'playwright/test'
import { isReached } from './install-steps.ts'
import * as people from './people.ts'
import { follow, holds, step, values, type Walk, well } from './walk.ts'
import { isReady, type Ward } from './ward-steps.ts'

const rollMs = 300_000

export async function keep(walk: Walk, { bed }: Ward): Promise<void> {
  await step('the tablet starts with the server gone', async () => {
    well(walk.machine.run('systemctl stop bedside'))
    await people.startsAlone(bed.page)
    well(walk.machine.run('systemctl start bedside'))
    await isReady(bed.page)
    return 'and is Ready again, untouched'
  })
  await step('9 what there is to do', () => follow(walk, 'alerts'))
  await step('10 the downtime sheet', () =>
    holds(well(walk.machine.run('cat /srv/bedside-sheets/bedside-downtime.html')), '12A'),
  )
  await step('10 a backup, whole', () => holds(follow(walk, 'backup'), /This backup is whole\./))
  await step('10 what goes by itself, and who is erased', () => follow(walk, 'privacy'))
  await step('10 put back', async () => {
    const said = holds(follow(walk, 'restore'), /It was put back into \S+/)
    await isReached(walk)
    await isReady(bed.page)
    return `${said}; the tablet is Ready, untouched`
  })
}

const buildOf = ({ tablet }: Walk) =>
  well(tablet.run(`curl -sS --cacert root.crt https://${values.name}/bed`)).includes('name="walk"')
    ? 'next'
    : 'first'

export async function updateAndBack(walk: Walk, { bed, office }: Ward): Promise<void> {
  await step('11 the new version', async () => {
    follow(walk, 'update', (block) => block.replace(/^version=\S+/, 'version=next'))
    await isReached(walk)
    return holds(buildOf(walk), 'next')
  })
  await step('11 the tablet stays with its build', async () => {
    await isReady(bed.page)
    expect(await runs(bed.page)).toBe('first')
  })
  await step('11 brought to the tablet by hand', async () => {
    await office.page.reload()
    await office.page.getByRole('button', { name: 'Tablets', exact: true }).click()
    await office.page.getByRole('button', { name: 'Begin with this bed' }).click()
    await expect.poll(() => runs(bed.page).catch(() => ''), { timeout: rollMs }).toBe('next')
    await isReady(bed.page)
  })
  await step('11 and back', async () => {
    follow(walk, 'back')
    await isReached(walk)
    await isReady(bed.page)
    return holds(buildOf(walk), 'first')
  })
}

const runs = (page: Page) =>
  page.evaluate(() => (document.querySelector('meta[name=walk]') ? 'next' : 'first'))

export async function powerCut(walk: Walk, { bed, desk }: Ward): Promise<void> {
  await step('the machine is started anew: all comes back by itself', async () => {
    await walk.machine.restart(walk.space)
    await isReached(walk)
    await isReady(bed.page)
    return await people.callOnce(desk.page, bed.page, / udp/)
  })
}
