/** A photo in a visit without a camera, and a link between the two that says each word to the other end. */
import type { TalkListener, TalkPort } from '../../src/state/scan-ports.ts'
import type { TakenPhoto } from '../../src/state/visit-photo-ports.ts'

/** The least that a JPEG says of its size: SOI, an APP0 and a SOF0. */
export function jpegHeader(width: number, height: number): Uint8Array<ArrayBuffer> {
  const size = [height >> 8, height & 255, width >> 8, width & 255]
  return new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, ...size, 3, 0, 0])
}

/** A file of this size that says so of its picture. */
export function photoFile(byteLength: number, width = 1_600, height = 1_200): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(byteLength).fill(7)
  bytes.set(jpegHeader(width, height))
  return bytes
}

export function takenPhoto(bytes: Uint8Array<ArrayBuffer>, pieceBytes = 12_000): TakenPhoto {
  return {
    byteLength: bytes.length,
    piece: (index) =>
      Buffer.from(bytes.slice(index * pieceBytes, (index + 1) * pieceBytes)).toString('base64url'),
    wipe: () => void bytes.fill(0),
  }
}

/** One end of the link of a call. What is said waits until `pass`. */
export function talkEnd(callId: string) {
  const listeners = new Set<TalkListener>()
  let isOpen = false
  const waiting: string[] = []
  const port: TalkPort = {
    listen(listener) {
      listeners.add(listener)
      if (isOpen) listener.opened(callId)
      return () => void listeners.delete(listener)
    },
    say(to, text) {
      if (isOpen && to === callId) waiting.push(text)
      return isOpen
    },
    isOpen: () => isOpen,
  }
  return {
    port,
    waiting,
    listeners,
    hear(text: string) {
      for (const listener of [...listeners]) listener.said(callId, text, 'steady')
    },
    set(state: 'open' | 'closed') {
      isOpen = state === 'open'
      if (!isOpen) waiting.length = 0
      for (const listener of [...listeners]) listener[isOpen ? 'opened' : 'closed'](callId)
    },
  }
}

type End = ReturnType<typeof talkEnd>

/** Words go to and fro until neither end has any; `most`: no more than so many. */
export function pass(a: End, b: End, most = 10_000): void {
  for (let count = 0; count < most; count += 1) {
    const [fromA, fromB] = [a.waiting.shift(), b.waiting.shift()]
    if (fromA === undefined && fromB === undefined) return
    if (fromA !== undefined) b.hear(fromA)
    if (fromB !== undefined) a.hear(fromB)
  }
}
