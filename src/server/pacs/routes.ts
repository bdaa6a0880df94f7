/**
 * Scans of the patients in the ward, out of the hospital's PACS and only read: whose, says the stay on the asker's screen;
 * under which number the PACS knows them, this server alone.
 */
import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Logger } from 'pino'
import {
  type PacsFailure,
  type PacsSeriesAnswer,
  pacsInstancesRequest,
  pacsSeriesRequest,
  pacsStudiesRequest,
} from '../../protocol/pacs.ts'
import type { Patient } from '../../protocol/people.ts'
import { recordAct } from '../audit/record.ts'
import type { PacsConfig } from '../config-pacs.ts'
import type { Answer, Asked, RouteBook } from '../routes.ts'
import type { Db, Store } from '../store/store.ts'
import { createPatience } from './patience.ts'
import { PacsProblem, problemOf } from './problem.ts'
import { createQido } from './qido.ts'
import { streamSeries } from './stream.ts'
import { createUpstream } from './upstream.ts'

export type PacsParts = {
  readonly store: Store
  readonly config: PacsConfig | null
  readonly log: Logger
  readonly now: () => number
}

/** Series that one person, and all together, fetch at a time. */
const mostOfPerson = 2
const mostOfAll = 24
/** Of the PACS for one series, from the first question to the last byte. */
const wholeMs = 10 * 60_000
/** A connection that takes nothing for so long, while there is something, leads to nobody. */
const stillMs = 60_000
/** Whoever fetches several series of a study within it has opened the study once. */
const openedMs = 60 * 60_000

export function addPacs({ route }: RouteBook, { store, config, log, now }: PacsParts): void {
  const needs = 'scan.fetch'
  if (config === null) {
    const none = async (): Promise<Answer> => ({ answer: failed('not-configured') })
    route('GET', '/pacs/studies', { needs, takes: pacsStudiesRequest }, none)
    route('GET', '/pacs/series', { needs, takes: pacsSeriesRequest }, none)
    return route('GET', '/pacs/instances', { needs, takes: pacsInstancesRequest }, none)
  }
  const { issuer, mostBytes, silentMs } = config
  const upstream = createUpstream(config, log)
  const qido = createQido(upstream, issuer)
  const crowd = createCrowd()
  const [opened, looked] = [createOpened(now), createOpened(now)]

  route('GET', '/pacs/studies', { needs, takes: pacsStudiesRequest }, async (asked) => {
    const { body, agent, nowMs } = asked
    const patient = await patientOf(store.db, body.admissionId)
    if (!patient) return { refusal: 'not-found' }
    await recordAct(store.db, nowMs, { action: 'scans-listed', agent, patient: body.admissionId })
    return await told(() => qido.studies(patient, nowMs, signalOf(asked)))
  })

  route('GET', '/pacs/series', { needs, takes: pacsSeriesRequest }, async (asked) => {
    const patient = await patientOf(store.db, asked.body.admissionId)
    if (!patient) return { refusal: 'not-found' }
    return await told(async (): Promise<PacsSeriesAnswer> => {
      const signal = signalOf(asked)
      await refuseOthers(asked, patient, signal)
      if (looked.isNew(asked)) await recordAct(store.db, now(), { ...fetched(asked), action: 'scans-listed' })
      looked.note(asked)
      return { type: 'found', series: await qido.series(asked.body.study, signal) }
    })
  })

  route('GET', '/pacs/instances', { needs, takes: pacsInstancesRequest }, async (asked) => {
    const { body, signIn, reply } = asked
    const patient = await patientOf(store.db, body.admissionId)
    if (!patient) return { refusal: 'not-found' }
    if (!crowd.enter(signIn?.staff.staffId ?? '', reply)) return { refusal: 'too-many' }
    reply.raw.setTimeout(silentMs + stillMs, () => reply.raw.destroy())
    const patience = createPatience(wholeMs)
    const signal = AbortSignal.any([goneOf(asked), patience.signal])
    try {
      await patience.wait(() => refuseOthers(asked, patient, signal))
    } catch (error) {
      return { answer: failed(problemOf(error).why) }
    }
    if (opened.isNew(asked)) await recordAct(store.db, now(), fetched(asked))
    opened.note(asked)
    const wanted = { number: patient.number, issuer, study: body.study, series: body.series }
    const { type, pieces } = streamSeries({ upstream, qido, mostBytes }, wanted, signal, async ({ why }) => {
      if (why === 'other-patient') await recordRefused(asked, why)
    })
    return { stream: Readable.from(patience.read(pieces), { objectMode: false }), type }
  })

  /** A study is fetched by whoever's it is in the PACS at this moment, and by no other way (HZ-1). */
  async function refuseOthers(asked: StudyAsked, patient: Patient, signal: AbortSignal): Promise<void> {
    if (await qido.isStudyOf(patient, asked.body.study, signal)) return
    await recordRefused(asked, 'not-there')
    throw new PacsProblem('not-there')
  }

  async function recordRefused(asked: StudyAsked, detail: PacsFailure): Promise<void> {
    await recordAct(store.db, now(), { ...fetched(asked), outcome: 'refused', detail })
  }
}

type StudyAsked = Pick<Asked<{ readonly admissionId: string; readonly study: string }>, 'agent'> & {
  readonly body: { readonly admissionId: string; readonly study: string }
}

/**
 * The audit holds ids only, and a study's UID is a name: it leads to a person in another system, for as long as that keeps
 * it, and could not be taken out of the chain. So it is digested together with the stay: whoever may ask the PACS can
 * show that a row means a certain study, and nobody can list studies, or join the stays of a person, by the audit.
 */
export function studyDigest(admissionId: string, study: string): string {
  return hash('sha256', `${admissionId}\n${study}`)
}

function fetched({ body: { admissionId, study }, agent }: StudyAsked) {
  const entity = { type: 'study' as const, id: studyDigest(admissionId, study) }
  return { action: 'scan-fetched' as const, agent, patient: admissionId, entity }
}

function failed(why: PacsFailure) {
  return { type: 'failed' as const, why }
}

async function told(ask: () => Promise<unknown>): Promise<Answer> {
  try {
    return { answer: await ask() }
  } catch (error) {
    return { answer: failed(problemOf(error).why) }
  }
}

/** Of somebody who lies in the ward now: a stay that is over opens nothing. */
async function patientOf(db: Db, admissionId: string): Promise<Patient | null> {
  const row = await db
    .selectFrom('admissions')
    .select(['name', 'born', 'number'])
    .where('admission_id', '=', admissionId)
    .where('ended_ms', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Aborted when nobody waits for the answer any more, and when it takes too long. */
function signalOf(asked: { readonly reply: FastifyReply }): AbortSignal {
  return AbortSignal.any([goneOf(asked), AbortSignal.timeout(wholeMs)])
}

function goneOf({ reply }: { readonly reply: FastifyReply }): AbortSignal {
  const gone = new AbortController()
  whenGone(reply, () => gone.abort())
  return gone.signal
}

function whenGone({ raw }: FastifyReply, then: () => void): void {
  if (raw.destroyed) then()
  else raw.once('close', then)
}

function createCrowd() {
  const running = new Map<string, number>()
  return {
    /** False: there are enough of them. Left by itself with the answer's end. */
    enter(person: string, reply: FastifyReply): boolean {
      const all = [...running.values()].reduce((sum, count) => sum + count, 0)
      const own = running.get(person) ?? 0
      if (own >= mostOfPerson || all >= mostOfAll) return false
      running.set(person, own + 1)
      whenGone(reply, () => {
        const left = (running.get(person) ?? 1) - 1
        if (left > 0) running.set(person, left)
        else running.delete(person)
      })
      return true
    },
  }
}

/** Which studies whom was shown of late. After a restart a study counts as opened anew. */
function createOpened(now: () => number) {
  const lately = new Map<string, number>()
  const nameOf = ({ agent, body }: StudyAsked) =>
    JSON.stringify([agent.type === 'staff' && agent.staffId, body.admissionId, body.study])
  return {
    isNew: (asked: StudyAsked) => now() - (lately.get(nameOf(asked)) ?? -openedMs) >= openedMs,
    /** Once it is on record. */
    note(asked: StudyAsked): void {
      for (const [name, atMs] of lately) if (now() - atMs >= openedMs) lately.delete(name)
      if (!lately.has(nameOf(asked))) lately.set(nameOf(asked), now())
    },
  }
}
