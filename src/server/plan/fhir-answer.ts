/** What `/fhir` answers: a resource, or why not as an OperationOutcome (http://hl7.org/fhir/R4/operationoutcome.html). */

export type FhirAnswer = {
  readonly status: number
  readonly body: FhirResource | null
  readonly headers?: Readonly<Record<string, string>>
}

export type FhirResource = { readonly resourceType: string } & Readonly<Record<string, unknown>>

/** http://hl7.org/fhir/R4/valueset-issue-type.html, those in use. */
export type IssueCode =
  | 'structure'
  | 'required'
  | 'value'
  | 'not-supported'
  | 'not-found'
  | 'conflict'
  | 'business-rule'
  | 'login'
  | 'forbidden'
  | 'throttled'
  | 'transient'
  | 'exception'

export const fhirType = 'application/fhir+json; charset=utf-8'

/** `expression`: FHIRPath of the element it is about. */
export function problem(status: number, code: IssueCode, text: string, ...expression: string[]): FhirAnswer {
  const issue = {
    severity: 'error',
    code,
    diagnostics: text,
    ...(expression.length === 0 ? {} : { expression }),
  }
  return { status, body: { resourceType: 'OperationOutcome', issue: [issue] } }
}

/** A read thing or why there is none. */
export type Read<T> =
  | { readonly type: 'read'; readonly value: T }
  | { readonly type: 'problem'; readonly answer: FhirAnswer }

export function isRead<T>(read: Read<T>): read is Extract<Read<T>, { type: 'read' }> {
  return read.type === 'read'
}

/** FHIR's ids know no underline and ours no dot (http://hl7.org/fhir/R4/datatypes.html#id), so one stands for the other. */
export function toFhirId(id: string): string {
  return id.replaceAll('_', '.')
}

/** Null: it is no id of ours. */
export function fromFhirId(id: string): string | null {
  return /^[0-9A-Za-z.-]{1,64}$/.test(id) ? id.replaceAll('.', '_') : null
}

/** An instant, to the millisecond. */
export function instant(ms: number): string {
  return new Date(ms).toISOString()
}

/** A FHIR string is never empty and has no control characters but tab and line breaks. */
export function fhirText(text: string): string | undefined {
  const clean = text.replaceAll(/(?![\t\n\r])\p{Cc}/gu, ' ').trim()
  return clean === '' ? undefined : clean
}
