/**
 * What each act is in FHIR R4 AuditEvent: type, subtype and action by the value sets audit-event-type and
 * audit-event-sub-type (DICOM PS3.16 and HL7 codes), and which IHE BALP profile it fits, where one does.
 */
import type { AuditAction } from '../../protocol/audit.ts'

export type Coding = { readonly system: string; readonly code: string; readonly display?: string }

export const dicom = 'http://dicom.nema.org/resources/ontology/DCM'
export const restful = 'http://hl7.org/fhir/restful-interaction'
const lifecycle = 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle'
/** Codes of our own; the value set of subtypes is extensible. */
export const ownCodes = 'urn:x-bedside:act'

/** `Create` and `Update` are BALP's RESTful patterns, `Disclosure` its privacy disclosure at the source. */
export type Pattern = 'Create' | 'Update' | 'Disclosure'

export type Kind = {
  readonly type: Coding
  readonly subtype: readonly Coding[]
  /** Create, Read, Update, Delete or Execute. */
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E'
  readonly pattern: Pattern | null
  /** Something a person should look at; refused, it is a serious failure. */
  readonly alert: boolean
}

const rest: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
  code: 'rest',
  display: 'Restful Operation',
}
const dcm = (code: string, display: string): Coding => ({ system: dicom, code, display })

const created: Kind = {
  type: rest,
  subtype: [{ system: restful, code: 'create', display: 'create' }],
  action: 'C',
  pattern: 'Create',
  alert: false,
}
const updated: Kind = {
  type: rest,
  subtype: [{ system: restful, code: 'update', display: 'update' }],
  action: 'U',
  pattern: 'Update',
  alert: false,
}

const erased: Kind = {
  type: rest,
  subtype: [{ system: lifecycle, code: 'destroy', display: 'Destroy/Delete Record Lifecycle Event' }],
  action: 'D',
  pattern: null,
  alert: false,
}

const read: Kind = {
  type: rest,
  subtype: [{ system: restful, code: 'read', display: 'read' }],
  action: 'R',
  pattern: null,
  alert: false,
}

function authentication(subtype: readonly Coding[]): Kind {
  const type = dcm('110114', 'User Authentication')
  return { type, subtype, action: 'E', pattern: null, alert: false }
}

function alert(subtype: readonly Coding[]): Kind {
  return { type: dcm('110113', 'Security Alert'), subtype, action: 'E', pattern: null, alert: true }
}

function auditUsed(action: 'R' | 'E'): Kind {
  return { type: dcm('110101', 'Audit Log Used'), subtype: [], action, pattern: null, alert: false }
}

const kinds: Readonly<Record<AuditAction, Kind>> = {
  'sign-in': authentication([dcm('110122', 'Login')]),
  'sign-out': authentication([dcm('110123', 'Logout')]),
  lock: authentication([]),
  unlock: authentication([]),
  'ward-changed': updated,
  'staff-added': created,
  'staff-changed': updated,
  'glass-broken': alert([dcm('110127', 'Emergency Override Started')]),
  'glass-ended': alert([dcm('110138', 'Emergency Override Stopped')]),
  'glass-reviewed': auditUsed('E'),
  'tablet-code-made': created,
  'tablet-enrolled': created,
  'tablet-confirmed': updated,
  'tablet-revoked': updated,
  'tablet-cloned': alert([dcm('110126', 'Node Authentication')]),
  'tablet-key-lost': alert([dcm('110126', 'Node Authentication')]),
  'tablet-astray': alert([dcm('110126', 'Node Authentication')]),
  'staff-code-made': created,
  'settings-opened': authentication([]),
  'station-key-registered': created,
  'certificate-signed': created,
  admitted: created,
  moved: updated,
  swapped: updated,
  'wishes-changed': updated,
  'away-changed': updated,
  discharged: updated,
  'identifiers-corrected': updated,
  'feed-refused': updated,
  'feed-decided': updated,
  'care-begun': created,
  'care-ended': updated,
  'duty-begun': created,
  'duty-ended': updated,
  'shift-begun': created,
  'shift-handed-over': updated,
  'shift-ended': updated,
  'call-invited': created,
  'call-answered': updated,
  'call-taken-over': updated,
  'call-declined': updated,
  'call-ended': updated,
  'call-knocked': created,
  'request-made': created,
  'request-heard': updated,
  'request-unheard': updated,
  'request-alerted': updated,
  'request-answered': updated,
  'request-moved': updated,
  'request-ended': updated,
  'consult-made': created,
  'consult-alerted': updated,
  'consult-passed': updated,
  'consult-answered': updated,
  'consult-ended': updated,
  'phone-changed': updated,
  'call-overridden': alert([dcm('110127', 'Emergency Override Started')]),
  'call-outcome': updated,
  'guest-invited': created,
  'guest-came': updated,
  'guest-vouched': updated,
  'visit-invited': created,
  'visit-came': updated,
  'visit-refused': updated,
  'visit-wished': updated,
  'visit-left': updated,
  'visit-vouched': updated,
  'visit-identified': updated,
  'visit-device': updated,
  'visit-said': created,
  'visit-mail-dealt': updated,
  'visit-photo': created,
  'visit-ended': updated,
  'family-wished': created,
  'family-invited': created,
  'family-came': updated,
  'family-removed': updated,
  'scan-shared': created,
  'scan-seen': read,
  'scan-share-ended': updated,
  'copy-sent': created,
  'copy-opened': read,
  'copy-withdrawn': updated,
  'copy-expired': updated,
  'copy-resealed': updated,
  'audit-searched': auditUsed('R'),
  'audit-exported': { ...auditUsed('R'), type: dcm('110106', 'Export') },
  'plan-changed': updated,
  'plan-shared': created,
  'scans-listed': read,
  'scan-fetched': read,
  'plan-read': read,
  'plan-imported': created,
  'report-made': {
    type: dcm('110106', 'Export'),
    subtype: [{ system: lifecycle, code: 'disclose', display: 'Disclose Record Lifecycle Event' }],
    action: 'R',
    pattern: 'Disclosure',
    alert: false,
  },
  'person-sought': auditUsed('R'),
  'person-disclosed': {
    type: dcm('110106', 'Export'),
    subtype: [{ system: lifecycle, code: 'disclose', display: 'Disclose Record Lifecycle Event' }],
    action: 'R',
    pattern: 'Disclosure',
    alert: false,
  },
  'person-erased': erased,
  'retention-run': erased,
  forbidden: alert([dcm('110132', 'Use of Restricted Function')]),
}

/** Every act carries its own word as well, by which it is found again. */
export function kindOf(action: AuditAction): Kind {
  const kind = kinds[action]
  return { ...kind, subtype: [...kind.subtype, { system: ownCodes, code: action }] }
}

const balp = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit'

/** The profile an event of this pattern keeps, by whether a patient is known. */
export function profileOf(pattern: Pattern, hasPatient: boolean): string | null {
  if (pattern === 'Disclosure') return hasPatient ? `${balp}.PrivacyDisclosure.Source` : null
  return `${balp}.${hasPatient ? 'Patient' : ''}${pattern}`
}
