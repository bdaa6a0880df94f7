/** Cuts a stream of bytes into the frames of MLLP (HL7 v2.5.1 appendix C.4.3): start block, message, end block, return. */

const start = 0x0b
const end = 0x1c
const after = 0x0d

export const mostFrameBytes = 256 * 1024
/** What may stand between two frames: line ends that some senders add. */
const mostBetweenBytes = 1024

export type Framed =
  | { readonly type: 'frame'; readonly bytes: Buffer }
  /** `head`: what there is of it, to be answered by. Nothing that follows can be trusted. */
  | { readonly type: 'too-large'; readonly head: Buffer }
  | { readonly type: 'no-frame' }

export type Frames = ReturnType<typeof createFrames>

/** Each byte is looked at once, however it is divided among packets. */
export function createFrames() {
  let parts: Buffer[] = []
  let length = 0
  let isWithin = false
  let begun = 0
  let between = 0
  /** The last byte was an end block whose return has not come yet. */
  let isEnding = false

  function keep(piece: Buffer): void {
    if (piece.length === 0) return
    parts.push(piece)
    length += piece.length
  }

  function begin(): void {
    parts = []
    length = 0
    isWithin = true
    isEnding = false
    between = 0
    begun += 1
  }

  function take(): Buffer {
    const bytes = Buffer.concat(parts, length)
    parts = []
    length = 0
    isWithin = false
    isEnding = false
    return bytes
  }

  /** From outside any frame: to its start. */
  function seek(chunk: Buffer, from: number): { at: number; lost: boolean } {
    const found = chunk.indexOf(start, from)
    const at = found < 0 ? chunk.length : found
    between += at - from
    return { at, lost: between > mostBetweenBytes }
  }

  /** Where the next start or end block is. */
  function nextMark(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at += 1) if (chunk[at] === start || chunk[at] === end) return at
    return chunk.length
  }

  return {
    /** Whether a frame has begun that is not whole. */
    isWithin: () => isWithin,
    /** How many have begun. */
    begun: () => begun,

    push(chunk: Buffer): Framed[] {
      const found: Framed[] = []
      let at = 0
      while (at < chunk.length) {
        if (!isWithin) {
          const sought = seek(chunk, at)
          if (sought.lost) return [...found, { type: 'no-frame' }]
          if (sought.at < chunk.length) begin()
          at = sought.at + 1
          continue
        }
        if (isEnding) {
          isEnding = false
          if (chunk[at] === after) {
            found.push({ type: 'frame', bytes: take() })
            at += 1
            continue
          }
          keep(Buffer.of(end))
        }
        const mark = nextMark(chunk, at)
        keep(chunk.subarray(at, mark))
        if (length > mostFrameBytes) return [...found, { type: 'too-large', head: take().subarray(0, 1024) }]
        // A start within a frame: its sender gave the other one up.
        if (chunk[mark] === start) begin()
        else if (chunk[mark] === end) isEnding = true
        at = mark + 1
      }
      return found
    },
  }
}
