/** Files that come from outside the page: by the share menu, which any page could use, and because somebody opens them with it. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright/test'
import { expect, type Screens, test } from './ward.ts'

const ct = fileURLToPath(new URL('../dicom/ct_rle_s16.dcm', import.meta.url))

const opened = (page: Page) => page.locator('.scan-which')
const asked = (page: Page) => page.getByRole('alert').filter({ hasText: '1 file from another app or page' })

test.describe('by the share menu', () => {
  test.use({ keepsApp: true })

  /** What a device's share menu does, and what a foreign page could: a form is posted to the address in the manifest. */
  async function share(page: Page): Promise<void> {
    await page.evaluate(() => {
      const form = document.createElement('form')
      Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action: '/station/pictures' })
      const input = document.createElement('input')
      Object.assign(input, { type: 'file', name: 'pictures', id: 'shared' })
      form.append(input)
      document.body.append(form)
    })
    await page.locator('#shared').setInputFiles(ct)
    await page.evaluate(() => document.querySelector<HTMLFormElement>('form:has(#shared)')?.submit())
  }

  async function controlled(ward: Screens): Promise<Page> {
    const page = await ward.station()
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
    return page
  }

  test('[HZ-1] what was handed over is shown once somebody here has said so, and reaches no server @whole', async ({
    ward,
  }) => {
    const page = await controlled(ward)
    const bodies: string[] = []
    page.context().on('request', (request) => {
      if (request.serviceWorker() && request.method() === 'POST') bodies.push(request.url())
    })
    await share(page)
    await expect(asked(page)).toContainText('Open them only if you sent them here yourself.')
    await expect(opened(page)).toHaveCount(0)
    await asked(page).getByRole('button', { name: 'Open' }).click()
    await expect(opened(page)).toBeVisible()
    await expect(asked(page)).toHaveCount(0)
    expect(bodies.filter((url) => url.includes('pictures'))).toEqual([])
  })

  test('[HZ-1] [HZ-6] what is discarded, or was not opened before its person left, is gone @whole', async ({
    ward,
  }) => {
    const page = await controlled(ward)
    await share(page)
    await asked(page).getByRole('button', { name: 'Discard' }).click()
    await expect(asked(page)).toHaveCount(0)
    await share(page)
    await expect(asked(page)).toBeVisible()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('list', { name: 'Beds' })).toHaveCount(0)
    await expect(asked(page)).toHaveCount(0)
    await page.goto(ward.server.demo().staff[1]?.url ?? '')
    await page.getByRole('button', { name: 'Pictures', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Open files' })).toBeVisible()
    await expect(asked(page)).toHaveCount(0)
    await expect(opened(page)).toHaveCount(0)
  })
})

declare global {
  interface Window {
    launch: (what: { files: { getFile(): Promise<File> }[] }) => void
  }
}

test('a file that somebody opens with the app is open without a question @whole', async ({ ward }) => {
  const page = await ward.station()
  // What the system hands over cannot be made to come in a headless browser; its queue can.
  await page.addInitScript(() => {
    const queue = {
      setConsumer(consumer: Window['launch']) {
        window.launch = consumer
      },
    }
    Object.defineProperty(window, 'launchQueue', { value: queue, configurable: true })
  })
  await page.reload()
  await expect.poll(() => page.evaluate(() => typeof window.launch)).toBe('function')
  const base64 = readFileSync(ct).toString('base64')
  await page.evaluate((text) => {
    const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
    window.launch({ files: [{ getFile: async () => new File([bytes], 'head.dcm') }] })
  }, base64)
  await expect(opened(page)).toBeVisible()
})

test('a file that misses its place is not opened in place of the app @whole', async ({ ward }) => {
  const page = await ward.station()
  const isTaken = () => page.evaluate(dropBeside)
  await expect.poll(isTaken).toBe(true)
})

/** Runs in the page. */
function dropBeside(): boolean {
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File(['x'], 'a.txt'))
  const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
  document.querySelector('header')?.dispatchEvent(drop)
  return drop.defaultPrevented
}
