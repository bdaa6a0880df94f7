/** Admissions as the database keeps them: read for the rules to decide, written as the rules have decided. */
import type { Kysely, Updateable } from 'kysely'
import * as v from 'valibot'
import { type Admission, keyOf, type Stays } from '../core/admission.ts'
import type { AdmissionChange } from '../protocol/admission.ts'
import { type Wishes, wishes } from '../protocol/wishes.ts'
import type { Tables } from './store/tables.ts'

type Db = Kysely<Tables>

/** The ward's stays; of the admissions that are over only the one that is asked for. */
export async function loadStays(db: Db, alsoAdmissionId: string | null = null): Promise<Stays> {
  const rows = await db
    .selectFrom('admissions')
    .selectAll()
    .where((where) =>
      where.or([
        where('ended_ms', 'is', null),
        ...(alsoAdmissionId === null ? [] : [where('admission_id', '=', alsoAdmissionId)]),
      ]),
    )
    .execute()
  const admissions = rows.map(
    ({ admission_id, bed_id, name, born, number, ended_ms, away_since_ms }): Admission => ({
      admissionId: admission_id,
      patient: { name, born, number },
      bedId: ended_ms === null ? bed_id : null,
      isAway: away_since_ms !== null,
    }),
  )
  const inBed = new Map(admissions.map(({ bedId, admissionId }) => [bedId, admissionId]))
  const beds = await db.selectFrom('beds').select(['bed_id', 'stay_epoch']).execute()
  return {
    admissions: new Map(admissions.map((admission) => [admission.admissionId, admission])),
    beds: new Map(
      beds.map(({ bed_id, stay_epoch }) => [
        bed_id,
        { epoch: stay_epoch, admissionId: inBed.get(bed_id) ?? null },
      ]),
    ),
  }
}

/** What those who are here wish, by admission. */
export async function loadWishes(db: Db): Promise<ReadonlyMap<string, Wishes>> {
  const rows = await db
    .selectFrom('admissions')
    .select(['admission_id', 'wishes'])
    .where('ended_ms', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.admission_id, v.parse(wishes, JSON.parse(row.wishes))]))
}

/** Since when those who are not in their bed are away from it, by admission. */
export async function loadAway(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('admissions')
    .select(['admission_id', 'away_since_ms'])
    .where('ended_ms', 'is', null)
    .execute()
  return new Map(
    rows.flatMap((row) => (row.away_since_ms === null ? [] : [[row.admission_id, row.away_since_ms]])),
  )
}

/** Who says it: somebody's hand, or the hospital's own record. */
export type Origin = 'hand' | 'feed'

/** `touched`: the beds whose stay the act has changed. */
export async function writeStays(
  db: Db,
  stays: Stays,
  touched: readonly string[],
  act: AdmissionChange,
  { nowMs, origin }: { readonly nowMs: number; readonly origin: Origin },
): Promise<void> {
  await writeAct(db, stays, act, nowMs, origin === 'feed' ? 1 : 0)
  for (const bedId of touched) {
    const stay_epoch = stays.beds.get(bedId)?.epoch ?? 0
    await db.updateTable('beds').set({ stay_epoch }).where('bed_id', '=', bedId).execute()
  }
}

async function writeAct(
  db: Db,
  stays: Stays,
  act: AdmissionChange,
  nowMs: number,
  byFeed: 0 | 1,
): Promise<void> {
  switch (act.type) {
    case 'admission.admit':
      return await insert(db, act, nowMs, byFeed)
    case 'admission.move':
      return await place(db, stays, [act.admissionId], nowMs, byFeed)
    case 'admission.swap':
      return await place(db, stays, [act.admissionId, act.withAdmissionId], nowMs, byFeed)
    case 'admission.wish':
      return await change(db, act.admissionId, { wishes: JSON.stringify(act.wishes) })
    case 'admission.away':
      return await goAway(db, act, nowMs, byFeed)
    case 'admission.discharge':
      return await change(db, act.admissionId, {
        ...{ ended_ms: nowMs, placed_by_feed: byFeed, away_since_ms: null },
      })
    case 'admission.correct': {
      const { patient } = act
      const called = { ...patient, number_key: keyOf(patient.number), named_by_feed: byFeed }
      return await change(db, act.admissionId, called)
    }
  }
}

async function insert(
  db: Db,
  act: Extract<AdmissionChange, { type: 'admission.admit' }>,
  nowMs: number,
  byFeed: 0 | 1,
): Promise<void> {
  const said = { number_key: keyOf(act.patient.number), placed_by_feed: byFeed, named_by_feed: byFeed }
  const since = { started_ms: nowMs, bed_since_ms: nowMs, ended_ms: null }
  const stay = { admission_id: act.admissionId, bed_id: act.bedId, wishes: JSON.stringify(act.wishes) }
  await db
    .insertInto('admissions')
    .values({ ...stay, ...since, ...said, ...act.patient })
    .execute()
}

/** Out of their beds first: the index that keeps two from one bed looks after every row. */
async function place(
  db: Db,
  stays: Stays,
  admissionIds: readonly string[],
  nowMs: number,
  byFeed: 0 | 1,
): Promise<void> {
  for (const id of admissionIds) await change(db, id, { ended_ms: nowMs })
  for (const id of admissionIds) {
    const bed_id = stays.admissions.get(id)?.bedId
    if (bed_id)
      await change(db, id, {
        ...{ bed_id, bed_since_ms: nowMs, ended_ms: null, placed_by_feed: byFeed },
        away_since_ms: null,
      })
  }
}

/** Whoever is away already has been since then. */
async function goAway(
  db: Db,
  { admissionId, now }: Extract<AdmissionChange, { type: 'admission.away' }>,
  nowMs: number,
  byFeed: 0 | 1,
): Promise<void> {
  const sinceMs = (await loadAway(db)).get(admissionId) ?? nowMs
  const byHand = byFeed === 1 ? {} : { away_by_hand_ms: nowMs }
  await change(db, admissionId, { away_since_ms: now === 'away' ? sinceMs : null, ...byHand })
}

async function change(db: Db, admissionId: string, to: Updateable<Tables['admissions']>): Promise<void> {
  await db.updateTable('admissions').set(to).where('admission_id', '=', admissionId).execute()
}
