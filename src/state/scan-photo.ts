/** Taking a photograph: a camera that is open for as long as it is needed, and that says when it is off (HZ-2). */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { CameraFailure } from './ports.ts'
import type { PhotoCamera, ScanSource } from './scan-ports.ts'

/**
 * Why there is no photograph. `ended`: the camera was unplugged, or the call it is of is over; `no-picture`: it is open and shows
 * nothing; `not-made`: what it showed could not be made into a file; `unfetched`: what opens it did not come.
 */
export type PhotoFailure = CameraFailure | 'ended' | 'no-picture' | 'not-made' | 'unfetched'

export type PhotoState =
  | { readonly type: 'opening' | 'off' }
  /** `whose`: opened for this, or the call's, which goes on after it. */
  | { readonly type: 'on'; readonly whose: 'own' | 'call' }
  | { readonly type: 'failed'; readonly failure: PhotoFailure }

export type Photo = {
  readonly state: ReadonlySignal<PhotoState>
  open(video: HTMLVideoElement): Promise<void>
  /** The photograph, in memory alone; the camera is off by then. Null: there is none, and why is said, unless it was closed. */
  take(name: string): Promise<ScanSource | null>
  close(): void
}

/** `load`: what opens the camera, fetched when it is asked for. */
export function createPhoto(load: () => Promise<PhotoCamera>): Photo {
  let camera: PhotoCamera | null = null
  const state = signal<PhotoState>({ type: 'off' })
  let turn = 0

  function close(): void {
    turn += 1
    camera?.close()
    state.value = { type: 'off' }
  }

  /** What is not on any more may be tried again. */
  function fail(failure: PhotoFailure): null {
    close()
    state.value = { type: 'failed', failure }
    return null
  }

  return {
    state,
    close,
    async open(video) {
      turn += 1
      const mine = turn
      state.value = { type: 'opening' }
      const loaded = await load().catch(() => null)
      if (turn !== mine) return
      if (!loaded) return void fail('unfetched')
      camera = loaded
      const opened = await loaded.open(video, () => turn === mine && fail('ended'))
      // One that opens for somebody who has left is stopped at once.
      if (turn !== mine) return loaded.close()
      state.value = opened.ok
        ? { type: 'on', whose: opened.value }
        : { type: 'failed', failure: opened.failure }
    },
    async take(name) {
      if (state.peek().type !== 'on') return null
      const mine = turn
      const photo = await camera?.take(name).catch(() => 'failed' as const)
      if (turn !== mine) return null
      if (!photo) return fail('no-picture')
      if (photo === 'failed') return fail('not-made')
      close()
      return photo
    },
  }
}
