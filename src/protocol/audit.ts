/** What the audit says of an act: who did what to whom, how it came out. Ids only; names live in their own tables. */
import * as v from 'valibot'
import { role } from './people.ts'
import { id, milliseconds } from './primitives.ts'

/** Acts that are recorded, in the words of IHE BALP and FHIR R4 AuditEvent where they have one. */
export const auditActions = [
  'sign-in',
  'sign-out',
  'lock',
  'unlock',
  'staff-added',
  'staff-changed',
  'glass-broken',
  'glass-reviewed',
  'tablet-code-made',
  'tablet-enrolled',
  'tablet-confirmed',
  'tablet-revoked',
  'tablet-cloned',
  'tablet-key-lost',
  'station-key-registered',
  'certificate-signed',
  'admitted',
  'moved',
  'discharged',
  'call-invited',
  'call-answered',
  'call-ended',
  'call-knocked',
  'audit-searched',
  'audit-exported',
  'report-made',
  /** Something the table of permissions does not allow was tried. */
  'forbidden',
] as const
export const auditAction = v.picklist(auditActions)
export type AuditAction = v.InferOutput<typeof auditAction>

/** `server`: time-outs and other acts that no person did; `operator`: somebody at the server's own command line. */
export const auditAgent = v.variant('type', [
  v.strictObject({ type: v.literal('staff'), staffId: id, role }),
  v.strictObject({ type: v.literal('bed'), bedId: id }),
  v.strictObject({ type: v.literal('unknown') }),
  v.strictObject({ type: v.literal('server') }),
  v.strictObject({ type: v.literal('operator') }),
])
export type AuditAgent = v.InferOutput<typeof auditAgent>

export const auditEntity = v.strictObject({
  type: v.picklist([
    'call',
    'bed',
    'admission',
    'device',
    'staff',
    'ward',
    'sign-in',
    'certificate',
    'audit',
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
