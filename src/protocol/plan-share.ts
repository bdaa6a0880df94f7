/** How the plan leaves this server and comes into it: calendar links, keys of other programs, calendar files. */
import * as v from 'valibot'
import { counter, id, milliseconds } from './primitives.ts'

/** What a person calls a link or a program, to know it again in the list. */
const label = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60))

/** A calendar link: `person` shows one's own appointments, `ward` all of the ward's. Times: milliseconds since 1970. */
export const feed = v.strictObject({
  feedId: id,
  of: v.picklist(['person', 'ward']),
  name: label,
  madeBy: id,
  madeMs: milliseconds,
  expiresMs: milliseconds,
  /** When a calendar last asked for it, to a minute; null: never. */
  readMs: v.nullable(milliseconds),
})
export type Feed = v.InferOutput<typeof feed>

/** BCP 47: whose words a calendar has. */
const spoken = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{2,35}$/))

/** `GET /api/plan/feeds` (one's own), `GET /api/plan/feeds/ward` (needs `plan.share`). */
export const feedList = v.strictObject({ feeds: v.array(feed) })
/** `POST /api/plan/feeds`, `POST /api/plan/feeds/ward`. */
export const makeFeed = v.strictObject({
  name: label,
  days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(400)),
  /** Without it: the ward's. */
  language: v.optional(spoken),
})
/** The address is shown this once: only its hash is kept. */
export const madeFeed = v.strictObject({ feed, url: v.string() })
/** `POST /api/plan/feeds/revoke`, `POST /api/plan/feeds/ward/revoke`. */
export const revokeFeed = v.strictObject({ feedId: id })

/** A program that reads the plan by FHIR, or with `write` changes it too. */
export const integration = v.strictObject({
  integrationId: id,
  name: label,
  scope: v.picklist(['read', 'write']),
  madeBy: id,
  madeMs: milliseconds,
  usedMs: v.nullable(milliseconds),
})
export type Integration = v.InferOutput<typeof integration>

/** `GET /api/plan/integrations`; it and all of these need `plan.share`. */
export const integrationList = v.strictObject({ integrations: v.array(integration) })
/** `POST /api/plan/integrations`. */
export const makeIntegration = v.strictObject({ name: label, scope: v.picklist(['read', 'write']) })
/** The token is shown this once; the program sends it as `Authorization: Bearer …` to `/fhir`. */
export const madeIntegration = v.strictObject({ integration, token: v.string() })
/** `POST /api/plan/integrations/revoke`. */
export const revokeIntegration = v.strictObject({ integrationId: id })

/** `GET /api/plan/appointments/ics`: one appointment as a calendar file. */
export const icsQuery = v.strictObject({ id, language: v.optional(spoken) })

/** Most of a calendar file that is read. */
export const mostIcsBytes = 1_000_000
export const mostIcsLines = 10_000
/** Most appointments that one file makes. */
export const mostImported = 400

/** `POST /api/plan/import/preview` says what would be booked, moved and cancelled, `POST /api/plan/import` does it, for oneself. */
export const importIcs = v.strictObject({
  text: v.pipe(v.string(), v.maxLength(mostIcsBytes)),
  /** Why what is cancelled there is cancelled here, in the words of whoever imports. */
  reason: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200)), 'ics'),
})

/** Why a file is not read at all; the line is that of the file, from 1. */
export const icsRefusals = [
  'too-large',
  'too-many-lines',
  'line-too-long',
  /** Bytes that no text has. */
  'not-text',
  'not-a-calendar',
  /** A BEGIN without its END, or more of them inside each other than calendars have. */
  'badly-nested',
  'too-many-events',
  'too-slow',
] as const
export const icsRefusal = v.picklist(icsRefusals)
export type IcsRefusal = v.InferOutput<typeof icsRefusal>

/** Why one entry of a file is not booked. */
export const importSkips = [
  'cancelled',
  /** It takes no time (TRANSP:TRANSPARENT), so it blocks nobody. */
  'free-time',
  'all-day',
  'past',
  /** Later than the plan's horizon. */
  'beyond-horizon',
  'unsupported-rule',
  'unknown-zone',
  'unreadable',
  /** An end before its start, or longer than a day. */
  'senseless',
  /** It was imported before, and is as it was, or older. */
  'known',
  'too-many',
  /** Something else is there, or the hours do not allow it. */
  'taken',
  'outside-hours',
  'away',
  'forbidden',
  'refused',
] as const
export const importSkip = v.picklist(importSkips)
export type ImportSkip = v.InferOutput<typeof importSkip>

/** What comes of it: of what was imported before, its time, its words or all of it may have changed there. */
export const importDeeds = ['book', 'move', 'change', 'cancel'] as const

/** One appointment that the file asks for. `why` null: done, or in a preview would be. */
export const importItem = v.strictObject({
  /** Where its VEVENT begins in the file, from 1. */
  line: counter,
  title: v.string(),
  startMs: v.nullable(milliseconds),
  endMs: v.nullable(milliseconds),
  does: v.picklist(importDeeds),
  /** When it begins in the plan so far. */
  fromMs: v.nullable(milliseconds),
  why: v.nullable(importSkip),
})
export type ImportItem = v.InferOutput<typeof importItem>

export const importAnswer = v.variant('type', [
  v.strictObject({ type: v.literal('read'), items: v.array(importItem), booked: counter, changed: counter }),
  v.strictObject({ type: v.literal('refused'), why: icsRefusal, line: v.nullable(counter) }),
])
export type ImportAnswer = v.InferOutput<typeof importAnswer>
