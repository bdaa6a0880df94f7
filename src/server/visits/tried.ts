/** What those who come say of their devices: kept as it is in the end, and not as often as a page may say it. */
import { isDeepStrictEqual } from 'node:util'
import type { DeviceTest } from '../../protocol/visit-messages.ts'
import type { Visit } from './kept.ts'
import type { Room } from './room.ts'

/** Nothing is written more often for one visit. */
const testMs = 10_000

/** Run both in the queue. */
export function createTried(now: () => number, room: Room) {
  /** When the last one was kept, and what was said since. */
  const tried = new Map<string, { readonly atMs: number; readonly next: DeviceTest | null }>()

  async function hear({ visitId, test: kept }: Visit, test: DeviceTest): Promise<void> {
    const last = tried.get(visitId)
    if (last && now() - last.atMs < testMs) return void tried.set(visitId, { ...last, next: test })
    if (isDeepStrictEqual(kept, test)) return
    tried.set(visitId, { atMs: now(), next: null })
    await room.change(visitId, { test })
  }

  /** What had to wait. */
  async function catchUp(): Promise<void> {
    for (const [visitId, { atMs, next }] of tried) {
      if (now() - atMs < testMs) continue
      tried.delete(visitId)
      const visit = room.get(visitId)
      if (next && visit && visit.publicKey !== null && room.isOpen(visit)) await hear(visit, next)
    }
  }

  return { hear, catchUp }
}
