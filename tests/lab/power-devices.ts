/** The devices of a ward that lose their power and get it back: each a whole browser with a profile of its own on the disk. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { chromiumFlags } from '../browsers.ts'
import { installWitness } from '../e2e/witness.ts'
import { cameraClip } from '../fakes/clip.ts'
import { type Chromium, launchChromium } from './chromium.ts'

export type Device = {
  readonly name: string
  /** What it shows; throws while it is off. */
  page(): Page
  /** Power, a browser, and this address as a kiosk opens it. Nobody has touched it. */
  switchOn(address: string): Promise<Page>
  /** SIGKILL to all its processes, as soon as this is called. */
  switchOff(): Promise<void>
  remove(): Promise<void>
}

export function newDevice(name: string, who: 'nurse' | 'patient', more: readonly string[]): Device {
  const profile = mkdtempSync(join(tmpdir(), 'bedside-power-'))
  const flags = [...chromiumFlags(cameraClip(who, 'light')), '--window-size=1280,900', ...more]
  let running: (Chromium & { readonly page: Page }) | null = null

  async function switchOff(): Promise<void> {
    const was = running
    running = null
    await was?.kill()
  }

  return {
    name,
    page() {
      if (!running) throw new Error(`${name} is off`)
      return running.page
    },
    async switchOn(address) {
      const launched = await launchChromium(profile, flags)
      await launched.context.addInitScript(installWitness)
      const page = launched.context.pages()[0] ?? (await launched.context.newPage())
      running = { ...launched, page }
      await page.goto(address, { waitUntil: 'commit' })
      return page
    },
    switchOff,
    async remove() {
      await switchOff()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
