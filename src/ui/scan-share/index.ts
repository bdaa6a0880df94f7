/** Looking at a scan together as one part of the app: fetched when a call is live, so that a start pays nothing for it. */
import type { Calls } from '../../state/calls.ts'
import { createScanShare, type ScanShare } from '../../state/scan-share.ts'

export { Following } from './follow.tsx'

const shares = new WeakMap<Calls, Promise<ScanShare>>()

/** One for the calls of a screen, as long as the page is there. */
export function shareOf(calls: Calls): Promise<ScanShare> {
  const made = shares.get(calls) ?? make(calls)
  shares.set(calls, made)
  return made
}

async function make(calls: Calls): Promise<ScanShare> {
  const { parts, seats } = calls
  return createScanShare({ ...parts, seats }, await parts.ports.media.talk())
}
