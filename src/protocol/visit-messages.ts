/** What is said on the socket of a video visit; how people come to one is told in `visit.ts`, which a ward's screens do not load. */
import * as v from 'valibot'
import { zone } from './appointment.ts'
import { waysFound } from './ice.ts'
import { staffParty } from './people.ts'
import { counter, id, milliseconds, name } from './primitives.ts'
import { chain } from './proof.ts'

const line = (longest: number) => v.pipe(v.string(), v.maxLength(longest))

/** What staff say to whoever waits; `late` is worded in the reader's language. */
export const visitSaid = v.variant('type', [
  v.strictObject({ type: v.literal('late'), minutes: v.picklist([5, 10, 15, 20, 30, 45, 60]) }),
  v.strictObject({
    type: v.literal('text'),
    text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300)),
  }),
])
export type VisitSaid = v.InferOutput<typeof visitSaid>
export const visitNote = v.strictObject({ noteId: id, atMs: milliseconds, by: name, said: visitSaid })
export type VisitNote = v.InferOutput<typeof visitNote>

/**
 * A visit as whoever comes to it is told. `ahead`: early, and checked in by itself when it is time; `waiting`: in the
 * queue, `before` others; `called`: a call rings or goes on; `again`: the call was over, and the same link still leads back.
 */
export const visitYours = v.strictObject({
  state: v.picklist(['ahead', 'waiting', 'called', 'again']),
  startMs: milliseconds,
  endMs: milliseconds,
  zone,
  before: counter,
  /** The newest last, five at most. */
  notes: v.array(visitNote),
  phone: v.nullable(line(40)),
})
export type VisitYours = v.InferOutput<typeof visitYours>

/** `not-you`: staff found that it is somebody else; `other-device`: staff let another device in instead. */
export const visitEnds = [
  'ended',
  'cancelled',
  'no-show',
  'not-you',
  'other-device',
  'expired',
  'replaced',
] as const
export const visitEnd = v.picklist(visitEnds)
export type VisitEnd = v.InferOutput<typeof visitEnd>

/** What a person's own device can do, as they found it. `skipped`: they went on without. */
export const deviceTest = v.strictObject({
  camera: v.picklist(['works', 'denied', 'missing', 'taken', 'skipped']),
  microphone: v.picklist(['heard', 'silent', 'denied', 'missing', 'taken', 'skipped']),
  speaker: v.picklist(['heard', 'not-heard', 'skipped']),
  /** Ways to the hospital's relay, where it has one. */
  ways: waysFound,
  /** Kilobits a second; null: not measured. */
  downKbps: v.nullable(counter),
  upKbps: v.nullable(counter),
  /** Such as `Safari 18 on iPhone`. */
  browser: line(80),
})
export type DeviceTest = v.InferOutput<typeof deviceTest>

/** To staff: there is news, and asking brings it. */
export const visitNews = v.strictObject({ type: v.literal('visits.news') })

export const visitServerMessages = [
  v.strictObject({ type: v.literal('visit.yours'), visit: visitYours }),
  /** The last that is said of it. `by`: whom they were with, for the sentence. */
  v.strictObject({ type: v.literal('visit.over'), why: visitEnd, by: v.nullable(staffParty) }),
  /** The station that is about to ring vouched for this browser's key; its root is believed for this visit alone. */
  v.strictObject({ type: v.literal('visit.vouched'), chain }),
] as const

export const visitClientMessages = [
  v.strictObject({ type: v.literal('visit.tested'), test: deviceTest }),
  /** Will not come, or not wait any longer. */
  v.strictObject({ type: v.literal('visit.leave') }),
] as const
