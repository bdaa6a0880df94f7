/** A letter as it travels: plain text, simple HTML without anything from elsewhere, and the entry for a calendar (RFC 6047). */
import type { SendMailOptions } from 'nodemailer'
import type { Language } from '../../core/languages.ts'
import type { MailConfig } from '../config-mail.ts'
import { oneLine } from '../plan/ics-parts.ts'
import type { LetterFacts, LetterKind, Withdrawn } from '../visits/post.ts'
import { inviteOf, withdrawnEntryOf } from './invite-ics.ts'
import { isReminder } from './kinds.ts'
import { clockIn, letterWords, momentOf } from './words.ts'

export type Letter = {
  readonly letterId: string
  readonly kind: LetterKind
  readonly sequence: number
  readonly startMs: number
  readonly endMs: number
  readonly facts: LetterFacts
}

/** `MessageID` is the letter's for ever, so that programs can tell a repeat (RFC 5322 §3.6.4). */
export function messageOf(letter: Letter, from: MailConfig['from'], nowMs: number): SendMailOptions {
  const { letterId, kind, facts } = letter
  const { language, to } = facts
  const ward = oneLine(facts.ward)
  const subject = letterWords[language].subject[kind](ward)
  const sender = { name: from.name ?? ward, address: from.address }
  return {
    ...envelopeOf({ letterId, to, language, subject, lines: linesOf(letter) }, sender, nowMs),
    ...(isReminder(kind) ? {} : { icalEvent: calendarOf(letter, from.address, nowMs) }),
  }
}

/** To whoever was written to by mistake, or is not the one any more. `startMs`: as it was told there. */
export type Withdrawal = Omit<Withdrawn, 'visitId'> & {
  readonly letterId: string
  readonly startMs: number
  readonly endMs: number
}

/** [MAIL-30] Says neither whose it was nor from where: whoever reads it may be anybody (HZ-6). */
export function withdrawalOf(
  withdrawal: Withdrawal,
  { name, address }: MailConfig['from'],
  nowMs: number,
): SendMailOptions {
  const { language } = withdrawal
  const { withdrawn, automatic } = letterWords[language]
  const lines = [...withdrawn.lines, automatic].map((text) => ({ type: 'text', text }) as const)
  const said = { ...withdrawal, subject: withdrawn.subject, lines }
  const content = withdrawnEntryOf({ ...withdrawal, from: address, stampMs: nowMs })
  return {
    ...envelopeOf(said, { name: name ?? '', address }, nowMs),
    icalEvent: { method: 'CANCEL', filename: 'visit.ics', content },
  }
}

type Said = {
  readonly letterId: string
  readonly to: string
  readonly language: Language
  readonly subject: string
  readonly lines: readonly Line[]
}

function envelopeOf(
  { letterId, to, language, subject, lines }: Said,
  from: { readonly name: string; readonly address: string },
  nowMs: number,
): SendMailOptions {
  return {
    messageId: `<${letterId}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
    date: new Date(nowMs),
    from,
    // Without the name: an envelope is read by many, a letter by one.
    to: { name: '', address: to },
    subject,
    text: textOf(lines),
    html: htmlOf(lines, language),
    headers: {
      'Content-Language': language,
      // RFC 3834 §5, and what Exchange knows instead: nobody on holiday answers it.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** Reminders bring none: nothing has changed, and programs would say that something had. */
function calendarOf({ kind, sequence, startMs, endMs, facts }: Letter, from: string, stampMs: number) {
  const { link, ward, language, to, entryId } = facts
  const method = kind === 'cancellation' ? 'CANCEL' : 'REQUEST'
  const times = { sequence, stampMs, startMs, endMs }
  const content = inviteOf({
    ...{ method, entryId, ward, from, to, link, language },
    ...times,
  })
  return { method, filename: 'visit.ics', content }
}

type Line =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'named'; readonly name: string; readonly text: string }
  | { readonly type: 'link'; readonly name: string; readonly link: string }

function linesOf(letter: Letter): Line[] {
  const { kind, facts } = letter
  const { language, link, wardPhone } = facts
  const words = letterWords[language]
  const text = (one: string): Line => ({ type: 'text', text: oneLine(one) })
  const goes = kind !== 'cancellation'
  return [
    text(words.hello(facts.name)),
    text(words.lead[kind](facts.ward)),
    ...whenLines(letter),
    ...(goes ? [{ type: 'link', name: words.link, link } as const, ...words.todo.map(text)] : []),
    ...(goes && wardPhone !== null ? [text(words.phone(wardPhone))] : []),
    text(words.notYou(wardPhone)),
    text(words.automatic),
  ]
}

/** By the clock that its reader lives by, and where the hospital's shows another time then, by that as well. */
function whenLines({ startMs, facts: { language, zone, wardZone } }: Letter): Line[] {
  const words = letterWords[language]
  const [when, there] = [zone, wardZone].map((one) => momentOf(startMs, one, words))
  const own = { type: 'named', name: words.when, text: when ?? '' } as const
  const isAlike = clockIn(startMs, zone) === clockIn(startMs, wardZone)
  return isAlike ? [own] : [own, { type: 'named', name: words.atHospital, text: there ?? '' }]
}

function textOf(lines: readonly Line[]): string {
  const said = lines.map((line) => {
    if (line.type === 'text') return line.text
    return line.type === 'named' ? `${line.name}: ${line.text}` : `${line.name}:\n${line.link}`
  })
  return `${said.join('\n\n')}\n`
}

/** Without a colour, so that it is read in the dark as by day. */
function htmlOf(lines: readonly Line[], language: string): string {
  const style = 'max-width: 36em; font: 1rem/1.5 system-ui, sans-serif'
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<meta name="color-scheme" content="light dark"></head><body><div style="${style}">`,
    ...lines.map((line) => `<p>${htmlLine(line)}</p>`),
    '</div></body></html>\n',
  ].join('\n')
}

function htmlLine(line: Line): string {
  if (line.type === 'text') return escaped(line.text)
  if (line.type === 'named') return `${escaped(line.name)}: <strong>${escaped(line.text)}</strong>`
  const link = escaped(line.link)
  return `${escaped(line.name)}:<br><a href="${link}">${link}</a>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '')
}
