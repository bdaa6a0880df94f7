/** A part of the app that follows a screen by itself, so that it is there before anybody asks for it. */
import { type ReadonlySignal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { speakToo } from '../texts/catalogue.ts'

export type Later<T> = {
  /** Null until it is here. */
  readonly part: ReadonlySignal<T | null>
  /** Fetches it, unless it is here: one that could not be fetched is asked for again. */
  fetch(): void
}

/** What a screen shows first, as long as it is not shown. */
let first: Promise<unknown> = Promise.resolve()

/** Whatever is fetched later waits for this: on a slow device each part takes the processor from what somebody waits for. */
export function showFirst(shown: Promise<unknown>): void {
  first = shown
}

/** It is here once its texts are, too. */
export function createLater<T>(load: () => Promise<T>): Later<T> {
  const part = signal<T | null>(null)
  return {
    part,
    fetch() {
      if (part.peek() !== null) return
      first.then(load).then(
        async (fetched) => {
          await speakToo()
          part.value = fetched
        },
        () => {},
      )
    },
  }
}

const againMs = 5_000

/** The part; as long as it is not there it is asked for, again and again. */
export function useLater<T>({ part, fetch }: Later<T>): T | null {
  const there = part.value
  useEffect(() => {
    if (there) return
    fetch()
    const again = setInterval(fetch, againMs)
    return () => clearInterval(again)
  }, [there])
  return there
}
