/** How long a question may take: the PACS's own time alone, since whoever asked may read as slowly as they like. */

export type Patience = {
  /** Aborted when the PACS took too long. */
  readonly signal: AbortSignal
  /** Does what the PACS is waited for. */
  wait<T>(ask: () => Promise<T>): Promise<T>
  /** The same pieces; nothing is counted while nobody asks for the next. */
  read(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array>
}

/** `mostMs`: of the PACS, all its pieces together. */
export function createPatience(mostMs: number): Patience {
  const over = new AbortController()
  let leftMs = mostMs

  async function wait<T>(ask: () => Promise<T>): Promise<T> {
    const beganMs = performance.now()
    const timer = setTimeout(() => over.abort(), Math.max(0, leftMs))
    try {
      return await ask()
    } finally {
      clearTimeout(timer)
      leftMs -= performance.now() - beganMs
    }
  }

  async function* read(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const piece = await wait(() => pieces.next())
        if (piece.done) return
        yield piece.value
      }
    } finally {
      await pieces.return(undefined)
    }
  }

  return { signal: over.signal, wait, read }
}
