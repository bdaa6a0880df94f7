/**
 * How an outpatient comes to a video visit: a personal link, a date of birth, a test of their device, a waiting room. A
 * visit belongs to one appointment; whoever comes is a guest (`people.ts`) whose id is the visit's.
 */
import * as v from 'valibot'
import { zone } from './appointment.ts'
import { guestParty, patient } from './people.ts'
import { counter, id, milliseconds, name } from './primitives.ts'
import { publicKey, signed } from './proof.ts'
import { deviceTest, visitSaid } from './visit-messages.ts'

/** What stands behind `#` in a visit's link: 160 random bits, base64url. Asking with it uses nothing up. */
export const visitToken = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{27}$/))

/** So many wrong dates of birth, and only staff help on. */
export const mostBirthTries = 5

const line = (longest: number) => v.pipe(v.string(), v.maxLength(longest))
const language = v.nullable(line(35))

/**
 * What a link is good for now. `ahead`: later today or another day; `open`: one may come in; `cancelled`: there is no visit;
 * `over`: it was, or its time is past; `replaced`: another link was sent since. Says nothing of who it is for.
 */
export const linkStates = ['ahead', 'open', 'cancelled', 'over', 'replaced'] as const
export const linkState = v.picklist(linkStates)
export type LinkState = v.InferOutput<typeof linkState>

/** `POST /api/visit/look`, by whoever opens the link: a mail scanner as well. */
export const visitLook = v.strictObject({ token: visitToken })
export const visitLookAnswer = v.strictObject({
  state: linkState,
  ward: name,
  startMs: milliseconds,
  endMs: milliseconds,
  /** Of the clock on the hospital's wall. */
  zone,
  language,
  /** Where to ring instead; null: the hospital named none. */
  phone: v.nullable(line(40)),
  /** Whether a new link can be sent to the address that is known. */
  mayRenew: v.boolean(),
})
export type VisitLookAnswer = v.InferOutput<typeof visitLookAnswer>

/** `POST /api/visit/renew`, where a link leads nowhere: sends a new one to the address that the hospital knows, three at most, or tells staff that one is wished for. */
export const visitRenew = v.strictObject({ token: visitToken })
export const visitRenewAnswer = v.strictObject({ done: v.picklist(['sent', 'told']) })

/**
 * `POST /api/visit/enter`: binds the visit to this browser's key. `other-device`: it is bound to another one, and staff
 * are asked, one device after the other; the same request later says what they said. `refused`: they did not let this one in.
 * `wrong`: so many tries are left.
 */
export const visitEnter = v.strictObject({ token: visitToken, born: patient.entries.born, publicKey })
export const visitEnterAnswer = v.variant('type', [
  v.strictObject({ type: v.literal('in'), me: guestParty }),
  v.strictObject({ type: v.literal('wrong'), left: counter }),
  v.strictObject({ type: v.literal('blocked') }),
  v.strictObject({ type: v.literal('other-device') }),
  v.strictObject({ type: v.literal('refused') }),
  v.strictObject({ type: v.literal('not-open'), state: linkState }),
])
export type VisitEnterAnswer = v.InferOutput<typeof visitEnterAnswer>

/** `POST /api/visit/rate`, once, by whoever was there: kept without whose it is. */
export const visitRate = v.strictObject({ token: visitToken, stars: v.picklist([1, 2, 3, 4, 5]) })

/** How the invitation travelled. `problem`: the mail server's own words, for staff. */
export const visitMail = v.strictObject({
  state: v.picklist(['none', 'waiting', 'sent', 'failed']),
  to: v.nullable(line(254)),
  atMs: v.nullable(milliseconds),
  problem: v.nullable(line(200)),
  /** Of one that failed: somebody has said that it is dealt with. */
  isDealt: v.boolean(),
})
export type VisitMail = v.InferOutput<typeof visitMail>

/** Where whoever is invited is. `away`: they were here, and their page is gone. */
export const visitStates = ['invited', 'ahead', 'waiting', 'called', 'again', 'away'] as const
export const visitState = v.picklist(visitStates)
export type VisitState = v.InferOutput<typeof visitState>

/** A visit as staff see it. */
export const visitView = v.strictObject({
  visitId: id,
  appointmentId: id,
  title: line(120),
  /** The two identifiers (HZ-1); `born` null where nobody wrote it: such a link lets nobody in. */
  name,
  born: v.nullable(patient.entries.born),
  phone: v.nullable(line(40)),
  /** What the patient reads (BCP 47), and the clock they live by; null: the hospital's. */
  language,
  zone: v.nullable(zone),
  startMs: milliseconds,
  endMs: milliseconds,
  /** Who is to see them, or empty: whoever of the ward, and everybody once none of these hears that they wait. */
  staff: v.array(id),
  mail: visitMail,
  state: visitState,
  /** Since when it is so; of whoever waits, since they came. */
  sinceMs: milliseconds,
  /** Since when whoever waits has waited without a break; their place in the queue is older than that. */
  waitsSinceMs: milliseconds,
  test: v.nullable(deviceTest),
  /** `asks`: another device wants to come in with the same link. */
  device: v.picklist(['none', 'bound', 'asks']),
  /** The key of the device that asks; null: none. */
  otherKey: v.nullable(publicKey),
  /** Wrong dates of birth are all used up. */
  isBlocked: v.boolean(),
  /** They asked for a new time or a new link, and nothing could be sent. */
  wishesNew: v.boolean(),
  /** The key that this visit is bound to, to be vouched for before a call; null: none. */
  publicKey: v.nullable(publicKey),
  isVouched: v.boolean(),
  /** With whom they are in a call, or rung by. */
  with: v.nullable(name),
  isIdentified: v.boolean(),
  /** Fifteen minutes after the start nobody has come: a person decides. */
  isMissing: v.boolean(),
})
export type VisitView = v.InferOutput<typeof visitView>

/** `GET /api/visits`, by staff: of the days that come next, and of one appointment besides, whenever that is. */
export const visitsAsked = v.strictObject({ of: v.optional(id) })
/** The answer. `alarm`: somebody waits for the reader, and the reader has not said that they know. */
export const visitsNow = v.strictObject({
  visits: v.array(visitView),
  alarm: v.picklist(['none', 'request']),
  /** Whether mail can be sent from here at all. */
  mail: v.picklist(['on', 'off']),
  /** How many rated, and how, over the last ninety days: one star first. */
  ratings: v.pipe(v.array(counter), v.length(5)),
})
export type VisitsNow = v.InferOutput<typeof visitsNow>

/** `POST /api/visits/invite`: again for the same appointment sends again. `letter`: the answer's link is printed. */
export const visitInvite = v.strictObject({
  appointmentId: id,
  by: v.picklist(['mail', 'letter']),
  /** Of the patient, where it is another than the hospital's; null: the hospital's; not there: as it was. */
  zone: v.optional(v.nullable(zone)),
})
export const visitInviteAnswer = v.strictObject({
  visitId: id,
  link: v.nullable(line(200)),
  /** Where to ring instead, for the letter; not there where the hospital named none. */
  phone: v.optional(line(40)),
})
export type VisitInviteAnswer = v.InferOutput<typeof visitInviteAnswer>

/** `POST /api/visits/say`; `visitId` null: to everybody who waits for the one who says it. */
export const visitSay = v.strictObject({ visitId: v.nullable(id), said: visitSaid })
/** `POST /api/visits/seen`: whoever says it knows who waits, and hears no more of them. */
export const visitSeen = v.strictObject({})
/** `POST /api/visits/device`: whether that device, and no other, comes in instead of the one that is bound (HZ-1). */
export const visitDevice = v.strictObject({
  visitId: id,
  otherKey: publicKey,
  answer: v.picklist(['let-in', 'refuse']),
})
/** `POST /api/visits/vouch`: this station's word for the key, before it rings. The certificate's table is the visit itself. */
export const visitVouch = v.strictObject({ visitId: id, certificate: signed })
/** `POST /api/visits/identify`: by face and two identifiers; `no` ends the call and the link. */
export const visitIdentify = v.strictObject({ visitId: id, isThem: v.boolean() })
/** `POST /api/visits/photo`: one has come in this call, as its receiver says, once however often; nothing of what is on it. */
export const visitPhoto = v.strictObject({ visitId: id, callId: id, photoId: id })
/** `POST /api/visits/mail-dealt`: somebody has told the patient otherwise; `atMs` as the screen showed it, so that a letter that failed since is asked about. */
export const visitMailDealt = v.strictObject({ visitId: id, atMs: v.nullable(milliseconds) })
/** `POST /api/visits/outcome`: ends the visit, and says so in the plan; `seen-to`: it stays as it is, and their wish is answered. */
export const visitOutcome = v.strictObject({
  visitId: id,
  outcome: v.picklist(['done', 'no-show', 'seen-to']),
})
