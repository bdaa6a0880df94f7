/** What becomes of a message: known again or decided, written in one transaction with its acts, and only then answered. */
import { randomUUIDv7 } from 'node:crypto'
import type { Logger } from 'pino'
import { keyOf } from '../../core/admission.ts'
import { decideAdt } from '../../core/adt.ts'
import type { AdtEvent, AdtPerson, AdtRefusal } from '../../core/adt-event.ts'
import type { AdtDecision } from '../../core/adt-known.ts'
import { agrees, type Layout, placeOf } from '../../core/adt-places.ts'
import type { AuditAgent } from '../../protocol/audit.ts'
import { loadStays } from '../admission-rows.ts'
import { recordAct } from '../audit/record.ts'
import type { AdtConfig } from '../config-adt.ts'
import type { Plan } from '../plan/plan.ts'
import type { Queue } from '../queue.ts'
import type { Db, Store } from '../store/store.ts'
import type { Visits } from '../visits/visits.ts'
import type { Ward } from '../ward.ts'
import { answerTo } from './answer.ts'
import { dropSays, findAnswered, keepAnswered, keepHeard, keepSays, loadKnown } from './kept.ts'
import type { Hear } from './listener.ts'
import { type Header, type Read, readMessage } from './read.ts'
import { silenceAppointments } from './silence.ts'

export type DeskParts = {
  readonly store: Store
  readonly ward: Ward
  readonly now: () => number
  readonly queue: Queue
  readonly plan: Pick<Plan, 'changeStays' | 'book'>
  readonly visits: Pick<Visits, 'fallSilent'>
  readonly config: AdtConfig
  readonly zone: string
  readonly log: Logger
  /** A sound message came: the feed is alive. */
  readonly heard: () => void
}

export const feedAgent: AuditAgent = { type: 'integration', integrationId: 'adt' }

/** Of these nobody on the ward has to know: they are the sender's configuration, or came for others. */
const notForStaff: readonly AdtRefusal[] = [
  'not-adt',
  'unsupported-event',
  'not-production',
  'missing-control-id',
  'too-large',
  'unreadable',
]

export function createDesk(parts: DeskParts) {
  const { store, ward, now, queue, plan, visits, config, zone, log } = parts
  const { db } = store
  const digest = (key: string) => store.digest(`adt ${key}`)
  const reading = { zone, charset: config.charset, authority: config.authority, production: !ward.demo }

  function layout(): Layout {
    const beds = new Map([...ward.beds.values()].map(({ party }) => [keyOf(party.label), party.bedId]))
    const wards = new Set((config.wards.length > 0 ? config.wards : [ward.name]).map(keyOf))
    const named = config.beds.flatMap(([location, label]) => {
      const bedId = beds.get(keyOf(label))
      return bedId === undefined ? [] : [[keyOf(location), bedId] as const]
    })
    return { wards, beds, named: new Map(named) }
  }

  /** The control id is its sender's own. */
  function namesOf(header: Header, bytes: Buffer) {
    const [app, facility] = header.parties
    const text = bytes.toString('latin1')
    const body = text.slice(text.search(/[\r\n]|$/))
    const messageHash = digest(`message ${JSON.stringify([app, facility, header.controlId])}`)
    return { messageHash, bodyHash: digest(`body ${header.trigger} ${body}`) }
  }

  /** Null: it was done. */
  async function settle(read: Read, bytes: Buffer): Promise<AdtRefusal | null> {
    const { header } = read
    if (!header || header.controlId === '') return await refuseOnly(read)
    const names = namesOf(header, bytes)
    const answered = await findAnswered(db, names.messageHash)
    if (answered && answered.bodyHash !== names.bodyHash) return await refuseReused(read)
    if (answered) return answered.refusal
    const decision = read.type === 'event' ? await decide(read.event) : null
    const refusal = read.type === 'refused' ? read.why : (decision?.refusal ?? null)
    for (const patient of decision?.dead ?? []) await visits.fallSilent(patient)
    await plan.changeStays(async (step, admit) => {
      for (const act of decision?.changes ?? []) await admit(feedAgent, act)
      for (const patient of decision?.dead ?? []) await silenceAppointments(step, patient)
      if (decision) await keepHeard(step.db, decision.heard, digest, step.nowMs)
      await compare(step.db, read, decision, names.messageHash)
      if (refusal !== null && !notForStaff.includes(refusal)) await onRecord(step.db, refusal)
      await keepAnswered(step.db, names.messageHash, { bodyHash: names.bodyHash, refusal }, step.nowMs)
    })
    return refusal
  }

  async function decide(event: AdtEvent): Promise<AdtDecision> {
    const known = await loadKnown({ db, layout: layout(), digest, nowMs: now() }, event.people)
    const ids = new Map<number, string>()
    return decideAdt(known, event, (n) => {
      const id = ids.get(n) ?? randomUUIDv7()
      ids.set(n, id)
      return id
    })
  }

  async function onRecord(step: Db, refusal: AdtRefusal): Promise<void> {
    const act = { action: 'feed-refused', outcome: 'refused', agent: feedAgent, detail: refusal } as const
    await recordAct(step, now(), act)
  }

  /** What it is about is not known, so nothing of it is kept but that it was refused. */
  async function refuseOnly(read: Read): Promise<AdtRefusal> {
    const why = read.type === 'refused' ? read.why : 'missing-control-id'
    log.warn({ why }, 'a message of the hospital was refused')
    return why
  }

  async function refuseReused({ header }: Read): Promise<AdtRefusal> {
    const why = 'control-id-reused'
    const key = digest(`reused ${header?.controlId}`)
    await db.transaction().execute(async (step) => {
      await keepSays(step, key, { person: null, place: null, why, atMs: now() })
      await onRecord(step, why)
    })
    return why
  }

  /** [ADT-10] Each person's last word stands against where they lie now. */
  async function compare(
    step: Db,
    read: Read,
    decision: AdtDecision | null,
    messageHash: string,
  ): Promise<void> {
    const refusal = read.type === 'refused' ? read.why : (decision?.refusal ?? null)
    const { admissions } = await loadStays(step)
    const beds = new Map(
      [...admissions.values()].map(({ bedId, patient }) => [keyOf(patient.number), bedId] as const),
    )
    for (const { person, place } of decision?.says ?? []) {
      const key = digest(`says ${keyOf(person.number ?? '')}`)
      const isSame = agrees(place, beds.get(keyOf(person.number ?? '')) ?? null)
      if (isSame && refusal === null) await dropSays(step, key)
      else await keepSays(step, key, { person, place, why: refusal, atMs: now() })
    }
    if (refusal === null || notForStaff.includes(refusal) || (decision?.says.length ?? 0) > 0) return
    const person = read.type === 'event' ? (read.event.people[0] ?? null) : null
    if (person && isElsewheres(person, beds)) return
    await keepSays(step, messageHash, { person, place: null, why: refusal, atMs: now() })
  }

  /** A patient of another ward, whose message was spoilt: nobody here has to know them. */
  function isElsewheres({ location, number }: AdtPerson, beds: ReadonlyMap<string, string | null>): boolean {
    const isHere = number !== null && (beds.get(keyOf(number)) ?? null) !== null
    return !isHere && location !== null && placeOf(location, layout()).type === 'elsewhere'
  }

  const hear: Hear = async (framed) => {
    const bytes = framed.type === 'frame' ? framed.bytes : framed.head
    const read = readMessage(bytes, reading)
    if (framed.type === 'too-large')
      return answerTo(read.header, 'too-large', { id: randomUUIDv7(), atMs: now() })
    if (read.header) parts.heard()
    const refusal = await queue.ask(() => settle(read, bytes))
    return answerTo(read.header, refusal, { id: randomUUIDv7(), atMs: now() })
  }

  return { hear, layout, digest }
}
