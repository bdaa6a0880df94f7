/** What somebody has to do about the server, for whoever keeps it: no names, and nothing of patients. */
import * as v from 'valibot'
import { counter, milliseconds } from './primitives.ts'

/** `gone`: the folder is not there; `refused`: this account may not write; `damaged`: the database is not whole. */
export const keepFailure = v.picklist(['full', 'gone', 'refused', 'damaged', 'failed'])
export type KeepFailure = v.InferOutput<typeof keepFailure>

/** Which disk: of the data, of the backups, of the downtime sheets. */
export const keptPlaces = ['data', 'backups', 'sheets'] as const
export const keptPlace = v.picklist(keptPlaces)
export type KeptPlace = (typeof keptPlaces)[number]

/** `https`: of the address that people type; the others are those that this server hands out for calls. */
export const certificateKinds = ['https', 'root', 'admin', 'bed', 'station'] as const
export type CertificateKind = (typeof certificateKinds)[number]

const alerts = [
  /** Nobody said where backups go, in a real ward. */
  v.strictObject({ type: v.literal('backup-off') }),
  v.strictObject({ type: v.literal('backup-failed'), why: keepFailure, sinceMs: milliseconds }),
  /** `lastMs` null: there is none at all. */
  v.strictObject({ type: v.literal('backup-old'), lastMs: v.nullable(milliseconds) }),
  v.strictObject({ type: v.literal('sheet-failed'), why: keepFailure, sinceMs: milliseconds }),
  v.strictObject({ type: v.literal('disk-low'), place: keptPlace, freeBytes: counter }),
  /** The first of `count` ends then, or has ended. */
  v.strictObject({
    type: v.picklist(['certificate-ends', 'certificate-ended']),
    of: v.picklist(certificateKinds),
    endsMs: v.pipe(v.number(), v.safeInteger()),
    count: counter,
  }),
  /** So much ahead (positive) or behind: of the clock it is compared with, or of what is on record already. */
  v.strictObject({
    type: v.literal('clock-wrong'),
    than: v.picklist(['source', 'record']),
    byMs: v.pipe(v.number(), v.safeInteger()),
  }),
  /** It was set while the server ran. */
  v.strictObject({
    type: v.literal('clock-set'),
    byMs: v.pipe(v.number(), v.safeInteger()),
    atMs: milliseconds,
  }),
  v.strictObject({
    type: v.literal('record-broken'),
    what: v.picklist(['rows-missing', 'head-damaged', 'not-written']),
  }),
] as const

export const alert = v.variant('type', alerts)
export type Alert = v.InferOutput<typeof alert>
export type AlertType = Alert['type']

export const alertTypes = [
  'backup-off',
  'backup-failed',
  'backup-old',
  'sheet-failed',
  'disk-low',
  'certificate-ends',
  'certificate-ended',
  'clock-wrong',
  'clock-set',
  'record-broken',
] as const satisfies readonly AlertType[]

/** `backup`, `sheet`: null where none was ordered; `lastMs` null: there is none yet. */
const made = v.nullable(v.strictObject({ lastMs: v.nullable(milliseconds) }))

/** What goes by itself, by whom it is about. */
export const retainedKinds = ['stays', 'outpatients', 'guests', 'staff', 'calls'] as const
export type RetainedKind = (typeof retainedKinds)[number]

/** After how many days; null: it is kept for ever. */
const days = v.nullable(counter)
export const retention = v.strictObject({
  ...{ stays: days, outpatients: days, guests: days, staff: days, calls: days },
})
export type Retention = v.InferOutput<typeof retention>

export const keepingAnswer = v.strictObject({
  /** Nothing in it: nothing to do. */
  alerts: v.array(alert),
  backup: made,
  sheet: made,
  retention,
  checkedMs: milliseconds,
})
export type KeepingAnswer = v.InferOutput<typeof keepingAnswer>
