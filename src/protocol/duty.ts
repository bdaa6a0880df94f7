/** What is said of duties ("neurosurgeon on call"), of who can be reached now, and of what they are asked when nobody answers. */
import * as v from 'valibot'
import { languageTag, mostLanguages } from './interpreting.ts'
import { staffParty } from './people.ts'
import { bedLabel, counter, id, milliseconds, mostBeds, name } from './primitives.ts'

/** No ward keeps more. */
export const mostDuties = 64

/** `nextId`: the duty that what nobody acknowledges passes on to; null: none. */
export const duty = v.strictObject({ dutyId: id, name, nextId: v.nullable(id) })

/** Sets one duty of the ward; one with a new id is added at the end. */
export const dutyRequest = duty
/** Puts it one place higher in the list. */
export const dutyUpRequest = v.strictObject({ dutyId: id })
export const dropDutyRequest = v.strictObject({ dutyId: id })

/**
 * Whether somebody can be reached. `screens`: so many of theirs are connected; `isBusy`: in a call, or rung;
 * `hasPhone`: a telephone of theirs is told of what is asked of them.
 */
export const reach = v.strictObject({
  party: staffParty,
  screens: counter,
  isBusy: v.boolean(),
  hasPhone: v.boolean(),
})
export type Reach = v.InferOutput<typeof reach>

/** A duty as it is now; `next`: the name of the one it passes on to. */
export const dutyNow = v.strictObject({
  dutyId: id,
  name,
  next: v.nullable(name),
  holders: v.array(reach),
})
export type DutyNow = v.InferOutput<typeof dutyNow>

export const addressee = v.variant('type', [
  v.strictObject({ type: v.literal('duty'), dutyId: id }),
  v.strictObject({ type: v.literal('staff'), staffId: id }),
])
export type Addressee = v.InferOutput<typeof addressee>

/** In how many minutes whoever has seen it calls back; 0 is now. */
export const consultMinutes = [0, 5, 15, 30] as const
export const consultIn = v.picklist(consultMinutes)
export type ConsultIn = v.InferOutput<typeof consultIn>

export const consultEnds = ['called', 'taken-back', 'done'] as const
export const consultEnd = v.picklist(consultEnds)
export type ConsultEnd = v.InferOutput<typeof consultEnd>

/** What is asked for, in a few words: no name of a patient belongs there, and none of it is sent to telephones. */
export const consultReason = v.pipe(v.string(), v.maxLength(200))

/** `unanswered`: nobody acknowledged it and there is nobody left to pass it on to: it takes a telephone. */
export const consultState = v.variant('type', [
  v.strictObject({ type: v.literal('waiting') }),
  v.strictObject({ type: v.literal('unanswered') }),
  v.strictObject({ type: v.literal('seen'), by: staffParty, untilMs: milliseconds }),
])
export type ConsultState = v.InferOutput<typeof consultState>

/** How loudly it calls at the stations of whoever it is with; `none` once one of them has seen it. */
export const consultAlarm = v.picklist(['none', 'first', 'again'])
export type ConsultAlarm = v.InferOutput<typeof consultAlarm>

/** `to`: whom it was for, by name; `at`: whom it is with now, a duty or one person. `mine`: what the reader has to do with it. */
export const consultView = v.strictObject({
  consultId: id,
  by: staffParty,
  to: name,
  at: name,
  atDuty: v.boolean(),
  mine: v.picklist(['asked', 'asked-of-me']),
  reason: consultReason,
  madeMs: milliseconds,
  state: consultState,
  alarm: consultAlarm,
})
export type ConsultView = v.InferOutput<typeof consultView>

const having = {
  bedIds: v.pipe(v.array(id), v.maxLength(mostBeds)),
  dutyIds: v.pipe(v.array(id), v.maxLength(mostDuties)),
  languages: v.pipe(v.array(languageTag), v.maxLength(mostLanguages)),
}

/** This is what I have from now on, for another 13 hours, and nothing else. */
export const takeShiftRequest = v.strictObject(having)
/** Asks this colleague to take it over; null: nobody any more. */
export const offerShiftRequest = v.strictObject({ toId: v.nullable(id) })
/** What the one who was asked says. */
export const answerShiftRequest = v.strictObject({ fromId: id, answer: v.picklist(['take', 'no']) })

/** What somebody is asked to take over, by the words of whoever has it; `requests` and `consults`: so many that wait for them. */
export const shiftOffered = v.strictObject({
  from: staffParty,
  beds: v.array(bedLabel),
  duties: v.array(name),
  requests: counter,
  consults: counter,
})
export type ShiftOffered = v.InferOutput<typeof shiftOffered>

/**
 * The reader's own. `untilMs` null: none goes on. `last`: what they had last and can have again; `gone`: the names of what of it
 * is not there any more. `requests`, `consults`: so many they have taken that would call again without them.
 */
export const shiftNow = v.strictObject({
  untilMs: v.nullable(milliseconds),
  ...having,
  last: v.strictObject({ ...having, gone: v.array(name) }),
  wardLanguages: v.array(languageTag),
  requests: counter,
  consults: counter,
  offered: v.nullable(v.strictObject({ to: staffParty, answer: v.picklist(['none', 'no']) })),
  offers: v.array(shiftOffered),
})
export type ShiftNow = v.InferOutput<typeof shiftNow>

/** `GET /colleagues`: those who are here first, then by name. A locked screen is told how loud to be, and nothing else. */
export const colleaguesNow = v.strictObject({
  people: v.array(reach),
  duties: v.array(dutyNow),
  consults: v.array(consultView),
  /** Calls that go on, were made to a duty the reader has, and were answered by somebody else. */
  taken: v.array(v.strictObject({ callId: id, by: name })),
  alarm: consultAlarm,
  /** Null on a locked screen. */
  shift: v.nullable(shiftNow),
})
export type ColleaguesNow = v.InferOutput<typeof colleaguesNow>

export const consultRequest = v.strictObject({ consultId: id, to: addressee, reason: consultReason })
export const seeConsultRequest = v.strictObject({ consultId: id, inMinutes: consultIn })
/** Taken back by whoever asked, done by whoever was asked. */
export const endConsultRequest = v.strictObject({ consultId: id })
