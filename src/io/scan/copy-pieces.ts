/** Sealed bytes of copies over HTTP: a piece up, or a file down, from where it ended. */
import * as v from 'valibot'
import { refusal } from '../../protocol/http.ts'
import { pieceAnswer } from '../../protocol/scan-copies.ts'
import type { ApiFailure, Result } from '../../state/ports.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type CopyPieces = {
  /** How many bytes of that file the server has now. */
  send(copyId: string, file: number, from: number, bytes: Bytes): Promise<Result<number, ApiFailure>>
  /** Tells of bytes from `from` on as they come. Resolves at their end, where the way broke, or at an `enough`. */
  fetch(
    copyId: string,
    file: number,
    from: number,
    hear: (bytes: Bytes) => 'more' | 'enough',
    over: AbortSignal,
  ): Promise<Result<null, ApiFailure>>
}

const ours = { 'x-bedside': '1' }
/** A piece that takes longer has a way that is lost. */
const pieceMs = 120_000
/** And so has a file of which nothing comes for so long. */
const silentMs = 30_000
const unreachable = { ok: false, failure: 'unreachable' } as const

const address = (what: 'piece' | 'file', copyId: string, file: number, from: number) =>
  `/api/copies/${what}?${new URLSearchParams({ copyId, file: `${file}`, from: `${from}` })}`

async function refusalOf(response: Response): Promise<{ ok: false; failure: ApiFailure }> {
  const refused = v.safeParse(refusal, await response.json())
  return { ok: false, failure: refused.success ? refused.output.refusal : 'unreachable' }
}

export const httpPieces: CopyPieces = {
  async send(copyId, file, from, body) {
    try {
      const headers = { 'content-type': 'application/octet-stream', ...ours }
      const response = await fetch(address('piece', copyId, file, from), {
        ...{ method: 'POST', headers, body, signal: AbortSignal.timeout(pieceMs) },
      })
      if (!response.ok) return await refusalOf(response)
      return { ok: true, value: v.parse(pieceAnswer, await response.json()).bytes }
    } catch {
      return unreachable
    }
  },
  async fetch(copyId, file, from, hear, over) {
    const silent = new AbortController()
    let timer = setTimeout(() => silent.abort(), silentMs)
    const signal = AbortSignal.any([over, silent.signal])
    try {
      const asked = address('file', copyId, file, from)
      const response = await fetch(asked, { headers: ours, cache: 'no-store', signal })
      if (!response.ok) return await refusalOf(response)
      const reader = response.body?.getReader()
      for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
        clearTimeout(timer)
        timer = setTimeout(() => silent.abort(), silentMs)
        if (hear(read.value) === 'enough') void reader?.cancel()
      }
      return { ok: true, value: null }
    } catch {
      return unreachable
    } finally {
      clearTimeout(timer)
    }
  },
}
