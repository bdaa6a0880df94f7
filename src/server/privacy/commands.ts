/** `npm run privacy`: what can be said, and what it does; on the server that runs, or on its data while none does. */
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { type Language, languages } from '../../core/languages.ts'
import type { RetainedKind, Retention } from '../../protocol/keeping.ts'
import { retainedKinds } from '../../protocol/keeping.ts'
import { id } from '../../protocol/primitives.ts'
import { recordAct } from '../audit/record.ts'
import type { Outcome } from '../control.ts'
import type { Db } from '../store/store.ts'
import { gather, reportsOf } from './access.ts'
import { accessPage } from './access-page.ts'
import { entityOf } from './erase.ts'
import type { Eraser } from './eraser.ts'
import { type Found, findPeople, type Sought } from './find.ts'
import { kinds, type Who, whoIs } from './who.ts'

export type PrivacyParts = {
  readonly db: Db
  readonly now: () => number
  readonly eraser: Eraser
  readonly retention: Retention
  readonly zone: string
  readonly language: Language
}

export const privacyUsage = [
  'npm run privacy -- find --number N | --name TEXT | --mail ADDRESS      the ids of whoever fits',
  'npm run privacy -- access ID… --out FOLDER [--language fi]             all that is kept about them, into files',
  'npm run privacy -- erase ID… --why WORD [--dry-run]                    takes their words out of everything, for ever',
  'npm run privacy -- retention [--dry-run] [--until 2026-06-30]          what was kept long enough goes',
]

/** What `access` writes; the command's own process does, as the server may not write everywhere. */
export const accessFiles = v.array(v.strictObject({ name: v.string(), text: v.string() }))

const operator = { type: 'operator' } as const
const done = (...lines: string[]): Outcome => ({ lines, failed: false })
const failed = (...lines: string[]): Outcome => ({ lines, failed: true })

const options = {
  number: { type: 'string' },
  name: { type: 'string' },
  mail: { type: 'string' },
  why: { type: 'string' },
  until: { type: 'string' },
  language: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const

function parse(words: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options })
    const [verb, ...ids] = positionals
    return { verb, ids, values }
  } catch {
    return null
  }
}

/** Null: none of its words. Never throws for what a person may have typed. */
export async function runPrivacy(parts: PrivacyParts, words: readonly string[]): Promise<Outcome | null> {
  if (words[0] !== 'privacy') return null
  const said = parse(words.slice(1))
  if (!said?.ids.every((one) => v.is(id, one))) return failed(...privacyUsage)
  const { verb, ids, values } = said
  const isDry = values['dry-run'] === true
  if (verb === 'find' && ids.length === 0) return await find(parts, soughtIn(values))
  if (verb === 'access' && ids.length > 0) return await access(parts, ids, values.language ?? parts.language)
  if (verb === 'erase' && ids.length > 0) return await erase(parts, ids, values.why ?? '', isDry)
  if (verb === 'retention' && ids.length === 0) return await retain(parts, values.until ?? null, isDry)
  return failed(...privacyUsage)
}

type Values = { readonly number?: string; readonly name?: string; readonly mail?: string }

function soughtIn({ number, name, mail }: Values): Sought | null {
  const all: (Sought | null)[] = [
    number === undefined ? null : { by: 'number', number },
    name === undefined ? null : { by: 'name', name },
    mail === undefined ? null : { by: 'mail', mail },
  ]
  const [one, ...others] = all.filter((sought) => sought !== null)
  return one && others.length === 0 ? one : null
}

async function find({ db, now }: PrivacyParts, sought: Sought | null): Promise<Outcome> {
  if (!sought) return failed(...privacyUsage)
  if (sought.by === 'name' && sought.name.trim().length < 2) return failed('Two letters of a name at least.')
  const found = await findPeople(db, sought)
  const act = { action: 'person-sought', agent: operator } as const
  // What was looked for may be a name: on record is who was found by it.
  for (const { kind, id } of found)
    await recordAct(db, now(), { ...act, entity: entityOf(id, kind), detail: sought.by })
  if (found.length === 0) await recordAct(db, now(), { ...act, detail: `${sought.by}, nobody` })
  return found.length === 0 ? done('Nobody fits.') : done(...found.map(lineOf))
}

function lineOf({ kind, id, fromMs, untilMs }: Found): string {
  const day = (ms: number | null) => (ms === null ? '' : new Date(ms).toISOString().slice(0, 10))
  return `${kind.padEnd(12)} ${id.padEnd(36)}  ${day(fromMs).padEnd(10)} – ${day(untilMs)}`.trimEnd()
}

async function access(
  { db, now, zone }: PrivacyParts,
  ids: readonly string[],
  language: string,
): Promise<Outcome> {
  const spoken = languages.find((one) => one === language)
  if (!spoken) return failed(`--language must be one of ${languages.join(', ')}.`)
  const who = await whoIs(db, ids, now())
  const unknown = ids.filter((one) => !who.has(one))
  if (unknown.length > 0) return failed(...unknown.map((one) => `There is nobody by the id ${one}.`))
  for (const one of ids) {
    const entity = entityOf(one, who.get(one) ?? 'stay')
    await recordAct(db, now(), { action: 'person-disclosed', agent: operator, entity })
  }
  const found = await gather(db, who, ids, now(), spoken)
  const reports = await reportsOf(db, who, now(), { language: spoken, zone })
  const page = accessPage({ access: found, language: spoken, zone, beside: reports.map(({ name }) => name) })
  const files = [
    { name: 'page.html', text: page },
    { name: 'rows.json', text: `${JSON.stringify(found, null, 1)}\n` },
    ...reports,
  ]
  return done(JSON.stringify(files satisfies v.InferOutput<typeof accessFiles>))
}

async function erase(
  { eraser }: PrivacyParts,
  ids: readonly string[],
  why: string,
  isDry: boolean,
): Promise<Outcome> {
  // It stands in the record for ever, so it is a word, and nobody's name.
  if (!/^[a-z][a-z-]{2,39}$/.test(why))
    return failed('Say why in one word of small letters, such as --why request.')
  const erased = await eraser.erase(ids, why, isDry)
  if (erased.type === 'refused')
    return failed(
      ...erased.unknown.map((one) => `There is nobody by the id ${one}.`),
      ...erased.here.map((one) => `Not erased: ${one.id}: ${one.why}.`),
    )
  const { who, reasons, unlisted } = erased
  return done(
    `${erased.type === 'erased' ? 'Erased' : 'Would be erased'}: ${kindsIn(who)}.`,
    ...(reasons.length === 0
      ? []
      : [`Reasons that people typed stay in the record, word for word, in its rows ${reasons.join(', ')}.`]),
    ...unlisted.map(
      (folder) => `The list of those who were erased could not be written in ${folder}: put that right.`,
    ),
    ...(erased.type === 'erased'
      ? ['Backups keep them until they go; whoever puts one back erases them anew, by erased.log beside it.']
      : []),
  )
}

function kindsIn(who: Who): string {
  const counts = kinds.map((kind) => ({ kind, many: [...who.values()].filter((one) => one === kind).length }))
  return counts.flatMap(({ kind, many }) => (many === 0 ? [] : `${kind} ${many}`)).join(', ')
}

async function retain(
  { eraser, retention }: PrivacyParts,
  until: string | null,
  isDry: boolean,
): Promise<Outcome> {
  const untilMs = until === null ? null : Date.parse(until)
  if (untilMs !== null && Number.isNaN(untilMs)) return failed('--until must be a day such as 2026-06-30.')
  const unset = retainedKinds.filter((kind) => retention[kind] === null)
  const never = unset.map((kind) => `${settingOf[kind]} is not set: these are kept for ever.`)
  if (isDry) {
    const due = await eraser.due(retention, untilMs)
    return done(...retainedKinds.map((kind) => `${kind.padEnd(12)} ${due[kind].length}`), ...never)
  }
  return done(`Gone: ${await eraser.retainUntil(retention, untilMs, operator)}.`, ...never)
}

const settingOf: Readonly<Record<RetainedKind, string>> = {
  stays: 'BEDSIDE_RETAIN_STAYS',
  outpatients: 'BEDSIDE_RETAIN_OUTPATIENTS',
  guests: 'BEDSIDE_RETAIN_GUESTS',
  staff: 'BEDSIDE_RETAIN_STAFF',
  calls: 'BEDSIDE_RETAIN_CALLS',
}
