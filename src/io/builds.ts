/** How a tablet takes another build: kept whole first, watched by its worker, and the page loaded anew (`sw/kept.ts`). */
import * as v from 'valibot'
import { served, servedAddress, servedCache, type Wanted, wantedAddress } from '../protocol/served.ts'
import type { BuildsPort } from '../state/ports.ts'
import { ownBuild } from './build.ts'
import { install } from './updates.ts'

async function want(wanted: Wanted): Promise<void> {
  await (await caches.open(servedCache)).put(wantedAddress, Response.json(wanted))
}

async function lastFailed() {
  const answer = await (await caches.open(servedCache)).match(servedAddress)
  const read = v.safeParse(served, await answer?.json())
  return read.success ? read.output.failed : null
}

/** Touches count from when this is made. */
export function createBuilds(): BuildsPort {
  let touchedMs = performance.now()
  for (const type of ['pointerdown', 'keydown'])
    addEventListener(
      type,
      () => {
        touchedMs = performance.now()
      },
      { passive: true, capture: true },
    )
  return {
    own: ownBuild,
    untouchedMs: () => performance.now() - touchedMs,
    async install({ build, number, readyMs }) {
      if (!('serviceWorker' in navigator)) return 'failed'
      try {
        await want({ build, number, readyMs })
        return await install(build)
      } catch {
        return 'failed'
      }
    },
    lastFailed: () => lastFailed().catch(() => null),
    async sayReady() {
      const ready = await ownBuild()
      const registration = await navigator.serviceWorker?.getRegistration()
      registration?.active?.postMessage({ ready })
    },
    reload: () => location.reload(),
  }
}
