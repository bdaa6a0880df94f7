/** What is said of a patient's request, to the patient and to staff: the only map from its codes to language. */
import type { MyRequest, RequestReason } from '../state/my-requests.ts'
import type { RequestView } from '../state/requests.ts'
import type { BedView } from '../state/station.ts'
import { ask } from './texts/ask.ts'
import { listOf } from './texts/dates.ts'
import { timeOf } from './words.ts'

export const reasonWords: Record<RequestReason, string> = ask('reasons')
export const askWords = ask('ask')
export const queueWords = ask('queue')
export const phoneWords = ask('phone')
export const roomWords = ask('room')
const states = ask('states')
const progress = ask('progress')

/** How far it is, in one sentence for the patient; times are the server's, as the tablet's clock shows them. */
export function myStateWord({ state }: MyRequest, names: 'shown' | 'hidden'): string {
  if (state.type === 'reaching' || state.type === 'sent' || state.type === 'unheard')
    return states[state.type]
  const name = (names === 'shown' ? state.by : null) ?? askWords.nurse
  switch (state.type) {
    case 'seen':
    case 'overdue':
      return states[state.type]({ name })
    case 'coming':
      return state.inMinutes === 0
        ? states.now({ name })
        : states.later({ name, time: timeOf(state.untilMs) })
  }
}

/** What matters beside the request itself (HZ-12). */
export function careWord(reason: RequestReason): string | null {
  if (reason === 'toilet') return askWords.inBed
  return reason === 'pain' || reason === 'other' ? askWords.sudden : null
}

/** How far it is, in few words for staff. */
export function progressWord({ state, alarm }: RequestView): string {
  if (state.type === 'ended') return ''
  if (state.type === 'reaching' || state.type === 'sent' || state.type === 'unheard')
    return alarm === 'again' || alarm === 'ward' ? progress[alarm] : progress[state.type]
  const name = state.by ?? queueWords.somebody
  switch (state.type) {
    case 'seen':
      return progress.seen({ name })
    case 'coming':
      return state.inMinutes === 0
        ? progress.now({ name })
        : progress.later({ name, time: timeOf(state.untilMs) })
    case 'overdue':
      return progress.overdue({ name, time: timeOf(state.untilMs) })
  }
}

export function agoWord(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  return minutes < 1 ? queueWords.just : queueWords.ago({ count: minutes })
}

/** What a request is called wherever a button or a voice has to name it. */
export function namesOf({ label, reason }: RequestView) {
  return { label, reason: reasonWords[reason] }
}

/** `Room 12: 3 others here. Privacy at bed 2.`; `curtains`: labels of the beds that are drawn. */
export function roomLine(room: string, count: number, curtains: readonly string[]): string {
  const others = roomWords.others({ room, count })
  return curtains.length === 0 ? others : `${others} ${roomWords.curtains({ labels: listOf(curtains) })}`
}

/** Whether those who share the room know what they may overhear. */
export function toldLine({ roommates }: NonNullable<BedView['wishes']>): string {
  return roomWords[roommates === 'told' ? 'told' : 'untold']
}
