/** Sealed copies of scans, for one page: loaded after the station's start, because what waits here goes by itself. */
import * as v from 'valibot'
import { copyLimits } from '../../protocol/scan-copies.ts'
import type { CopiesPort, WaitingCopy } from '../../state/scan-copies-ports.ts'
import { httpApi } from '../api.ts'
import { askToPersist } from '../persistence.ts'
import { readKept, sealDraft } from './copy-kept.ts'
import { openReceived, resealCopy } from './copy-open.ts'
import { httpPieces } from './copy-pieces.ts'
import { postCopy } from './copy-post.ts'
import { browserShelf, type KeptCopy } from './copy-shelf.ts'
import { browserSelf, type CopyWorld } from './copy-world.ts'
import { sha256 } from './sha256.ts'

const anything = v.unknown()

/** One tab of this browser sends at a time; whoever finds another at it comes again. */
const sending = 'bedside-copies-send'

async function alone<T>(work: () => Promise<T>): Promise<T | null> {
  if (!navigator.locks) return await work()
  return await navigator.locks.request(sending, { ifAvailable: true }, async (lock) =>
    lock ? await work() : null,
  )
}

export function createCopiesPort(world: CopyWorld): CopiesPort {
  const { ask, shelf, self } = world

  async function waitingOf(kept: KeptCopy): Promise<WaitingCopy> {
    const read = await readKept(self, kept)
    const [, ...files] = kept.lengths
    return {
      copyId: kept.copyId,
      about: read && { toName: read.about.toName, patientNumber: read.about.patientNumber },
      expiresMs: kept.madeMs + kept.lastsMs,
      files: files.length,
      bytes: kept.lengths.reduce((sum, one) => sum + one, 0),
      stop: kept.stop ?? (read ? null : 'unreadable'),
    }
  }

  return {
    sha256,
    async enrol(nowMs) {
      await shelf.tidy(nowMs).catch(() => {})
      const key = await self.certified(nowMs)
      if (!key) return { ok: false, failure: 'uncertified' }
      const answer = await ask('POST', '/copies/key', { key }, anything)
      return answer.ok ? { ok: true, value: null } : answer
    },
    async keep(draft, bytesOf) {
      try {
        void askToPersist()
        const sealed = await sealDraft(self, draft, bytesOf)
        if (!sealed) return { ok: false, failure: 'failed' }
        await shelf.keep(sealed.kept, sealed.files, draft.copyId)
        return { ok: true, value: null }
      } catch (error) {
        const isFull = error instanceof DOMException && error.name === 'QuotaExceededError'
        return { ok: false, failure: isFull ? 'full' : 'failed' }
      }
    },
    async waiting(staffId) {
      const mine = (await shelf.all()).filter((kept) => kept.staffId === staffId)
      return await Promise.all(mine.map(waitingOf))
    },
    othersWaiting: async (staffId) => (await shelf.all()).filter((kept) => kept.staffId !== staffId).length,
    drop: shelf.drop,
    async tryAgain(copyId) {
      const kept = await shelf.get(copyId)
      const read = kept && (await readKept(self, kept))
      if (!read) return
      // Whom it is for is asked anew, unless the server may have it.
      const envelope = kept?.stop === 'no-room' ? read.about.envelope : null
      await shelf.change(copyId, { stop: null, about: await read.sealed(envelope) })
    },
    async post(copyId, nowMs, hear, over) {
      return (await alone(() => postCopy(world, copyId, { nowMs, hear, over }))) ?? { type: 'elsewhere' }
    },
    open: (asked, nowMs, hear, over) => openReceived(world, asked, nowMs, hear, over),
    async ask(copyId, nowMs) {
      const key = await self.certified(nowMs)
      if (!key) return { ok: false, failure: 'uncertified' }
      const answer = await ask('POST', '/copies/ask', { copyId, key }, anything)
      return answer.ok ? { ok: true, value: null } : answer
    },
    reseal: (asked, to, nowMs) => resealCopy(world, asked, to, nowMs),
  }
}

export const browserCopies: CopiesPort = createCopiesPort({
  ask: httpApi.ask,
  pieces: httpPieces,
  shelf: browserShelf,
  self: browserSelf,
  pieceBytes: copyLimits.pieceBytes,
})
