import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright/test'
import { callAndAnswer, expect, test } from './ward.ts'
import { expectLivePicture } from './witness.ts'

test.use({ keepsApp: true })

function violationsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => window.witness.violations)
}

test('[EDGE-1] a bed, a station and the administration do all they do without one violation of the policy, and ask no host but ours', async ({
  ward,
}) => {
  const station = await ward.station()
  const bed = await ward.bed()
  const admin = await (await ward.tablet()).newPage()
  await admin.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
  await expect(admin.getByRole('button', { name: 'Sign out' })).toBeVisible()
  for (const page of [station, bed])
    await expect(page.locator('.icon path').first(), 'icons are drawn').toBeAttached()
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await station.getByRole('button', { name: 'End call' }).click()
  await expect(station.getByRole('status').filter({ hasText: 'Call ended: hung up' })).toBeVisible()

  for (const page of [station, bed, admin]) {
    expect(await violationsOf(page)).toEqual([])
    const active = page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL)
    // A tablet's is one of a build, which it keeps until it is told another.
    const name = page === bed ? /^\/sw\.js\?build=[0-9a-f]{12}$/ : /^\/sw\.js$/
    expect((await active)?.slice(ward.server.origin.length), 'the service worker runs').toMatch(name)
  }
  expect(ward.heard.complaints).toEqual([])
  const hosts = new Set([...ward.heard.addresses].map((address) => new URL(address).origin))
  expect([...hosts]).toEqual([ward.server.origin])
})

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: object): unknown }
    injected?: boolean
  }
}

/** Runs in the page: what injected script would try, and the name of the error it meets. */
async function inject(attempt: string): Promise<string> {
  const element = (name: string) => document.body.appendChild(document.createElement(name))
  const attempts: Record<string, () => unknown> = {
    'markup as text': () => Object.assign(element('div'), { innerHTML: '<b>x</b>' }),
    'markup beside an element': () => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=1>'),
    'markup through a parser': () => new DOMParser().parseFromString('<p>x</p>', 'text/html'),
    'a script by its address': () => Object.assign(element('script'), { src: '/assets/x.js' }),
    'a script by its text': () => Object.assign(element('script'), { text: 'window.injected = true' }),
    // biome-ignore lint/security/noGlobalEval: this is the attack itself
    eval: () => globalThis.eval('1 + 1'),
    'a function from text': () => new Function('return 1')(),
    'a handler from text': () => document.body.setAttribute('onclick', 'window.injected = true'),
    'a worker': () => new Worker('/sw.js'),
    'another service worker': () => navigator.serviceWorker.register('/other.js'),
    'a policy of its own': () => window.trustedTypes?.createPolicy('evil', {}),
    'our policy a second time': () => window.trustedTypes?.createPolicy('bedside', {}),
    'a request to another host': () => fetch('http://127.0.0.1:9/'),
    'a socket to another host': () =>
      new Promise((_, refuse) => {
        new WebSocket('ws://127.0.0.1:9/').onerror = () => refuse(new TypeError('refused'))
      }),
    'a picture from another host': () =>
      new Promise((_, refuse) => {
        Object.assign(element('img'), { onerror: () => refuse(new TypeError('refused')) })
        Object.assign(document.images[document.images.length - 1] ?? {}, { src: 'http://127.0.0.1:9/x.png' })
      }),
  }
  // Out of the debugger's own call, which may eval.
  await new Promise((next) => setTimeout(next))
  try {
    await attempts[attempt]?.()
    return 'allowed'
  } catch (error) {
    return error instanceof Error ? error.name : 'refused'
  }
}

const attempts = [
  'markup as text',
  'markup beside an element',
  'markup through a parser',
  'a script by its address',
  'a script by its text',
  'eval',
  'a function from text',
  'a handler from text',
  'a worker',
  'another service worker',
  'a policy of its own',
  'our policy a second time',
  'a request to another host',
  'a socket to another host',
  'a picture from another host',
]

test('[EDGE-2] whatever injected script tries is refused by the browser: text as markup or code, workers, policies, hosts', async ({
  ward,
}) => {
  const page = await (await ward.tablet()).newPage()
  await page.goto(`${ward.server.origin}/station`)
  await expect(page.getByText('Sign in with your link.')).toBeVisible()
  for (const attempt of attempts) {
    const before = (await violationsOf(page)).length
    expect([attempt, await page.evaluate(inject, attempt)]).not.toEqual([attempt, 'allowed'])
    await expect.poll(async () => (await violationsOf(page)).length, attempt).toBeGreaterThan(before)
  }
})

test('[EDGE-3] a script element filled with text does not run', async ({ ward }) => {
  const page = await (await ward.tablet()).newPage()
  await page.goto(`${ward.server.origin}/station`)
  await expect(page.getByText('Sign in with your link.')).toBeVisible()
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.append('window.injected = true')
    document.body.append(script)
  })
  await expect.poll(() => violationsOf(page)).not.toEqual([])
  expect(await page.evaluate(() => window.injected)).toBeUndefined()
})

/** Addresses that may stand in the built app, since nothing fetches them. */
const namesOnly = new Set([
  'http://www.w3.org', // names of XML vocabularies
  'https://bit.ly', // in an error message of workbox
  'https://rolldown.rs', // in an error message of the bundler
  'https://simplewebauthn.dev', // in a warning of the passkey library
  'https://github.com', // in an error message of pdf.js
  'http://example.com', // what pdf.js tries addresses with
  'https://foo.bar',
  'http://ns.adobe.com', // names of vocabularies in PDFs
  'http://www.apache.org',
  'http://www.xfa.org',
])

test('[EDGE-4] the built app names no address of another host that it could fetch', () => {
  const built = fileURLToPath(new URL('../../dist/app', import.meta.url))
  const files = readdirSync(built, { recursive: true, encoding: 'utf8' })
  const texts = files.filter((name) => /\.(js|css|html|svg|webmanifest)$/.test(name))
  expect(texts.length).toBeGreaterThan(10)
  const found = texts.flatMap((name) =>
    [...readFileSync(join(built, name), 'utf8').matchAll(/(?:https?|wss?):\/\/[\w.-]+/g)].map(
      ([address]) => address,
    ),
  )
  expect([...new Set(found)].filter((address) => !namesOnly.has(address))).toEqual([])
  const foreignStyles = texts.filter((name) =>
    /@import|url\(\s*['"]?(?:https?:)?\/\//.test(readFileSync(join(built, name), 'utf8')),
  )
  expect(foreignStyles).toEqual([])
})
