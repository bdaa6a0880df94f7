/**
 * How the files of a share travel: what its two ends say over the verified link of their call, and the pieces that go over
 * a second connection of their own. No server passes any of it on.
 */
import * as v from 'valibot'
import { counter, id } from './primitives.ts'

/** In UTF-16 units, and what is said is ASCII. */
export const longestSaid = 16_384
/** Of one piece, without its header. */
export const mostPayload = 16_384
const headerBytes = 8

const mostFiles = 2_000
/** 512 MiB in blocks of 1 MiB, and a begun one for each file. */
const mostBlocks = 512 + mostFiles

/** One bit for each, the first in the highest of the first byte (as BEP 3 has it); lower-case hexadecimal. */
const bits = (most: number) =>
  v.pipe(v.string(), v.maxLength(2 * Math.ceil(most / 8)), v.regex(/^(?:[0-9a-f]{2})*$/))

/** Of a connection that carries data and nothing else: one section, and that SCTP over DTLS (RFC 8841). */
function isDataOnly(sdp: string): boolean {
  const sections = sdp.match(/^m=.*/gm) ?? []
  return sections.length === 1 && sections.every((line) => line.startsWith('m=application '))
}
const sdp = v.pipe(v.string(), v.startsWith('v=0'), v.maxLength(6_144), v.check(isDataOnly))

const candidate = v.strictObject({
  candidate: v.pipe(v.string(), v.startsWith('candidate:'), v.maxLength(512)),
  sdpMid: v.nullable(v.pipe(v.string(), v.maxLength(32))),
  sdpMLineIndex: v.nullable(v.literal(0)),
})
export type CarryCandidate = v.InferOutput<typeof candidate>

const file = v.pipe(counter, v.maxValue(mostFiles - 1))
/** `generation` counts the connections that were made for one share on one call: what is said of another is old. */
const about = { shareId: id, generation: counter }

export const carryMessage = v.variant('type', [
  /** From whoever presents; the other end answers it. */
  v.strictObject({ type: v.literal('carry.offer'), ...about, sdp }),
  v.strictObject({ type: v.literal('carry.answer'), ...about, sdp }),
  v.strictObject({
    type: v.literal('carry.candidates'),
    ...about,
    candidates: v.pipe(v.array(candidate), v.minLength(1), v.maxLength(8)),
  }),
  /**
   * All that the viewer has: blocks, files that it has checked, files that it has given up. Before the answer, and as it
   * changes.
   */
  v.strictObject({
    type: v.literal('carry.have'),
    ...about,
    blocks: bits(mostBlocks),
    kept: bits(mostFiles),
    refused: bits(mostFiles),
  }),
  /** The file came whole and was another one: its blocks are asked for once more. */
  v.strictObject({ type: v.literal('carry.again'), ...about, file }),
  /** The viewer looks at this one. */
  v.strictObject({ type: v.literal('carry.want'), shareId: id, file }),
  /** The presenter has it no more, or cannot read it. */
  v.strictObject({ type: v.literal('carry.lacks'), shareId: id, file }),
  /** How long the call's own way takes, asked by the presenter while it sends. */
  v.strictObject({ type: v.literal('carry.echo'), ...about, number: counter }),
  /** `bytes`: of payload that came over this connection so far. */
  v.strictObject({ type: v.literal('carry.echoed'), ...about, number: counter, bytes: counter }),
  /** From either end: no more of this share. */
  v.strictObject({ type: v.literal('carry.stop'), shareId: id }),
])
export type CarryMessage = v.InferOutput<typeof carryMessage>
export type CarryMessageOf<T extends CarryMessage['type']> = Extract<CarryMessage, { type: T }>

/** Null for anything else, however it is meant. Never throws. */
export function decodeCarry(text: string): CarryMessage | null {
  if (text.length > longestSaid) return null
  try {
    const decoded = v.safeParse(carryMessage, JSON.parse(text))
    return decoded.success ? decoded.output : null
  } catch {
    return null
  }
}

/** Where in which file a piece begins. */
export type Piece = { readonly file: number; readonly offset: number; readonly payload: Uint8Array }

/** One message of the second connection: file (16 bits), offset (32), length (16), in network order, and the payload. */
export function encodePiece({ file, offset, payload }: Piece): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(headerBytes + payload.length)
  const header = new DataView(message.buffer)
  header.setUint16(0, file)
  header.setUint32(2, offset)
  header.setUint16(6, payload.length)
  message.set(payload, headerBytes)
  return message
}

/** Null where it is not what its header says. Its payload is a view of the message. */
export function decodePiece(message: ArrayBuffer): Piece | null {
  if (message.byteLength < headerBytes) return null
  const header = new DataView(message)
  const length = header.getUint16(6)
  if (length > mostPayload || length !== message.byteLength - headerBytes) return null
  return {
    file: header.getUint16(0),
    offset: header.getUint32(2),
    payload: new Uint8Array(message, headerBytes),
  }
}
