/** Ends the visits of somebody who has died: links, reminders and what waits to be sent, at once, and nobody is written to. */
import { isSamePerson } from '../../core/adt-same.ts'
import type { Patient } from '../../protocol/people.ts'
import { dropLetters } from '../mail/letters.ts'
import { nobodyYet, type Visit } from './kept.ts'
import type { Room, RoomParts } from './room.ts'

export function createSilence({ now }: Pick<RoomParts, 'now'>, room: Room) {
  /** It is closed before the plan cancels its appointment, so that no letter says so. Doing it twice does nothing more. */
  async function silence({ visitId }: Visit): Promise<void> {
    const over = { ...nobodyYet, notes: [], wishesNewMs: null }
    const closed = { atMs: now(), why: 'ended' } as const
    const act = { action: 'visit-ended', agent: { type: 'server' }, detail: 'deceased' } as const
    await room.change(visitId, { ...over, closed }, [act], (step) => dropLetters(step, visitId, now()))
    await room.sendAway(visitId, 'ended', null)
  }

  return async (patient: Patient): Promise<void> => {
    const theirs = room.all().filter((visit) => {
      const outpatient = room.rowOf(visit)?.outpatient
      return outpatient ? isSamePerson(outpatient, patient) : false
    })
    for (const visit of theirs) if (visit.closed?.why !== 'ended') await silence(visit)
    if (theirs.length > 0) await room.settle()
  }
}
