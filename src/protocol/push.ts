/** What is said of telephones that are told of requests: their subscription (Push API), and what they are sent. */
import * as v from 'valibot'
import { language } from './language.ts'
import { base64url } from './primitives.ts'
import { quietHours } from './wishes.ts'

/** A push service's address for one browser, and the keys that what it carries is sealed with (RFC 8291 §2.1). */
export const pushSubscription = v.strictObject({
  endpoint: v.pipe(v.string(), v.url(), v.maxLength(1_000)),
  /** The browser's P-256 point and its authentication secret. */
  p256dh: base64url(87),
  auth: base64url(22),
})
export type PushSubscriptionKeys = v.InferOutput<typeof pushSubscription>

/** `language`: of the words it is to show, one of the app's. */
export const phoneOn = v.strictObject({
  subscription: pushSubscription,
  language,
})

/** `POST /api/phone/quiet`: when none of this person's telephones is told, by the ward's clock; null: whenever there is something. */
export const phoneQuiet = v.strictObject({
  quiet: v.nullable(
    v.pipe(
      quietHours,
      v.check(({ fromMinute, untilMinute }) => fromMinute !== untilMinute),
    ),
  ),
})

/** `key`: what a browser subscribes with (RFC 8292); null: this server tells no telephones. `on`: it tells this one. */
export const phoneAnswer = v.strictObject({
  key: v.nullable(base64url(87)),
  on: v.boolean(),
  quiet: v.nullable(quietHours),
})
export type PhoneAnswer = v.InferOutput<typeof phoneAnswer>

/** All that a telephone is sent. `tag` is of no meaning to anybody: a later note takes the place of one with the same. */
export const pushNote = v.strictObject({
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(120)),
  body: v.pipe(v.string(), v.maxLength(120)),
  tag: v.pipe(v.string(), v.maxLength(32)),
})
export type PushNote = v.InferOutput<typeof pushNote>
