/**
 * FHIR R4 AuditEvent as far as we emit it, strict: cardinalities and codes of hl7.org/fhir/R4/auditevent.html, the
 * slices of IHE BALP 1.1 (Create, Update, PrivacyDisclosure.Source) where an event says that it keeps them.
 */
import * as v from 'valibot'

const balp = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit'
const code = v.pipe(v.string(), v.regex(/^[^\s]+( [^\s]+)*$/))
/** Not empty, no control characters but tab and line breaks (R4 datatypes, string). */
const text = v.pipe(
  v.string(),
  v.regex(/[^\s]/),
  v.check((value) => ![...value].some((one) => one < ' ' && !'\t\n\r'.includes(one))),
)
const uri = v.pipe(v.string(), v.regex(/^(https?:\/\/|urn:)[^\s]+$/))
const coding = v.strictObject({ system: uri, code, display: v.optional(text) })
const concept = v.strictObject({
  coding: v.pipe(v.array(coding), v.minLength(1)),
  text: v.optional(text),
})
const identifier = v.strictObject({ system: uri, value: text })

/** A reference names something: by identifier or, failing that, in words (ref-1 concerns contained ones only). */
const reference = <T extends string>(types: readonly T[]) =>
  v.pipe(
    v.strictObject({
      type: v.optional(v.picklist(types)),
      identifier: v.optional(identifier),
      display: v.optional(text),
    }),
    v.check((value) => value.identifier !== undefined || value.display !== undefined),
  )

const network = v.strictObject({
  extension: v.tuple([
    v.strictObject({
      url: v.literal('http://hl7.org/fhir/StructureDefinition/data-absent-reason'),
      valueCode: v.literal('unknown'),
    }),
  ]),
})

const agent = v.strictObject({
  type: v.optional(concept),
  role: v.optional(v.pipe(v.array(concept), v.minLength(1))),
  who: v.optional(
    reference(['PractitionerRole', 'Practitioner', 'Organization', 'Device', 'Patient', 'RelatedPerson']),
  ),
  name: v.optional(text),
  requestor: v.boolean(),
  network: v.optional(network),
})

const entity = v.strictObject({
  what: v.optional(reference(['Patient'])),
  type: v.optional(coding),
  role: v.optional(coding),
  detail: v.optional(v.pipe(v.array(v.strictObject({ type: text, valueString: text })), v.minLength(1))),
})

/** Codes of the two DICOM value sets an AuditEvent of ours may use, with their display (PS3.16, CID 400 and 401). */
const dicom: Readonly<Record<string, string>> = {
  '110101': 'Audit Log Used',
  '110106': 'Export',
  '110113': 'Security Alert',
  '110114': 'User Authentication',
  '110122': 'Login',
  '110123': 'Logout',
  '110126': 'Node Authentication',
  '110127': 'Emergency Override Started',
  '110138': 'Emergency Override Stopped',
  '110132': 'Use of Restricted Function',
  '110152': 'Destination Role ID',
  '110153': 'Source Role ID',
}

const base = v.strictObject({
  resourceType: v.literal('AuditEvent'),
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9\-.]{1,64}$/)),
  meta: v.optional(v.strictObject({ profile: v.tuple([v.pipe(v.string(), v.startsWith(balp))]) })),
  type: coding,
  subtype: v.pipe(v.array(coding), v.minLength(1)),
  action: v.picklist(['C', 'R', 'U', 'D', 'E']),
  recorded: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)),
  outcome: v.picklist(['0', '4', '8']),
  outcomeDesc: v.optional(text),
  purposeOfEvent: v.optional(v.pipe(v.array(concept), v.minLength(1))),
  agent: v.pipe(v.array(agent), v.minLength(1)),
  source: v.strictObject({
    observer: reference(['PractitionerRole', 'Practitioner', 'Organization', 'Device', 'Patient']),
    type: v.pipe(v.array(coding), v.minLength(1)),
  }),
  entity: v.pipe(v.array(entity), v.minLength(1)),
})
type Event = v.InferOutput<typeof base>

function codingsOf({ type, subtype, agent: agents }: Event) {
  return [type, ...subtype, ...agents.flatMap((one) => one.type?.coding ?? [])]
}

function usesKnownCodes(event: Event): boolean {
  return codingsOf(event).every(
    (one) => one.system !== 'http://dicom.nema.org/resources/ontology/DCM' || dicom[one.code] === one.display,
  )
}

function agentsOf(event: Event, wanted: string) {
  return event.agent.filter((one) => one.type?.coding.some((coding) => coding.code === wanted))
}

function entitiesOf(event: Event, wanted: string) {
  return event.entity.filter((one) => one.type?.code === wanted)
}

/** client 1..1 and server 1..1, each with who and network; user 0..1, who is the one that asked. */
function hasMachines(event: Event): boolean {
  const [client, ...clients] = agentsOf(event, '110153')
  const [server, ...servers] = agentsOf(event, '110152')
  const users = event.agent.filter((one) => one.requestor && one.network === undefined)
  return (
    [client, server].every((one) => one?.who !== undefined && one.network !== undefined) &&
    clients.length + servers.length === 0 &&
    users.length <= 1 &&
    users.every((one) => one.who !== undefined)
  )
}

function hasEntities(event: Event, isPatient: boolean): boolean {
  const data = entitiesOf(event, '2')
  const patients = entitiesOf(event, '1')
  return (
    data.length === 1 &&
    data.every((one) => one.what !== undefined && ['3', '4', '20'].includes(one.role?.code ?? '')) &&
    patients.length === (isPatient ? 1 : 0) &&
    patients.every((one) => one.what?.type === 'Patient' && one.role?.code === '1')
  )
}

/** Create and Update: type rest, that subtype, success; an author, when there is a person. */
function keepsRest(event: Event, isPatient: boolean, verb: 'create' | 'update'): boolean {
  const isAuthor = event.agent
    .filter((one) => one.requestor && one.network === undefined)
    .every((one) => ['AUT', 'INF', 'CST'].includes(one.type?.coding[0]?.code ?? ''))
  return (
    event.type.code === 'rest' &&
    event.subtype.some(
      (one) => one.system === 'http://hl7.org/fhir/restful-interaction' && one.code === verb,
    ) &&
    event.action === (verb === 'create' ? 'C' : 'U') &&
    event.outcome === '0' &&
    hasMachines(event) &&
    hasEntities(event, isPatient) &&
    isAuthor
  )
}

/** Privacy disclosure at the source: an export of a disclosed record, whose source is the log's own observer. */
function keepsDisclosure(event: Event): boolean {
  const [source] = agentsOf(event, '110153')
  return (
    event.type.code === '110106' &&
    event.action === 'R' &&
    event.subtype.some((one) => one.code === 'disclose') &&
    hasMachines(event) &&
    hasEntities(event, true) &&
    JSON.stringify(source?.who) === JSON.stringify(event.source.observer)
  )
}

function keepsProfile(event: Event): boolean {
  switch (event.meta?.profile[0].slice(balp.length)) {
    case undefined:
      return true
    case '.Create':
      return keepsRest(event, false, 'create')
    case '.PatientCreate':
      return keepsRest(event, true, 'create')
    case '.Update':
      return keepsRest(event, false, 'update')
    case '.PatientUpdate':
      return keepsRest(event, true, 'update')
    case '.PrivacyDisclosure.Source':
      return keepsDisclosure(event)
    default:
      return false
  }
}

export const auditEvent = v.pipe(
  base,
  v.check(usesKnownCodes, 'a code that is not of its system, or not with that display'),
  v.check(keepsProfile, 'it does not keep the profile it claims'),
  v.check(({ entity: all }) => all.every((one) => one.detail !== undefined || one.what !== undefined)),
)
