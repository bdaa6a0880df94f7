/** What a bystander who sees both ends, the air and the server knows: when all was well, and what people pressed. */
import { devicesOf, isOnAir, reachesServer, type World } from './world.ts'

type Stretch = { readonly fromMs: number; readonly untilMs: number }

export type Witness = {
  /** Something that matters is about to change, or broke in one moment; `of` says to what it does. */
  changed(of: 'all' | 'server'): void
  /** For how long nothing has been in the way by now. */
  wholeMs(): number
  /** The longest time within these two moments in which nothing was in the way of anything. */
  longestWholeMs(fromMs: number, untilMs: number): number
  /** Whether anything but the way to the server was ever disturbed. */
  isMediaTouched(): boolean
  pressed(callId: string, button: Button): void
  hasPressed(callId: string, ...buttons: Button[]): boolean
}

export type Button = 'hang up' | 'refuse' | 'answer'

export function createWitness(world: () => World): Witness {
  const stretches: Stretch[] = []
  const buttons = new Set<string>()
  let wholeSinceMs: number | null = 0
  let mediaTouched = false

  return {
    changed(of) {
      const nowMs = world().clock.nowMs()
      if (of === 'all') mediaTouched = true
      if (wholeSinceMs !== null) stretches.push({ fromMs: wholeSinceMs, untilMs: nowMs })
      wholeSinceMs = isWhole(world()) ? nowMs : null
    },
    wholeMs: () => (wholeSinceMs === null ? 0 : world().clock.nowMs() - wholeSinceMs),
    longestWholeMs(fromMs, untilMs) {
      const last = wholeSinceMs === null ? [] : [{ fromMs: wholeSinceMs, untilMs }]
      const lengths = [...stretches, ...last].map(
        (one) => Math.min(one.untilMs, untilMs) - Math.max(one.fromMs, fromMs),
      )
      return Math.max(0, ...lengths)
    },
    isMediaTouched: () => mediaTouched,
    pressed: (callId, button) => void buttons.add(`${button} ${callId}`),
    hasPressed: (callId, ...any) => any.some((button) => buttons.has(`${button} ${callId}`)),
  }
}

function isWhole(world: World): boolean {
  const { relay, server } = world
  if (relay.keptApart > 0 || !relay.up || !server.isUp()) return false
  return devicesOf(world).every((device) => {
    const { page, blocks } = device
    return page !== null && isOnAir(device) && reachesServer(device) && blocks.slow === 0
  })
}
