/** [LIVE-5] Drawings on a shared scan: each belongs to whoever drew it, and of two versions the later one counts. */
import { type ShareMark, type ShareMessage, shareLimits } from '../../protocol/scan-share.ts'
import { isWithin, type PagedMark, type Share } from './share-state.ts'

/** Of two versions alike in number the same one wins everywhere, whichever came first. */
function isNewer(one: PagedMark, held: PagedMark): boolean {
  if (one.page !== held.page) return one.page > held.page
  if (one.revision !== held.revision) return one.revision > held.revision
  return JSON.stringify(one.points) > JSON.stringify(held.points)
}

/** With one more, or a later version of one; the same where it is older, of no picture, or one too many of its author. */
export function withMark(share: Share, mark: PagedMark): Share {
  if (mark.page < share.page || !isWithin(share, mark.slice)) return share
  const held = share.marks.find(({ id, author }) => id === mark.id && author === mark.author)
  if (held) {
    if (!isNewer(mark, held)) return share
    return { ...share, marks: share.marks.map((one) => (one === held ? mark : one)) }
  }
  const own = share.marks.filter(({ author }) => author === mark.author)
  const isRoom = own.length < shareLimits.marks && share.marks.length < shareLimits.marksInAll
  return isRoom ? { ...share, marks: [...share.marks, mark] } : share
}

/** From now on only drawings of this page count. */
export function turnedTo(share: Share, page: number): Share {
  if (page <= share.page) return share
  return { ...share, page, marks: share.marks.filter((mark) => mark.page >= page) }
}

/** What is to be seen of them: on the present page, not taken back, on any picture. */
export function visibleMarks({ marks, page }: Share): readonly ShareMark[] {
  return marks.filter((mark) => mark.page === page && mark.points.length > 0)
}

const mostCharacters = 12_000

/** In messages of a bounded length, each of one page. */
export function marksToTell(shareId: string, marks: readonly PagedMark[]): ShareMessage[] {
  const messages: { page: number; marks: ShareMark[]; length: number }[] = []
  for (const { page, ...mark } of marks) {
    const length = JSON.stringify(mark).length
    const last = messages.at(-1)
    const fits =
      last?.page === page &&
      last.marks.length < shareLimits.marksTold &&
      last.length + length <= mostCharacters
    if (last && fits) {
      last.marks.push(mark)
      last.length += length
    } else messages.push({ page, marks: [mark], length })
  }
  return messages.map((one) => ({ type: 'share.marks', shareId, page: one.page, marks: one.marks }))
}
