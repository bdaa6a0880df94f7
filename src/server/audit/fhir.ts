/**
 * A row as a FHIR R4 AuditEvent in the shape of IHE BALP 1.1: a client, the server, and the person as agents, the
 * patient and what was acted upon as entities. Patients are admission ids, never names.
 */
import type { AuditAgent, AuditEntity } from '../../protocol/audit.ts'
import { type Coding, dicom, kindOf, type Pattern, profileOf } from './fhir-codes.ts'
import type { Names } from './names.ts'
import type { FoundRow } from './search.ts'

const participation = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType'
const reasons = 'http://terminology.hl7.org/CodeSystem/v3-ActReason'
const entityTypes = 'http://terminology.hl7.org/CodeSystem/audit-entity-type'
const objectRoles = 'http://terminology.hl7.org/CodeSystem/object-role'

type Named = { readonly names: Names; readonly origin: string }

const identifier = (kind: string, value: string) => ({ system: `urn:x-bedside:${kind}`, value })
const concept = (coding: Coding) => ({ coding: [coding] })

/** BALP wants a network for each machine; rows hold no addresses, and FHIR has a way to say so. */
const noAddress = {
  extension: [
    { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' as const },
  ],
}

/** One AuditEvent. `origin` names the log, and with a row's number the event. */
export function auditEventOf(row: FoundRow, { names, origin }: Named) {
  const { act, seq, atMs } = row
  const kind = kindOf(act.action)
  const isRefused = act.outcome === 'refused'
  // BALP's patterns are for what succeeded: "failures are recorded differently".
  const profile =
    kind.pattern && !isRefused && act.entity ? profileOf(kind.pattern, act.patient !== null) : null
  const purposes = purposeOf(row)
  return {
    resourceType: 'AuditEvent' as const,
    id: `${origin.slice(origin.lastIndexOf('/') + 1)}-${seq}`,
    ...(profile === null ? {} : { meta: { profile: [profile] } }),
    type: kind.type,
    subtype: kind.subtype,
    action: kind.action,
    recorded: new Date(atMs).toISOString(),
    outcome: isRefused ? (kind.alert ? ('8' as const) : ('4' as const)) : ('0' as const),
    ...(act.detail ? { outcomeDesc: textOf(act.detail) } : {}),
    ...(purposes.length === 0 ? {} : { purposeOfEvent: purposes }),
    agent: agentsOf(row, kind.pattern, { names, origin }),
    source: { observer: serverOf(origin), type: [sourceType] },
    entity: entitiesOf(row, origin),
  }
}

export type AuditEvent = ReturnType<typeof auditEventOf>

/** A FHIR string is never empty and holds no control characters but tabs and line breaks. */
function textOf(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd')
}

const sourceType: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/security-source-type',
  code: '4',
  display: 'Application Server',
}

function serverOf(origin: string) {
  return { type: 'Device' as const, identifier: identifier('audit-log', origin) }
}

/** Break-glass is its own purpose, with the words of who broke it; a report is the patient's request. */
function purposeOf({ act }: FoundRow) {
  if (act.action === 'glass-broken') {
    const coding = { system: reasons, code: 'BTG', display: 'break the glass' }
    return [{ ...concept(coding), ...(act.reason ? { text: textOf(act.reason) } : {}) }]
  }
  if (act.action === 'report-made')
    return [concept({ system: reasons, code: 'PATRQT', display: 'patient requested' })]
  return []
}

const sends = { system: dicom, code: '110153', display: 'Source Role ID' }
const receives = { system: dicom, code: '110152', display: 'Destination Role ID' }

function agentsOf({ act }: FoundRow, pattern: Pattern | null, { names, origin }: Named) {
  const isDisclosure = pattern === 'Disclosure'
  const user = userOf(act.agent, names, pattern)
  const client = {
    type: concept(isDisclosure ? receives : sends),
    who: clientOf(act.agent, origin),
    requestor: user === null,
    network: noAddress,
  }
  const server = {
    type: concept(isDisclosure ? sends : receives),
    who: serverOf(origin),
    requestor: false,
    network: noAddress,
  }
  const peer = act.peer && {
    type: concept({ system: participation, code: 'IRCP', display: 'information recipient' }),
    who: whoOf(act.peer, origin),
    ...nameOf(act.peer, names),
    requestor: false,
  }
  return [client, server, ...(user ? [user] : []), ...(peer ? [peer] : [])]
}

/** The person, if it was one. BALP: whoever creates or changes is the author; anyone else receives. */
function userOf(agent: AuditAgent, names: Names, pattern: Pattern | null) {
  if (agent.type !== 'staff') return null
  const isAuthor = pattern === 'Create' || pattern === 'Update'
  return {
    type: concept(
      isAuthor
        ? { system: participation, code: 'AUT', display: 'author (originator)' }
        : { system: participation, code: 'IRCP', display: 'information recipient' },
    ),
    role: [concept({ system: 'urn:x-bedside:role', code: agent.role })],
    who: { type: 'Practitioner' as const, identifier: identifier('staff', agent.staffId) },
    ...nameOf(agent, names),
    requestor: true,
  }
}

/** Rows name no station's browser, only who sat there. */
function clientOf(agent: AuditAgent, origin: string) {
  switch (agent.type) {
    case 'staff':
      return { type: 'Device' as const, display: 'Bedside station' }
    case 'unknown':
      return { type: 'Device' as const, display: 'Unknown browser' }
    case 'bed':
    case 'guest':
    case 'server':
    case 'operator':
    case 'integration':
      return whoOf(agent, origin)
  }
}

function whoOf(agent: AuditAgent, origin: string) {
  switch (agent.type) {
    case 'staff':
      return { type: 'Practitioner' as const, identifier: identifier('staff', agent.staffId) }
    case 'bed':
      return { type: 'Device' as const, identifier: identifier('bed', agent.bedId) }
    case 'guest':
      return { type: 'RelatedPerson' as const, identifier: identifier('guest', agent.guestId) }
    case 'server':
      return serverOf(origin)
    case 'unknown':
      return { type: 'Device' as const, display: 'Unknown browser' }
    case 'operator':
      return { type: 'Device' as const, display: 'Bedside command line' }
    case 'integration':
      return { type: 'Device' as const, identifier: identifier('integration', agent.integrationId) }
  }
}

function nameOf(agent: AuditAgent, names: Names) {
  return agent.type === 'staff' || agent.type === 'bed' ? { name: names.agent(agent) } : {}
}

/** What was acted upon, or the row itself; the patient beside it. The chain's hash goes with the first. */
function entitiesOf(row: FoundRow, origin: string) {
  const { act, seq, hash } = row
  const what = act.entity
    ? entityReference(act.entity)
    : { identifier: identifier('audit-row', `${origin}#${seq}`) }
  const data = {
    what,
    type: { system: entityTypes, code: '2', display: 'System Object' },
    role: { system: objectRoles, code: '4', display: 'Domain Resource' },
    detail: [
      { type: 'audit-row', valueString: String(seq) },
      { type: 'audit-row-hash', valueString: hash },
      ...(act.reason ? [{ type: 'reason', valueString: textOf(act.reason) }] : []),
    ],
  }
  const patient = act.patient !== null && {
    what: { type: 'Patient' as const, identifier: identifier('admission', act.patient) },
    type: { system: entityTypes, code: '1', display: 'Person' },
    role: { system: objectRoles, code: '1', display: 'Patient' },
  }
  return patient ? [data, patient] : [data]
}

function entityReference({ type, id }: AuditEntity) {
  return { identifier: identifier(type, id) }
}
