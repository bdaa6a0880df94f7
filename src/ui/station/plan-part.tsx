/** Where the plan meets the station: fetched after the board is there, and never in the way of a call. */
import { effect, type Signal, signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { PlanParts } from '../../state/plan.ts'
import type { Station } from '../../state/station.ts'
import type { Desk } from '../plan/desk.ts'
import { speakToo } from '../texts/catalogue.ts'
import { planOpening } from '../words-station.ts'

type Part = typeof import('../plan/index.ts')
type Opened = { readonly part: Part; readonly desk: Desk }

/** Null until its part of the app is here, and while nobody is signed in. */
const opened: Signal<Opened | null> = signal(null)
const failed = signal(false)

export const planDesk = (): Desk | null => opened.value?.desk ?? null

/** Browsers without Temporal fetch it first; the plan's days depend on it. */
async function fetchPart(): Promise<Part> {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
  const part = await import('../plan/index.ts')
  await speakToo()
  return part
}

async function open(parts: PlanParts, signalled: AbortSignal): Promise<void> {
  const part = await fetchPart()
  if (signalled.aborted) return
  const plan = part.createPlanScreens(parts)
  opened.value = { part, desk: part.createDesk(plan) }
  signalled.addEventListener('abort', () => {
    plan.stop()
    opened.value = null
  })
}

/** Lives as long as the station's screen: a new person gets new screens. */
export function usePlan(station: Station): void {
  const parts = station.plan.value
  const isLocked = station.lock.locked.value
  // What lay open is not found open by whoever unlocks.
  useEffect(() => {
    if (isLocked) opened.value?.desk.close()
  }, [isLocked])
  // While the disk reads whose plan it is, this is fetched: neither waits for the other.
  const isOpening = station.home.staffId.value !== null
  useEffect(() => {
    if (isOpening) fetchPart().catch(() => {})
  }, [isOpening])
  useEffect(() => {
    if (!parts) return
    const over = new AbortController()
    failed.value = false
    open(parts, over.signal).catch(() => {
      failed.value = true
    })
    return () => over.abort()
  }, [parts])
}

/** A disk that does not answer keeps the rest of a station no longer from being fetched. */
const longestMs = 2_000

/**
 * [STATION-4] A start without a server has today's plan to show, and nothing else that is of use: it is drawn before any
 * other part of the station is fetched. With a server, behind the lock, or with nobody signed in, nothing waits.
 */
export function planIsShown({ connection, access, lock }: Station): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, longestMs)
    const stop = effect(() => {
      const isSignedOut = access.value.type === 'signed-out'
      if (connection.value.type === 'open' || isSignedOut || lock.locked.value) resolve()
      else if (opened.value === null && !failed.value) return
      // What was changed is painted first, and a first finger is served; a page in the background has no frames.
      else requestAnimationFrame(() => setTimeout(resolve, 99))
      queueMicrotask(() => stop())
    })
  })
}

/** The plan when it is open, else what is given. Locked, it is as if it were not there. */
export function InsteadOfBoard({ station, children }: { station: Station; children: ComponentChildren }) {
  const now = opened.value
  if (!now?.desk.shown.value || station.lock.locked.value) return <>{children}</>
  return <now.part.PlanView desk={now.desk} />
}

export function isPlanShown(station: Station): boolean {
  return opened.value?.desk.shown.value === true && !station.lock.locked.value
}

/** At the side of the board; not beside the plan itself, which says more. */
export function TodayPart({ station }: { station: Station }) {
  const now = opened.value
  if (station.lock.locked.value || station.plan.value === null || isPlanShown(station)) return null
  if (!now) return <p class="hint">{failed.value ? planOpening.failed : planOpening.loading}</p>
  return <now.part.Today desk={now.desk} />
}

export function PlanBanner({ station }: { station: Station }) {
  const now = opened.value
  if (!now || station.lock.locked.value) return null
  return <now.part.LoudBanner desk={now.desk} />
}

export function OverPlan({ station }: { station: Station }) {
  const now = opened.value
  if (!now || station.lock.locked.value) return null
  return <now.part.Over desk={now.desk} ward={station.ward.value} />
}
