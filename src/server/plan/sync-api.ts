/** The one request of the sync: takes what a device wrote, gives what it does not know yet. */
import * as v from 'valibot'
import type { Reader } from '../../core/plan/audience.ts'
import { planVersion } from '../../protocol/plan.ts'
import { syncRequest } from '../../protocol/sync.ts'
import { findPerson } from '../people.ts'
import type { RouteBook } from '../routes.ts'
import type { Store } from '../store/store.ts'
import type { Answered } from './acts.ts'
import type { Place } from './changes.ts'
import { type Head, judgeCommit } from './epoch.ts'
import type { Plan } from './plan.ts'
import { readBrought } from './read-act.ts'
import { keyOfReader, readerOf } from './rights.ts'

type SyncQuestion = { readonly epoch: string | null; readonly cursor: string | null }

export type SyncParts = {
  readonly store: Pick<Store, 'db' | 'digest'>
  readonly wardId: string
  readonly plan: Plan
}

/** Four times what a device sends at once; fifty acts of the largest kind there is are more, and it sends fewer. */
const mostBytes = 2 * 1024 * 1024

/** 132 bits of a cursor's seal. */
const sealChars = 22

export function addSync({ route }: RouteBook, { store, wardId, plan }: SyncParts): void {
  const { db } = store
  const { ledger } = plan

  route(
    'POST',
    '/sync',
    { needs: 'plan.see', takes: syncRequest, mostBytes, asWard: true },
    async ({ body, signIn, nowMs }) => {
      if (!signIn) return { refusal: 'signed-out' }
      if (body.version !== planVersion)
        return { refusal: body.version < planVersion ? 'outdated' : 'unavailable' }
      const { staffId } = signIn.staff
      // Another person signed in on this browser meanwhile: nobody's acts are done in another's name.
      if (body.staffId !== undefined && body.staffId !== staffId) return { refusal: 'conflict' }
      // What a server forgot that came back from a copy is said again before what was written after it.
      const brought = (await isOfAnotherHistory(body)) ? [] : body.acts
      const acts = brought.map((act) => readBrought(act)).filter((act) => act !== null)
      const answers = acts.length > 0 ? await plan.receive(staffId, body.deviceId, acts) : []
      // What a person may see is asked after their acts are done, which may have waited.
      const person = acts.length > 0 ? await findPerson(db, staffId, nowMs) : signIn
      if (!person) return { refusal: 'signed-out' }
      const reader = readerOf(person, wardId, nowMs)
      const place = body.epoch === ledger.epoch() ? await placeOf(body, reader) : null
      return { json: write(place, reader, answers, nowMs) }
    },
  )

  /** Null: none, or none that was made here under this epoch. The key outlives a copy that is put back. */
  function readCursor({ epoch, cursor }: SyncQuestion): Cursor | null {
    const read = v.safeParse(cursorText, cursor)
    return read.success && read.output.seal === sealOf(epoch, read.output.said) ? read.output : null
  }

  /** Who is merely signed in must not make this server believe that it lost its history, nor twice by one cursor. */
  function sealOf(epoch: string | null, said: string): string {
    return store.digest(`plan-cursor ${epoch} ${said}`).slice(0, sealChars)
  }

  /** The first cursor that names what never was here gives away that this server came back from a copy. */
  async function isOfAnotherHistory(asked: SyncQuestion): Promise<boolean> {
    if (asked.epoch === null) return false
    if (asked.epoch !== ledger.epoch()) return true
    const cursor = readCursor(asked)
    if (!cursor || isHead(cursor)) return false
    const isForeign = (await judgeCommit(db, cursor)) === 'foreign'
    if (isForeign) await ledger.renew()
    return isForeign
  }

  function isHead({ seq, stamp }: Head): boolean {
    const head = ledger.head()
    return seq === head.seq && stamp === head.stamp
  }

  /** Null: what the device has is of no use, so it reads everything anew. */
  async function placeOf(asked: SyncQuestion, reader: Reader): Promise<Place | null> {
    const cursor = readCursor(asked)
    if (cursor?.rights !== keyOfReader(reader)) return null
    const { from, base, seq, stamp } = cursor
    if (isHead({ seq, stamp })) return { from, base }
    return (await judgeCommit(db, { seq, stamp })) === 'known' ? { from, base } : null
  }

  function write(place: Place | null, reader: Reader, answers: readonly Answered[], nowMs: number): Buffer[] {
    const head = ledger.head()
    const from = place ?? { from: 0, base: head.seq }
    // An outcome never comes before its rows, however many pages are still to be read.
    const touched = answers.flatMap((answer) => answer.touched)
    const page = ledger.log.page(from, reader, nowMs, touched)
    const epoch = ledger.epoch()
    const said = [page.to, from.base, head.seq, head.stamp, keyOfReader(reader)].join('.')
    const cursor = `${said}.${sealOf(epoch, said)}`
    const start = `{"epoch":"${epoch}","cursor":"${cursor}","reset":${place === null},`
    const end = `,"outcomes":${outcomesOf(answers)},"serverNowMs":${nowMs}}`
    return [Buffer.from(start), page.body, Buffer.from(end)]
  }
}

function outcomesOf(answers: readonly Answered[]): string {
  return JSON.stringify(answers.map(({ actId, outcome }) => ({ actId, outcome })))
}

const count = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))
/** See `write`. */
const cursorText = v.pipe(
  v.string(),
  v.transform((text) => text.split('.')),
  v.strictTuple([count, count, count, v.string(), v.string(), v.string()]),
  v.transform(([from, base, seq, stamp, rights, seal]) => ({
    ...{ from, base, seq, stamp, rights, seal },
    said: [from, base, seq, stamp, rights].join('.'),
  })),
)
type Cursor = v.InferOutput<typeof cursorText>
