/** Step 6 of docs/deploy.md and what it is for: people make the ward, and a call goes by each way that its network leaves. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type Page } from 'playwright/test'
import type { Device } from './devices.ts'
import { keepApart, letOut } from './network.ts'
import * as people from './people.ts'
import { follow, holds, step, values, type Walk } from './walk.ts'

const home = fileURLToPath(new URL('../../../', import.meta.url))

export type Ward = { readonly office: Device; readonly desk: Device; readonly bed: Device }

/** `npm run root` on the machine that keeps it, which is this host. */
function root(...args: string[]): string {
  const env = { ...process.env, BEDSIDE_ROOT_PASSPHRASE: 'four words that nobody guesses' }
  const { stdout, stderr, status } = spawnSync('npm', ['run', '--silent', 'root', '--', ...args], {
    cwd: home,
    env,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

export async function furnish(walk: Walk): Promise<Ward> {
  const link = await step('6 the first administrator', () =>
    holds(follow(walk, 'administrator'), new RegExp(`https://${values.name}/\\S+`)),
  )
  const office = await walk.station.open('office', 'nurse')
  const admin = office.page
  await step('6.1 no warning; a password is made', async () => {
    await people.firstSignIn(admin, link)
    await admin.goto(`https://${values.name}/admin`)
    return await admin.evaluate(() => `${location.origin}, secure: ${isSecureContext}`)
  })
  await step('6.2 the ward and its beds', () => people.nameWard(admin, 'Ward 7', '1-8, 12A'))
  await step('6.3 the root of trust, elsewhere', () => trustRoot(walk, admin))
  const invited = await step('6.4 a nurse is invited', () => people.inviteNurse(admin, 'Anna Laine'))
  const code = await step('6.4 a code for bed 1', () => people.codeLink(admin, '1'))
  const [bed, desk] = [await walk.tablet.open('tablet', 'patient'), await walk.station.open('desk', 'nurse')]
  await step('6.4 the tablet opens it, the station signs in', async () => {
    await bed.page.goto(code)
    await people.firstSignIn(desk.page, invited)
  })
  await step('6.5 confirmed at the bedside', () => people.confirmTablet(desk.page, bed.page, '1'))
  await step('6.5 signed for; the tablet is Ready', async () => {
    await people.signForAll(admin, desk.page)
    await isReady(bed.page)
  })
  return { office, desk, bed }
}

async function trustRoot({ folder }: Walk, admin: Page): Promise<string> {
  const vault = join(folder, 'root')
  const digits = /Root digits\s+(.+)/.exec(root('init', vault, 'Example Hospital'))?.[1] ?? ''
  const request = join(folder, 'request.json')
  await people.saveRequest(admin, request)
  root('certify', vault, request)
  await people.handIn(admin, join(folder, 'request-certificate.json'), digits)
  return digits
}

export async function isReady(tablet: Page): Promise<void> {
  await expect(people.isReady(tablet)).toBeVisible({ timeout: 120_000 })
}

export async function callEachWay({ desk, bed }: Ward): Promise<void> {
  const call = (ways: RegExp) => () => people.callOnce(desk.page, bed.page, ways)
  await step('a call, directly', call(/^(?:host|prflx) udp, (?:host|prflx) udp$/))
  keepApart('apart')
  await step('a call where the Wi-Fi keeps its clients apart', call(/relay udp/))
  letOut('tcp')
  await step('a call where no UDP is let out', call(/^relay tcp, relay tcp$/))
  letOut('https')
  await step('a call where nothing but 80 and 443 is let out', call(/^relay tls, relay tls$/))
  await step('what the station says of the ways to the relay', () => people.waysAt(desk.page))
  letOut('all')
  keepApart('together')
}
