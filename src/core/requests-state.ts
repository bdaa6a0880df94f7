/** What a patient's open requests are, what is due of them when, and what a screen is told of each. Rules are ASK-n. */
import type { StaffParty, Stay } from '../protocol/people.ts'
import type {
  ComingIn,
  RequestAlarm,
  RequestEnd,
  RequestReason,
  RequestRefusal,
  RequestView,
} from '../protocol/request.ts'
import type { Timings } from '../protocol/wire.ts'
import type { EndpointId } from './switchboard-state.ts'

export type AlarmLevel = Exclude<RequestAlarm, 'none'>

/** How far a request is. `unseen` counts from when it was first heard, `overdue` from when somebody had wanted to be there. */
export type RequestProgress =
  | { readonly type: 'reaching'; readonly untilMs: number }
  | { readonly type: 'unseen'; readonly sinceMs: number; readonly level: AlarmLevel }
  | { readonly type: 'seen'; readonly by: StaffParty; readonly atMs: number }
  | {
      readonly type: 'coming'
      readonly by: StaffParty
      readonly inMinutes: ComingIn
      readonly untilMs: number
    }
  | {
      readonly type: 'overdue'
      readonly by: StaffParty
      readonly untilMs: number
      readonly level: AlarmLevel
    }
  | { readonly type: 'ended'; readonly how: RequestEnd }

/** Who sounds for it now; `quiet`: nobody since then, and nobody was told yet. Not durable: a station says it anew. */
export type Hearing =
  | { readonly type: 'heard'; readonly by: ReadonlySet<EndpointId> }
  | { readonly type: 'quiet'; readonly sinceMs: number }
  | { readonly type: 'unheard' }

export type PatientRequest = {
  readonly requestId: string
  readonly bedId: string
  readonly stay: Stay
  readonly reason: RequestReason
  readonly madeMs: number
  readonly progress: RequestProgress
  readonly hearing: Hearing
}

/** All that are open, in the order in which they were made. */
export type Requests = ReadonlyMap<string, PatientRequest>

/** What a record says of it, in the words of the audit. `by`: null is time itself. */
export type RequestAct = {
  readonly action:
    | 'request-made'
    | 'request-heard'
    | 'request-unheard'
    | 'request-alerted'
    | 'request-answered'
    | 'request-moved'
    | 'request-ended'
  readonly detail: string | null
  readonly by: StaffParty | 'bed' | null
}

/** In a decision's effects every record stands before what follows from it. */
export type RequestEffect =
  | { readonly type: 'record'; readonly request: PatientRequest; readonly act: RequestAct }
  | { readonly type: 'tell'; readonly request: PatientRequest }
  /** Telephones are told as well: it helps, and counts for nothing. */
  | { readonly type: 'phone'; readonly request: PatientRequest }
  | {
      readonly type: 'refuse'
      readonly requestId: string
      readonly bedId: string
      readonly stay: Stay
      readonly why: RequestRefusal
    }

export type RequestEvent = { readonly nowMs: number } & (
  | { readonly type: 'clock' }
  | {
      readonly type: 'made'
      readonly requestId: string
      readonly bedId: string
      readonly reason: RequestReason
      /** Who lies there, and which stay the tablet believes it to be. */
      readonly stay: Stay
      readonly seenEpoch: number
      readonly expiresAtMs: number
      /** The id was used before, for one that is over. */
      readonly isPast: boolean
    }
  | { readonly type: 'sounded'; readonly requestId: string; readonly endpoint: EndpointId }
  /** The station is gone, or silent. */
  | { readonly type: 'fellSilent'; readonly endpoint: EndpointId }
  | { readonly type: 'seen'; readonly requestId: string; readonly by: StaffParty }
  | {
      readonly type: 'coming'
      readonly requestId: string
      readonly by: StaffParty
      readonly inMinutes: ComingIn
    }
  | { readonly type: 'done'; readonly requestId: string; readonly by: StaffParty }
  | {
      readonly type: 'endedAtBed'
      readonly requestId: string
      readonly bedId: string
      readonly how: 'here' | 'taken-back'
    }
  | { readonly type: 'staysChanged'; readonly stays: ReadonlyMap<string, Stay> }
  /** This person is not there any more for what they had taken. */
  | { readonly type: 'left'; readonly staffId: string }
  /** What one person had taken is another's from now on. */
  | { readonly type: 'handedOver'; readonly from: string; readonly to: StaffParty }
)

/** Who has taken it; null: nobody. */
export function takerOf({ progress }: PatientRequest): StaffParty | null {
  return 'by' in progress ? progress.by : null
}

export function alarmOf({ progress }: PatientRequest): RequestAlarm {
  if (progress.type === 'reaching') return 'first'
  return 'level' in progress ? progress.level : 'none'
}

/** Whether stations are to sound for it and the patient counts on being heard. */
export function isWaiting({ progress }: PatientRequest): boolean {
  return progress.type === 'unseen' || progress.type === 'overdue'
}

/** When time alone changes it next; infinity: never. */
export function dueMs(request: PatientRequest, timings: Timings): number {
  const { progress, hearing } = request
  const quietMs =
    isWaiting(request) && hearing.type === 'quiet'
      ? hearing.sinceMs + timings.askMs
      : Number.POSITIVE_INFINITY
  return Math.min(quietMs, progressDueMs(progress, timings))
}

function progressDueMs(progress: RequestProgress, { unseenMs, wardMs }: Timings): number {
  switch (progress.type) {
    case 'reaching':
    case 'coming':
      return progress.untilMs
    case 'unseen':
      if (progress.level === 'first') return progress.sinceMs + unseenMs
      return progress.level === 'again' ? progress.sinceMs + wardMs : Number.POSITIVE_INFINITY
    case 'overdue':
      return progress.level === 'ward' ? Number.POSITIVE_INFINITY : progress.untilMs + wardMs - unseenMs
    case 'seen':
    case 'ended':
      return Number.POSITIVE_INFINITY
  }
}

/** As a screen is told; `names`: a locked one is told of nobody. */
export function viewOf(request: PatientRequest, label: string, names: 'shown' | 'hidden'): RequestView {
  const { requestId, bedId, stay, reason, madeMs } = request
  const common = { requestId, bedId, label, stay: stay.epoch, reason, madeMs, alarm: alarmOf(request) }
  return { ...common, state: stateOf(request, names) }
}

function stateOf(request: PatientRequest, names: 'shown' | 'hidden'): RequestView['state'] {
  const { progress, hearing } = request
  if (isWaiting(request) && hearing.type === 'unheard') return { type: 'unheard' }
  if (progress.type === 'reaching') return { type: 'reaching' }
  if (progress.type === 'unseen') return { type: 'sent' }
  if (progress.type === 'ended') return { type: 'ended', how: progress.how }
  const by = names === 'shown' ? progress.by.name : null
  switch (progress.type) {
    case 'seen':
      return { type: 'seen', by, atMs: progress.atMs }
    case 'coming':
      return { type: 'coming', by, inMinutes: progress.inMinutes, untilMs: progress.untilMs }
    case 'overdue':
      return { type: 'overdue', by, untilMs: progress.untilMs }
  }
}
