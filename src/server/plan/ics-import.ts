/** Takes over what a calendar file asks for, for whoever brings it: looked at first, then done, and never twice. */
import { hash, randomUUIDv7 } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { draftOver } from '../../core/plan/book.ts'
import { judge } from '../../core/plan/decide.ts'
import { isClosed } from '../../core/plan/status.ts'
import type { Appointment, PlanAct, PlanRefusal } from '../../protocol/plan.ts'
import {
  type ImportAnswer,
  type ImportItem,
  type ImportSkip,
  mostImported,
} from '../../protocol/plan-share.ts'
import { type Change, cancel, cancelled, changeOf, isOlder, rememberedOf } from './ics-changes.ts'
import { type Found, mostFound } from './ics-found.ts'
import type { IcsMemory, Remembered } from './ics-memory.ts'
import { readIcs } from './ics-read.ts'
import type { PlanPort } from './port.ts'

/** How many acts are done in one transaction, so that others have their turn in between. */
const batch = 50

/** `act` null: it is left out. `said`: what is to be remembered of it; null: nothing new. */
type Wish = { readonly item: ImportItem; readonly act: PlanAct | null; readonly said: Remembered | null }

export type ImportAsk = {
  readonly plan: PlanPort
  readonly memory: IcsMemory
  readonly staffId: string
  readonly text: string
  readonly reason: string
  readonly nowMs: number
}

/** What `importIcs` would do now. */
export async function previewIcs(ask: ImportAsk): Promise<ImportAnswer> {
  const wishes = await wishesOf(ask)
  if ('type' in wishes) return wishes
  const draft = draftOver(ask.plan.book)
  const author = { staffId: ask.staffId, atMs: ask.nowMs }
  const whys = new Map<Wish, ImportSkip>()
  for (const [index, wish] of inOrder(wishes).entries()) {
    // Others have their turn in between.
    if (index % batch === batch - 1) await nextTurn()
    const decision = wish.act && judge(draft, wish.act, author, () => [])
    if (decision?.type === 'done') for (const row of decision.rows) draft.put(row)
    if (decision?.type === 'refused') whys.set(wish, skipOf(decision.trouble.why))
  }
  const items = wishes.map((wish) => ({ ...wish.item, why: whys.get(wish) ?? wish.item.why }))
  return { type: 'read', items, booked: 0, changed: 0 }
}

/** Does all that can be; what is refused is only said, since whoever imports sees it at once. */
export async function importIcs(ask: ImportAsk): Promise<ImportAnswer> {
  const wishes = await wishesOf(ask)
  if ('type' in wishes) return wishes
  const whys = new Map<Wish, ImportSkip>()
  const asked = inOrder(wishes).flatMap((wish) => (wish.act ? [{ wish, act: wish.act }] : []))
  for (let first = 0; first < asked.length; first += batch) {
    const some = asked.slice(first, first + batch)
    const named = some.map(({ act }) => ({ actId: randomUUIDv7(), act }))
    const answers = await ask.plan.perform({ type: 'staff', staffId: ask.staffId }, named, 'told')
    for (const [index, answer] of answers.entries()) {
      const wish = some[index]?.wish
      if (wish && answer.type === 'refused') whys.set(wish, skipOf(answer.why))
    }
  }
  const said = wishes.flatMap((wish) => (whys.has(wish) ? [] : (wish.said ?? [])))
  await ask.memory.write(said, ask.nowMs)
  const items = wishes.map((wish) => ({ ...wish.item, why: whys.get(wish) ?? wish.item.why }))
  const done = items.filter(({ why }) => why === null)
  const booked = done.filter(({ does }) => does === 'book').length
  return { type: 'read', items, booked, changed: done.length - booked }
}

const order = { cancel: 0, move: 1, change: 1, book: 2 } as const

/** What goes makes room for what moves, and both for what is new. */
function inOrder(wishes: readonly Wish[]): Wish[] {
  return wishes.toSorted((one, other) => order[one.item.does] - order[other.item.does])
}

async function wishesOf(ask: ImportAsk): Promise<Wish[] | Extract<ImportAnswer, { type: 'refused' }>> {
  const { plan, staffId, text, nowMs } = ask
  const row = plan.book.get('plan', 'plan')
  const zone = row?.zone ?? 'UTC'
  const horizonMs = row?.horizonMs ?? nowMs
  const answer = await readIcs({ text, zone, nowMs, horizonMs })
  if (answer.type === 'refused') return { ...answer }
  const { found } = answer
  const memory = await ask.memory.read(new Set(found.map(({ uid }) => uidOf(staffId, uid))))
  let left = mostImported
  const taken = new Set<string>()
  const wishes = found.map((one): Wish => {
    const id = idOf(staffId, one.key)
    const isTaken = taken.has(id)
    const there = plan.book.get('appointment', id)
    if (one.why === null || there) taken.add(id)
    if (isTaken && one.why === null) return leftOut(one, 'known')
    if (there && !isTaken) return changed(ask, there, memory.get(id) ?? null, one)
    const { startMs, endMs } = one
    if (one.why !== null || startMs === null || endMs === null) return leftOut(one, one.why)
    if (left-- <= 0) return leftOut(one, 'too-many')
    const said = rememberedOf(id, uidOf(staffId, one.uid), one)
    return { item: itemOf(one, 'book', null), act: actOf(id, staffId, one, startMs, endMs), said }
  })
  return [...wishes, ...gone({ ask, found, memory, horizonMs, taken })]
}

function leftOut(found: Found, why: ImportSkip | null): Wish {
  return { item: { ...itemOf(found, 'book', null), why }, act: null, said: null }
}

function itemOf({ line, title, startMs, endMs }: Found, does: ImportItem['does'], fromMs: number | null) {
  return { line, title, startMs, endMs, does, fromMs, why: null }
}

/** It was taken over before; what is the same is remembered as this file says it. */
function changed(ask: ImportAsk, row: Appointment, before: Remembered | null, found: Found): Wish {
  const change = changeOf(row, before, found, ask.reason)
  const said = rememberedOf(row.id, uidOf(ask.staffId, found.uid), found)
  if (change.type === 'act') return asked(change, row, found, said)
  const isNews = before === null && change.why === 'known'
  return { ...leftOut(found, change.why), said: isNews ? said : null }
}

function asked(
  change: Extract<Change, { type: 'act' }>,
  row: Appointment,
  found: Found,
  said: Remembered,
): Wish {
  const title = change.does === 'cancel' ? row.title : found.title
  return { item: { ...itemOf(found, change.does, startOf(row)), title }, act: change.act, said }
}

function startOf({ when }: Appointment): number | null {
  return when.type === 'at' ? when.startMs : null
}

type Going = {
  readonly ask: ImportAsk
  readonly found: readonly Found[]
  readonly memory: ReadonlyMap<string, Remembered>
  readonly horizonMs: number
  readonly taken: ReadonlySet<string>
}

const readable: readonly (ImportSkip | null)[] = [null, 'past', 'beyond-horizon', 'cancelled']

/** Occasions that a series had, and has no more in a file that is newer: it was ended, moved or cancelled there. */
function gone({ ask, found, memory, horizonMs, taken }: Going): Wish[] {
  if (found.length >= mostFound) return []
  const byUid = Map.groupBy(found, ({ uid }) => uidOf(ask.staffId, uid))
  return [...memory.values()].flatMap((before): Wish[] => {
    const some = byUid.get(before.uid) ?? []
    const [first] = some
    const row = ask.plan.book.get('appointment', before.id)
    const startMs = row && startOf(row)
    if (!row || !first || taken.has(row.id) || isClosed(row.status) || before.said === cancelled) return []
    if (!startMs || startMs < ask.nowMs || startMs >= horizonMs) return []
    if (isOlder(first, before) || !some.every(({ why }) => readable.includes(why))) return []
    const change = cancel(row, ask.reason)
    const was: Found = { ...first, why: 'cancelled', startMs, endMs: null }
    return change.type === 'act'
      ? [asked(change, row, was, rememberedOf(row.id, before.uid, { ...was, endMs: startMs }))]
      : []
  })
}

function uidOf(staffId: string, uid: string): string {
  return hash('sha256', JSON.stringify(['uid', staffId, uid]), 'base64url')
}

/** The same event of the same calendar is the same appointment of the same person, however often it comes. */
export function idOf(staffId: string, key: string): string {
  return `ics_${hash('sha256', JSON.stringify([staffId, key]), 'base64url')}`
}

/** It takes the time of whoever imports it, and the room. Its description stays out: nobody knows what is in there. */
function actOf(id: string, staffId: string, found: Found, startMs: number, endMs: number): PlanAct {
  const { title, place, isTentative } = found
  return {
    type: 'appointment.book',
    id,
    kind: 'visit',
    fields: {
      title,
      note: '',
      place,
      staff: [staffId],
      roles: [],
      stops: [],
      outpatient: null,
      before: 0,
      after: 0,
      language: null,
      interpreter: false,
      outsideHours: false,
      when: { type: 'at', startMs, endMs },
      status: isTentative ? 'pending' : 'booked',
      cancelReason: null,
    },
  }
}

function skipOf(why: PlanRefusal): ImportSkip {
  switch (why) {
    case 'taken':
    case 'outside-hours':
    case 'away':
    case 'forbidden':
    case 'senseless':
      return why
    case 'out-of-order':
      return 'known'
    default:
      return 'refused'
  }
}
