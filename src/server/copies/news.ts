/** Says that there is news of a copy: to the stations of those whom it concerns, and to the telephones of those who got it. */
import { copyStateOf } from '../../core/scan/copies.ts'
import type { ServerMessage } from '../../protocol/wire.ts'
import type { Phones } from '../push/phones.ts'
import { type Sessions, tellText } from '../session.ts'
import type { Copy } from './kept.ts'
import type { CopyPeople } from './people.ts'

export type CopyNewsParts = {
  readonly sessions: Sessions
  readonly phones: Pick<Phones, 'tell'>
  readonly now: () => number
}

export type CopyNews = ReturnType<typeof createCopyNews>

const newsText = JSON.stringify({ type: 'copies.changed' } satisfies ServerMessage)

export function createCopyNews({ sessions, phones, now }: CopyNewsParts, people: CopyPeople) {
  /** Copies whose readers' telephones may still be told. */
  const calling = new Set<string>()

  /** While their socket is away one word waits for them. */
  function tellPeople(staffIds: ReadonlySet<string>): void {
    for (const session of sessions.values()) {
      const { party } = session
      if (party.type !== 'staff' || !staffIds.has(party.staffId)) continue
      if (session.socket || !session.unacked?.includes(newsText)) tellText(session, newsText)
    }
  }

  return {
    /** [COPY-6] Of one that is not there yet its sender alone hears. */
    tell(copy: Copy): void {
      const others = [...copy.readers.map(({ who }) => who), ...people.addressed(copy.to, copy.senderId)].map(
        ({ staffId }) => staffId,
      )
      tellPeople(new Set([copy.senderId, ...(copy.wholeMs === null ? [] : others)]))
    },

    tellSender: ({ senderId }: Copy): void => tellPeople(new Set([senderId])),

    /** Those who got it, and neither who sent it nor of whom it is (HZ-6). */
    phone(copy: Copy): void {
      const whose = copy.readers.map(({ who }) => who.staffId)
      calling.add(copy.copyId)
      const isCalling = () => calling.has(copy.copyId) && copyStateOf(copy, now()) === 'there'
      phones.tell({ id: `copy ${copy.copyId}`, title: 'copy', whose: () => whose, isCalling })
    },

    /** It has ended: no telephone that was not told yet is. */
    hush: (copyId: string): void => void calling.delete(copyId),
  }
}
