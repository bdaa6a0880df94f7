/** Messages of a hospital's record in the standard's shapes (HL7 v2.5.1 chapter 3), written by ourselves. */
import type { Delimiters } from '../../src/server/adt/text.ts'

export const usualMarks: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
}

/** Others that some senders choose. */
export const otherMarks: Delimiters = {
  field: '!',
  component: '#',
  repetition: '*',
  escape: '@',
  subcomponent: '%',
}

export type Told = {
  readonly number?: string
  readonly name?: readonly [family: string, given: string]
  /** `YYYYMMDD`. */
  readonly born?: string
  readonly death?: 'Y' | 'N'
  readonly place?: readonly [ward: string, room: string, bed: string]
  readonly former?: string
  /** PV1-11: where they are for a while; only with a place. */
  readonly out?: readonly [ward: string, room: string, bed: string]
}

export type Say = {
  readonly trigger: string
  readonly controlId: string
  /** EVN-2. */
  readonly at: string
  readonly people: readonly Told[]
  readonly marks?: Delimiters
  /** MSH-18. */
  readonly charset?: string
  readonly processing?: string
  /** Lines that stand between the others. */
  readonly more?: readonly string[]
  readonly version?: string
}

/** As a sender escapes what is one of its delimiters (chapter 2.7). */
export function escaped(text: string, marks: Delimiters): string {
  const codes = new Map([
    [marks.field, 'F'],
    [marks.component, 'S'],
    [marks.subcomponent, 'T'],
    [marks.repetition, 'R'],
    [marks.escape, 'E'],
  ])
  return [...text]
    .map((one) => (codes.has(one) ? `${marks.escape}${codes.get(one)}${marks.escape}` : one))
    .join('')
}

export function messageText(say: Say): string {
  const marks = say.marks ?? usualMarks
  const { field, component, repetition } = marks
  const put = (text: string) => escaped(text, marks)
  const line = (...fields: string[]) => fields.join(field)
  const parts = (...some: string[]) => some.map(put).join(component)
  const encoding = `${component}${repetition}${marks.escape}${marks.subcomponent}`
  const { trigger, at, controlId, charset = 'UNICODE UTF-8' } = say
  const structure = trigger === 'A08' ? 'ADT_A01' : `ADT_${trigger}`
  const msh = line(
    ...['MSH', encoding, 'HIS', 'GH', 'BEDSIDE', '4B', at, ''],
    ...[parts('ADT', trigger, structure), put(controlId), say.processing ?? 'P', say.version ?? '2.5.1'],
    ...['', '', 'AL', 'NE', '', charset],
  )
  const people = say.people.flatMap((one, index) => {
    const numbers = [
      parts('19481203-NI', '', '', 'POP', 'NI'),
      one.number === undefined ? '' : parts(one.number, '', '', 'GH', 'MR'),
    ].filter(Boolean)
    const names = one.name
      ? [parts('Alias', 'Any', '', '', '', '', 'A'), parts(one.name[0], one.name[1], 'M', '', '', '', 'L')]
      : []
    const empty = (n: number) => Array<string>(n).fill('')
    const pid = line(
      ...['PID', String(index + 1), '', numbers.join(repetition), '', names.join(repetition), ''],
      ...[one.born ?? '', 'F', ...empty(20), ...(one.death ? ['', one.death] : [])],
    )
    const mrg = one.former === undefined ? [] : [line('MRG', parts(one.former, '', '', 'GH', 'MR'))]
    const pv1 = one.place
      ? [
          line(
            ...['PV1', '1', 'I', parts(...one.place, 'GH'), '', '', '', parts('12', 'Doc')],
            ...(one.out ? ['', '', '', parts(...one.out)] : []),
          ),
        ]
      : []
    return [pid, ...mrg, ...(trigger === 'A40' ? [] : pv1)]
  })
  return [msh, line('EVN', trigger, at), ...people, ...(say.more ?? [])].map((one) => `${one}\r`).join('')
}

export function framed(message: Buffer | string): Buffer {
  const bytes = typeof message === 'string' ? Buffer.from(message) : message
  return Buffer.concat([Buffer.of(0x0b), bytes, Buffer.of(0x1c, 0x0d)])
}

/** `YYYYMMDDHHMMSS+0000`. */
export function timeText(atMs: number): string {
  return `${new Date(atMs).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}+0000`
}

/** MSA-1 and, where it was refused, ERR-3's code and ERR-8's text. */
export function readAck(answer: string): { code: string; controlId: string; error: string; text: string } {
  const field = answer.charAt(3)
  const lines = answer.split('\r').map((one) => one.split(field))
  const msa = lines.find(([name]) => name === 'MSA') ?? []
  const err = lines.find(([name]) => name === 'ERR') ?? []
  return {
    code: msa[1] ?? '',
    controlId: msa[2] ?? '',
    error: (err[3] ?? '').split(answer.charAt(4))[0] ?? '',
    text: err[8] ?? '',
  }
}
