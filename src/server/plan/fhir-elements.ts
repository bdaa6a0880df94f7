/** The elements of R4 that every resource which other programs send is made of, and how one that is none is refused. */
import * as v from 'valibot'
import { type IssueCode, problem, type Read } from './fhir-answer.ts'

export const text = v.pipe(v.string(), v.minLength(1))
/** http://hl7.org/fhir/R4/datatypes.html#instant */
export const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/),
  v.transform((value) => Date.parse(value)),
  v.safeInteger(),
  v.minValue(0),
)

/** `name`: of the resource; what is wrong is said with the element that it is wrong with. */
export function readAs<T>(schema: v.GenericSchema<unknown, T>, name: string, body: unknown): Read<T> {
  const parsed = v.safeParse(schema, body)
  if (parsed.success) return { type: 'read', value: parsed.output }
  const [issue] = parsed.issues
  const path = v.getDotPath(issue)
  const where = path === null ? name : `${name}.${path.replaceAll(/\.(\d+)/g, '[$1]')}`
  return refuse('structure', `${where}: ${issue.message}`, where)
}

export function refuse(code: IssueCode, words: string, where: string): Read<never> {
  return { type: 'problem', answer: problem(422, code, words, where) }
}
