/** What a sender is answered (HL7 v2.5.1 chapter 2.9): AA once it is durable; else AE or AR, with where, which and why. */
import type { AdtRefusal } from '../../core/adt-event.ts'
import type { Header } from './read.ts'
import type { Delimiters } from './text.ts'

/** `code`: table 0357. `at`: segment, sequence, field. AR: this message is never for here; AE: what it says cannot be done. */
type Said = { readonly ack: 'AE' | 'AR'; readonly code: string; readonly at: string; readonly text: string }

/** In docs/adt.md, too, where somebody looks them up. */
export const refusalTexts: Readonly<Record<AdtRefusal, Said>> = {
  unreadable: {
    ack: 'AR',
    code: '100',
    at: 'MSH^1',
    text: 'This is no HL7 v2 message with a sound MSH segment',
  },
  'too-large': { ack: 'AR', code: '207', at: 'MSH^1', text: 'The message is larger than 256 KiB' },
  'wrong-charset': {
    ack: 'AR',
    code: '102',
    at: 'MSH^1^18',
    text: 'The text is not in the character set of MSH-18',
  },
  'not-adt': { ack: 'AR', code: '200', at: 'MSH^1^9', text: 'Only ADT messages are taken here' },
  'unsupported-event': {
    ack: 'AR',
    code: '201',
    at: 'MSH^1^9',
    text: 'Not one of A01 A02 A03 A08 A09 A10 A11 A12 A13 A17 A21 A22 A32 A33 A40 A52 A53',
  },
  'not-production': {
    ack: 'AR',
    code: '202',
    at: 'MSH^1^11',
    text: 'Only messages of production (P) are taken here',
  },
  'missing-control-id': {
    ack: 'AR',
    code: '101',
    at: 'MSH^1^10',
    text: 'MSH-10 is missing or longer than 199',
  },
  'control-id-reused': {
    ack: 'AR',
    code: '205',
    at: 'MSH^1^10',
    text: 'Another message had this control id',
  },
  'missing-time': { ack: 'AE', code: '101', at: 'EVN^1^2', text: 'Neither EVN-2 nor MSH-7 holds a time' },
  'time-ahead': {
    ack: 'AE',
    code: '102',
    at: 'EVN^1^2',
    text: 'The time of the event is more than an hour ahead',
  },
  'missing-patient': {
    ack: 'AE',
    code: '100',
    at: 'PID^1',
    text: 'PID is missing, or for a swap there are not two',
  },
  'missing-number': { ack: 'AE', code: '101', at: 'PID^1^3', text: 'PID-3 holds no number of the hospital' },
  'missing-name': { ack: 'AE', code: '101', at: 'PID^1^5', text: 'PID-5 is missing' },
  'missing-born': { ack: 'AE', code: '101', at: 'PID^1^7', text: 'PID-7 holds no whole date of birth' },
  'missing-place': { ack: 'AE', code: '101', at: 'PV1^1^3', text: 'PV1-3 names no bed' },
  'missing-former': { ack: 'AE', code: '101', at: 'MRG^1^1', text: 'MRG-1 holds no number of the hospital' },
  'unknown-bed': { ack: 'AE', code: '204', at: 'PV1^1^3', text: 'This ward has no such bed' },
  'bed-taken': { ack: 'AE', code: '207', at: 'PV1^1^3', text: 'Somebody else lies in this bed' },
  'identity-differs': {
    ack: 'AE',
    code: '204',
    at: 'PID^1^3',
    text: 'Somebody of another name and birth has this number here',
  },
  'both-here': { ack: 'AE', code: '207', at: 'MRG^1^1', text: 'Both numbers lie in this ward, in two beds' },
  deceased: {
    ack: 'AE',
    code: '207',
    at: 'PID^1^30',
    text: 'This patient has died; PID-30 N says otherwise',
  },
}

export type AnswerParts = { readonly id: string; readonly atMs: number }

/** ASCII, in the sender's own delimiters, whatever it sent. */
export function answerTo(header: Header | null, why: AdtRefusal | null, { id, atMs }: AnswerParts): Buffer {
  const marks = header?.marks ?? standard
  const { field } = marks
  const [app = '', facility = '', toApp = '', toFacility = ''] = header?.parties ?? []
  const said = why === null ? null : refusalTexts[why]
  const encoding = `${marks.component}${marks.repetition}${marks.escape}${marks.subcomponent}`
  const type = ['ACK', header?.trigger ?? '', 'ACK'].join(marks.component)
  const lines = [
    [
      `MSH`,
      encoding,
      toApp,
      toFacility,
      app,
      facility,
      timeText(atMs),
      '',
      type,
      id,
      'P',
      header?.version || '2.5.1',
    ],
    ['MSA', said?.ack ?? 'AA', header?.controlId ?? '', said === null ? '' : escaped(said.text, marks)],
    ...(said === null ? [] : [errorOf(said, marks)]),
  ]
  return Buffer.from(`${lines.map((line) => line.join(field)).join('\r')}\r`, 'latin1')
}

const standard: Delimiters = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' }

/** ERR-2 where, ERR-3 which, ERR-4 that nothing was done, ERR-8 for a person. */
function errorOf({ code, at, text }: Said, marks: Delimiters): string[] {
  const where = at.replaceAll('^', marks.component)
  const which = [code, escaped(text, marks), 'HL70357'].join(marks.component)
  return ['ERR', '', where, which, 'E', '', '', '', escaped(text, marks)]
}

/** Our texts hold no delimiter but by a sender's choice of one. */
function escaped(text: string, marks: Delimiters): string {
  const all = Object.values(marks)
  return [...text].map((letter) => (all.includes(letter) ? ' ' : letter)).join('')
}

function timeText(atMs: number): string {
  return `${new Date(atMs).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}+0000`
}
