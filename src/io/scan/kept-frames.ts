/** Decoded frames, the latest asked for, within a bound of bytes. */
import type { Picture } from '../../core/scan/samples.ts'
import type { ScanFrame } from '../../core/scan/scan.ts'

export type Looked = { readonly frame: ScanFrame; readonly picture: Picture }

export type Frames = {
  get(fileId: string, frame: number): Looked | null
  put(fileId: string, looked: Looked): void
  /** Overwrites the pixels of these files and forgets them. */
  drop(fileIds: ReadonlySet<string>): void
}

/**
 * On the page and not in the worker: a frame that is looked at again is there at once, the worker's memory is left to what
 * decodes, and nothing is lost with a worker that dies. 48 slices of 512 × 512 at 16 bits.
 */
export const framesBytes = 24 * 1024 * 1024

export function createFrames(mostBytes = framesBytes): Frames {
  const kept = new Map<string, Looked & { readonly fileId: string }>()
  let held = 0
  const name = (fileId: string, frame: number) => `${fileId} ${frame}`
  const weigh = ({ picture }: Looked) => picture.samples.byteLength

  function take(key: string): void {
    const one = kept.get(key)
    if (!one) return
    held -= weigh(one)
    kept.delete(key)
  }

  return {
    get(fileId, frame) {
      const key = name(fileId, frame)
      const one = kept.get(key)
      if (!one) return null
      kept.delete(key)
      kept.set(key, one)
      return one
    },
    put(fileId, looked) {
      const key = name(fileId, looked.frame.frame)
      take(key)
      kept.set(key, { ...looked, fileId })
      held += weigh(looked)
      for (const oldest of kept.keys()) {
        // The one that was just asked for stays, however large it is.
        if (held <= mostBytes || oldest === key) break
        take(oldest)
      }
    },
    drop(fileIds) {
      for (const [key, { fileId, picture }] of [...kept]) {
        if (!fileIds.has(fileId)) continue
        picture.samples.fill(0)
        take(key)
      }
    },
  }
}
