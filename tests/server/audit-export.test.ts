/** The audit as files: FHIR AuditEvents that keep what they claim, tables that run nothing, a report for the patient. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { type AuditAct, type AuditAgent, auditActions } from '../../src/protocol/audit.ts'
import { csvRecord } from '../../src/server/audit/csv.ts'
import { auditEventOf } from '../../src/server/audit/fhir.ts'
import type { Names } from '../../src/server/audit/names.ts'
import { auditEvent } from './fhir-schema.ts'

const staffId = randomUUID()
const agents: AuditAgent[] = [
  { type: 'staff', staffId, role: 'nurse' },
  { type: 'bed', bedId: randomUUID() },
  { type: 'unknown' },
  { type: 'server' },
  { type: 'operator' },
]
const names: Names = {
  agent: (agent) => (agent.type === 'staff' ? 'Anna Laine' : 'Bed 1'),
  staff: () => null,
  bed: () => null,
  entity: () => null,
}

/** Every act there is, by everyone, about a patient or nobody, upon something or nothing, done and refused. */
function everyAct(): AuditAct[] {
  const patient = randomUUID()
  const entity = { type: 'call' as const, id: randomUUID() }
  const [nurse = null] = agents
  const wholes = auditActions.flatMap((action) => agents.map((agent) => ({ action, agent })))
  return wholes.flatMap((whole) => [
    { ...whole, outcome: 'done', peer: null, patient, entity, detail: 'busy', reason: null },
    {
      ...whole,
      outcome: 'done',
      peer: nurse,
      patient: null,
      entity,
      detail: null,
      reason: 'it \u0001 burns',
    },
    { ...whole, outcome: 'refused', peer: nurse, patient, entity: null, detail: '', reason: '' },
  ])
}

const origin = 'bedside.audit/0123456789abcdef'
const eventOf = (act: AuditAct) =>
  auditEventOf({ seq: 7, atMs: 1_795_358_112_554, act, hash: 'ab'.repeat(32) }, { names, origin })

test('[AUDIT-9] every act is a FHIR R4 AuditEvent that keeps the BALP profile it claims', () => {
  for (const act of everyAct()) {
    const result = v.safeParse(auditEvent, JSON.parse(JSON.stringify(eventOf(act))))
    expect(
      result.issues?.map(({ message, path }) => [act, message, path?.map(({ key }) => key)]) ?? [],
    ).toEqual([])
  }
})

test('[AUDIT-9] profiles are claimed for what succeeded upon something, with the patient where one is known', () => {
  const profiles = new Set(everyAct().map((act) => eventOf(act).meta?.profile[0]?.split('BasicAudit.')[1]))
  expect(profiles).toEqual(
    new Set(['Create', 'PatientCreate', 'Update', 'PatientUpdate', 'PrivacyDisclosure.Source', undefined]),
  )
  for (const act of everyAct().filter(({ outcome }) => outcome === 'refused'))
    expect(eventOf(act)).not.toHaveProperty('meta')
})

test('[AUDIT-9] a refusal is a failure, one that should be looked at a serious one, broken glass its own purpose', () => {
  const act = (action: AuditAct['action'], outcome: AuditAct['outcome']): AuditAct => ({
    ...{ action, outcome, agent: { type: 'unknown' }, peer: null, patient: null, entity: null, detail: null },
    reason: 'bleeding',
  })
  expect(eventOf(act('sign-in', 'refused')).outcome).toBe('4')
  expect(eventOf(act('forbidden', 'refused')).outcome).toBe('8')
  expect(eventOf(act('glass-broken', 'done')).purposeOfEvent).toEqual([
    {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
          code: 'BTG',
          display: 'break the glass',
        },
      ],
      text: 'bleeding',
    },
  ])
})

test('[AUDIT-9] a table quotes by RFC 4180 and disarms what a spreadsheet would run', () => {
  expect(csvRecord(['a,b', 'say "hi"', 'two\nlines', null, 7])).toBe('"a,b","say ""hi""","two\nlines",,7\r\n')
  for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])
    expect(csvRecord([formula])).toBe(`'${formula}\r\n`)
  expect(csvRecord(['\r=1'])).toBe(`"'\r=1"\r\n`)
})
