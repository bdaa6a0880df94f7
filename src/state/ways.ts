/** Which ways to the relay are open from this device: tried while nobody talks, once it has begun and then now and again. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { type RelayWay, relayWays, summary, type WaysFound, wayOf } from '../core/ways.ts'
import type { Welcome } from '../protocol/wire.ts'
import type { CommonPorts } from './ports.ts'

export type { WaysFound }

export type Ways = {
  /** Null until they were tried, and where there is no relay. */
  readonly found: ReadonlySignal<WaysFound | null>
  /** By which ways there is a relay at all. */
  readonly kinds: ReadonlySignal<readonly RelayWay[]>
  readonly isTrying: ReadonlySignal<boolean>
  welcomed(welcome: Welcome): void
  /** Tries them now. */
  check(): Promise<void>
}

/** A device that has just started has other things to do. */
const firstMs = 15_000
const againMs = 60 * 60_000

/** `mayTry`: nobody rings or talks; asked at the moment of a trial. Null: they are tried when somebody asks. */
export function createWays(
  { clock, ways }: Pick<CommonPorts, 'clock' | 'ways'>,
  mayTry: (() => boolean) | null,
): Ways {
  const urls = signal<readonly string[]>([])
  const found = signal<WaysFound | null>(null)
  const kinds = computed(() => relayWays.filter((way) => urls.value.some((url) => wayOf(url) === way)))
  const isTrying = signal(false)
  let stop: (() => void) | null = null

  async function check(): Promise<void> {
    if (isTrying.peek() || urls.peek().length === 0) return
    isTrying.value = true
    const tried = await tryAll(urls.peek()).catch(() => [])
    found.value = summary(tried)
    isTrying.value = false
  }

  async function tryAll(all: readonly string[]) {
    const { try: attempt } = await ways()
    return await Promise.all(all.map(async (url) => [url, await attempt(url)] as const))
  }

  function later(ms: number): void {
    stop?.()
    stop = clock.after(ms, () => {
      if (mayTry?.()) void check()
      later(againMs)
    })
  }

  return {
    found,
    kinds,
    isTrying,
    welcomed({ relayUrls = [] }) {
      urls.value = relayUrls
      if (mayTry && relayUrls.length > 0 && stop === null) later(firstMs)
    },
    check,
  }
}
