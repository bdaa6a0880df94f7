/** What the audit says of an act: who did what to whom, how it came out. Ids only; names live in their own tables. */
import * as v from 'valibot'
import { language } from './language.ts'
import { role } from './people.ts'
import { counter, id, milliseconds } from './primitives.ts'

/** Acts that are recorded, in the words of IHE BALP and FHIR R4 AuditEvent where they have one. */
export const auditActions = [
  'sign-in',
  'sign-out',
  'lock',
  'unlock',
  'ward-changed',
  'staff-added',
  'staff-changed',
  'glass-broken',
  'glass-ended',
  'glass-reviewed',
  'tablet-code-made',
  'tablet-enrolled',
  'tablet-confirmed',
  'tablet-revoked',
  'tablet-cloned',
  'tablet-key-lost',
  'tablet-astray',
  /** The ward has a staff code, or another one; a tablet's settings were opened by it, or refused after several wrong ones. */
  'staff-code-made',
  'settings-opened',
  'station-key-registered',
  'certificate-signed',
  'admitted',
  'moved',
  'swapped',
  'wishes-changed',
  /** A patient left their bed for a while, or is in it again. */
  'away-changed',
  'discharged',
  /** Name, birth or number of a stay were put right by the hospital's record. */
  'identifiers-corrected',
  /** A message of the hospital's record was refused; somebody decided between it and what was done by hand. */
  'feed-refused',
  'feed-decided',
  'care-begun',
  'care-ended',
  'duty-begun',
  'duty-ended',
  'shift-begun',
  /** Offered to a colleague, taken back, refused or taken over. */
  'shift-handed-over',
  'shift-ended',
  'call-invited',
  'call-answered',
  /** Somebody took their call over to another of their screens. */
  'call-taken-over',
  /** One of several who were rung for a duty would not answer; it rang on at the others. */
  'call-declined',
  'call-ended',
  'call-knocked',
  'request-made',
  'request-heard',
  'request-unheard',
  'request-alerted',
  'request-answered',
  'request-moved',
  'request-ended',
  /** A colleague is asked to call back, because nobody answered. */
  'consult-made',
  'consult-alerted',
  'consult-passed',
  'consult-answered',
  'consult-ended',
  'call-overridden',
  /** Somebody who was on it says what comes of it. */
  'call-outcome',
  /** Somebody from outside was named to come to a call by a code; they redeemed it; the station let them in. */
  'guest-invited',
  'guest-came',
  'guest-vouched',
  /** An outpatient was sent a link; came by it; was not let in by it; wished for a new one; left by themselves. */
  'visit-invited',
  'visit-came',
  'visit-refused',
  'visit-wished',
  'visit-left',
  /** A station signed their key; staff knew them by face, or did not; decided between two devices; wrote to who waits. */
  'visit-vouched',
  'visit-identified',
  'visit-device',
  'visit-said',
  'visit-mail-dealt',
  /** They sent a photo in a call; it went past the server. */
  'visit-photo',
  'visit-ended',
  /** A patient asked for somebody to visit them; a link was made for them; came by it for the first time; may not any more. */
  'family-wished',
  'family-invited',
  'family-came',
  'family-removed',
  /** A scan was shown live in a call; on somebody's screen; until it was over. */
  'scan-shared',
  'scan-seen',
  'scan-share-ended',
  /** A sealed copy of a scan was sent; one of those it is for saw it; its sender took it back, or sealed it to more devices; its time was over. */
  'copy-sent',
  'copy-opened',
  'copy-withdrawn',
  'copy-expired',
  'copy-resealed',
  /** A person's telephone is told of requests from now on, or not any more. */
  'phone-changed',
  'audit-searched',
  'audit-exported',
  'report-made',
  /** At the server's own command line: somebody looked for a person; took out all that is kept of them; erased them. */
  'person-sought',
  'person-disclosed',
  'person-erased',
  /** What was kept as long as the hospital wants it went by itself. */
  'retention-run',
  /** Somebody looked at what scans the PACS has of a patient; fetched the images of one of them. */
  'scans-listed',
  'scan-fetched',
  /** The plan was changed, or was asked to be and refused. */
  'plan-changed',
  'plan-shared',
  /** A calendar link was read: once for each hour in which it was. */
  'plan-read',
  'plan-imported',
  /** Something the table of permissions does not allow was tried. */
  'forbidden',
] as const
export const auditAction = v.picklist(auditActions)
export type AuditAction = v.InferOutput<typeof auditAction>

/** `server`: time-outs and other acts that no person did; `operator`: somebody at the server's own command line. */
export const auditAgent = v.variant('type', [
  v.strictObject({ type: v.literal('staff'), staffId: id, role }),
  v.strictObject({ type: v.literal('bed'), bedId: id }),
  v.strictObject({ type: v.literal('guest'), guestId: id }),
  v.strictObject({ type: v.literal('unknown') }),
  v.strictObject({ type: v.literal('server') }),
  v.strictObject({ type: v.literal('operator') }),
  /** Another program, by the key that it was given. */
  v.strictObject({ type: v.literal('integration'), integrationId: id }),
])
export type AuditAgent = v.InferOutput<typeof auditAgent>

export const auditEntity = v.strictObject({
  type: v.picklist([
    'call',
    'guest',
    'visit',
    'scan',
    'request',
    'duty',
    'consult',
    'bed',
    'admission',
    'device',
    'staff',
    'ward',
    'sign-in',
    'certificate',
    'audit',
    'appointment',
    'series',
    'hours',
    'attention',
    'feed',
    'integration',
    /** A study in the PACS, by a digest for this stay: see `server/pacs/routes.ts`. */
    'study',
  ]),
  id: v.pipe(v.string(), v.maxLength(200)),
})
export type AuditEntity = v.InferOutput<typeof auditEntity>

/** One act. `detail` is a word of the program (an end reason, a refusal); `reason` is what a person typed. */
export const auditAct = v.strictObject({
  action: auditAction,
  outcome: v.picklist(['done', 'refused']),
  agent: auditAgent,
  /** The other side of a call, or null. */
  peer: v.nullable(auditAgent),
  /** Whose stay it concerns: an admission's id, or null. */
  patient: v.nullable(id),
  entity: v.nullable(auditEntity),
  detail: v.nullable(v.pipe(v.string(), v.maxLength(200))),
  reason: v.nullable(v.pipe(v.string(), v.maxLength(500))),
})
export type AuditAct = v.InferOutput<typeof auditAct>

/** A row of the audit: an act with its place and time. */
export const auditRow = v.strictObject({
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  atMs: milliseconds,
  act: auditAct,
})
export type AuditRow = v.InferOutput<typeof auditRow>

/** What to look for. Times are milliseconds since 1970, `from` included, `to` not; `who` is a person or a bed. */
export type AuditFilter = {
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly action?: AuditAction | undefined
  readonly who?: string | undefined
  readonly patient?: string | undefined
}

/** Numbers travel as text in the query of an address. */
const numberText = v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.transform(Number))

/** Searches are written down, so nobody may search by a word that could be a name: only by a UUID. */
const soughtId = v.pipe(v.string(), v.uuid())

export const auditFilter = v.strictObject({
  from: v.optional(numberText),
  to: v.optional(numberText),
  action: v.optional(auditAction),
  who: v.optional(soughtId),
  patient: v.optional(soughtId),
})

/** `language`: in which those without a name are called something. */
export const auditSearch = v.strictObject({
  ...auditFilter.entries,
  before: v.optional(numberText),
  language: v.optional(language),
})
export const auditExport = v.strictObject({ ...auditFilter.entries, form: v.picklist(['fhir', 'csv']) })
/** Without a form it is asked for by a screen, without a language in the ward's own. */
export const auditReportRequest = v.strictObject({
  admission: soughtId,
  language: v.optional(language),
  form: v.optional(v.picklist(['html', 'csv'])),
})

const said = v.string()

/** A row as the screen shows it, with the names of now. */
export const auditLine = v.strictObject({
  seq: counter,
  atMs: milliseconds,
  action: auditAction,
  outcome: v.picklist(['done', 'refused']),
  who: said,
  role: v.nullable(said),
  peer: v.nullable(said),
  /** The stay's id and whose it is. */
  patient: v.nullable(v.strictObject({ admissionId: id, name: said })),
  entity: v.nullable(v.strictObject({ type: said, id: said, name: v.nullable(said) })),
  detail: v.nullable(said),
  reason: v.nullable(said),
})
export type AuditLine = v.InferOutput<typeof auditLine>

/** `next`: ask again with `before` this number for older rows; null: there are none. */
export const auditPage = v.strictObject({ lines: v.array(auditLine), next: v.nullable(counter) })
export type AuditPage = v.InferOutput<typeof auditPage>

/** Who and what can be searched for. */
export const auditChoices = v.strictObject({
  people: v.array(v.strictObject({ id, name: said })),
  beds: v.array(v.strictObject({ id, label: said })),
  stays: v.array(
    v.strictObject({
      admissionId: id,
      name: said,
      bed: said,
      startedMs: milliseconds,
      endedMs: v.nullable(milliseconds),
    }),
  ),
})
export type AuditChoices = v.InferOutput<typeof auditChoices>

/** How the chain stands: how much of it is signed, and whether it leaves this machine. */
export const auditState = v.strictObject({
  rows: counter,
  head: v.nullable(v.strictObject({ size: counter, root: said, madeMs: milliseconds })),
  problem: v.nullable(v.picklist(['rows-missing', 'head-damaged', 'not-written'])),
  collector: v.variant('type', [
    v.strictObject({ type: v.literal('none') }),
    v.strictObject({
      type: v.literal('sending'),
      waiting: counter,
      lastDeliveredMs: v.nullable(milliseconds),
      /** `HTTP 503` and the like, or `unreachable`. */
      problem: v.nullable(said),
    }),
  ]),
  /** The log's verifier key (C2SP signed-note). */
  key: said,
})
export type AuditState = v.InferOutput<typeof auditState>

export const auditVerdict = v.variant('type', [
  v.strictObject({ type: v.literal('whole'), rows: counter, heads: counter, root: said }),
  v.strictObject({ type: v.literal('broken'), seq: v.nullable(counter), said }),
])
export type AuditVerdict = v.InferOutput<typeof auditVerdict>

/** What a patient is given, in a language of their choice and by the ward's clock: who called, knocked, overrode and looked. */
export const auditReport = v.strictObject({
  language,
  title: said,
  name: said,
  /** Who and where it is about and when it was made, a line each. */
  about: v.array(said),
  /** What the parts are called where they are a column. */
  section: said,
  /** Above the four columns of a line. */
  heads: v.tuple([said, said, said, said]),
  sections: v.array(
    v.strictObject({
      title: said,
      /** What stands there when there are no lines. */
      none: said,
      lines: v.array(v.strictObject({ atMs: milliseconds, at: said, who: said, did: said, cameOut: said })),
    }),
  ),
})
export type AuditReport = v.InferOutput<typeof auditReport>
