/** The hospital's PACS, by our own server: what it has of a patient, and a series of images while it streams. */
import * as v from 'valibot'
import { scanLimits } from '../../core/scan/limits.ts'
import { boundaryOf, createMultipart, type MultipartNews } from '../../core/scan/multipart.ts'
import { refusal } from '../../protocol/http.ts'
import { type PacsNote, pacsNote, pacsSeriesAnswer, pacsStudies } from '../../protocol/pacs.ts'
import type { CommonApi, Result } from '../../state/ports.ts'
import type { PacsPort, PacsTrouble } from '../../state/scan-ports.ts'

type Hear = Parameters<PacsPort['open']>[1]
type Ended = Awaited<ReturnType<PacsPort['open']>>

/** More than the server lets through of one series. */
const mostBytes = 2 * 1024 * 1024 * 1024
const mostNoteBytes = 4_096

export function createPacs({ ask }: Pick<CommonApi, 'ask'>, get: typeof fetch = fetch): PacsPort {
  return {
    async studies(admissionId) {
      const answer = await ask('GET', '/pacs/studies', { admissionId }, pacsStudies)
      if (!answer.ok) return answer
      return answer.value.type === 'failed' ? failed(answer.value.why) : { ok: true, value: answer.value }
    },
    async series(admissionId, study) {
      const answer = await ask('GET', '/pacs/series', { admissionId, study }, pacsSeriesAnswer)
      if (!answer.ok) return answer
      return answer.value.type === 'failed'
        ? failed(answer.value.why)
        : { ok: true, value: answer.value.series }
    },
    async open(asked, hear, signal) {
      try {
        const query = new URLSearchParams(asked)
        const response = await get(`/api/pacs/instances?${query}`, { headers: { 'x-bedside': '1' }, signal })
        const type = response.headers.get('content-type') ?? ''
        const boundary = boundaryOf(type)
        if (!response.ok || boundary === null || !response.body) return failed(await troubleIn(response))
        return await readSeries(response.body, boundary, hear)
      } catch {
        return failed(signal.aborted ? 'stopped' : 'unreachable')
      }
    },
  }
}

async function troubleIn(response: Response): Promise<PacsTrouble> {
  const said: unknown = await response.json()
  const refused = v.safeParse(refusal, said)
  if (refused.success) return refused.output.refusal
  const note = v.safeParse(pacsNote, said)
  return note.success && note.output.type === 'failed' ? note.output.why : 'unreachable'
}

/** Throws what the stream throws, unless something of it came: then it was cut. */
export async function readSeries(
  body: ReadableStream<Uint8Array>,
  boundary: string,
  hear: Hear,
): Promise<Ended> {
  const multipart = createMultipart(boundary)
  const sorter = createSorter(hear)
  const reader = body.getReader()
  let bytes = 0
  try {
    for (;;) {
      const piece = await reader.read().catch(() => null)
      if (piece === null || piece.done) return failed('cut')
      bytes += piece.value.length
      if (bytes > mostBytes) return failed('too-large')
      const { news, isBroken } = multipart.push(piece.value)
      for (const one of news) {
        const ended = sorter.take(one)
        if (ended) return ended
      }
      if (isBroken) return failed('cut')
      hear.progress(bytes)
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

/** Of this page, so that no two have the same name. */
let named = 0

/** Images and notes apart. An image counts when the next part begins and does not say that it is broken. */
function createSorter(hear: Hear) {
  let kind: 'none' | 'image' | 'note' = 'none'
  let pieces: Uint8Array[] = []
  let length = 0
  /** Whole as far as it goes, until the next part says otherwise. */
  let waiting: ArrayBuffer | null = null

  function hand(): void {
    if (waiting === null) return
    named += 1
    hear.came({ name: `pacs-${named}.dcm`, content: waiting })
    waiting = null
  }

  function close(): Ended | null {
    const whole = joined(pieces, length)
    ;[pieces, length] = [[], 0]
    if (kind === 'image') waiting = whole
    return kind === 'note' ? heed(noteIn(whole)) : null
  }

  function heed(note: PacsNote | null): Ended | null {
    if (note?.type === 'broken') waiting = null
    hand()
    if (note?.type === 'ended') return { ok: true, value: { missing: note.missing } }
    return note?.type === 'failed' ? failed(note.why) : null
  }

  return {
    take(one: MultipartNews): Ended | null {
      if (one.type === 'bytes') {
        length += one.bytes.length
        if (length > (kind === 'note' ? mostNoteBytes : scanLimits.fileBytes)) return failed('too-large')
        pieces.push(one.bytes)
        return null
      }
      const ended = close()
      if (ended) return ended
      if (one.type === 'end') return failed('cut')
      const isImage = one.headers.get('content-type') === 'application/dicom'
      if (isImage) hand()
      kind = isImage ? 'image' : 'note'
      return null
    },
  }
}

function joined(pieces: readonly Uint8Array[], length: number): ArrayBuffer {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole.buffer
}

function noteIn(bytes: ArrayBuffer): PacsNote | null {
  try {
    return v.parse(pacsNote, JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return null
  }
}

function failed(failure: PacsTrouble): Result<never, PacsTrouble> & { readonly ok: false } {
  return { ok: false, failure }
}
