/** The ward as the server knows it while it runs: beds with their patients, staff, and what each tablet says of itself. */
import { randomUUIDv7 } from 'node:crypto'
import * as v from 'valibot'
import { inAreas } from '../core/room.ts'
import { bedEndpoint, bedStateOf } from '../core/switchboard-parties.ts'
import type { Switchboard } from '../core/switchboard-state.ts'
import { troubleOf } from '../core/tablet-health.ts'
import type { Carer } from '../protocol/care.ts'
import {
  type BedParty,
  type BedReport,
  type BedState,
  type BedView,
  bedParty,
  type Patient,
  type StaffParty,
  type Stay,
  type TabletState,
  type TabletTrouble,
} from '../protocol/people.ts'
import type { ToldHealth } from '../protocol/tablet-health.ts'
import type { Wishes } from '../protocol/wishes.ts'
import { loadAway, loadStays, loadWishes } from './admission-rows.ts'
import { listStaff } from './people.ts'
import type { Db } from './store/store.ts'
import { listHealth } from './tablet-health.ts'
import { tabletStates } from './tablets.ts'

export type Bed = {
  party: BedParty
  patient: Patient | null
  stay: Stay
  /** Of whoever lies there. */
  wishes: Wishes | null
  /** Since when whoever lies there is not in it, for a while; null: they are. */
  awaySinceMs: number | null
  /** The last stay for which its tablet has said that it holds nothing older. */
  cleanEpoch: number
  tablet: TabletState
  report: BedReport | null
  /** What it last said of itself. */
  health: ToldHealth | null
  /** Its page has said nothing for long, though its browser answers. */
  isSilent: boolean
  /** Since when its tablet says that it is off its charger; null: it does not. */
  onBatterySinceMs: number | null
  carers: readonly Carer[]
  /** Which room it stands in; null: nobody said. */
  room: string | null
  /** Of which of the wards on this board it is; null: nobody said. */
  area: string | null
  /** When its tablet was last seen to go, as far as is known. */
  offlineSinceMs: number
}

export type Ward = {
  readonly wardId: string
  name: string
  readonly demo: boolean
  /** Whether staff may override a drawn curtain. */
  overrides: 'on' | 'off'
  /** Admissions whose patient has asked for somebody to visit them, and has no answer yet. */
  readonly wishing: Set<string>
  /** How it is with the hospital's own record of who lies where. */
  feed: 'none' | 'live' | 'silent'
  /** In the order of the board. */
  readonly beds: Map<string, Bed>
  /** Everyone who may be rung back; who comes, changes or leaves is changed here too. */
  readonly staff: Map<string, StaffParty>
}

/** Marks a data folder as a real ward's, so that no demo ever moves in. */
export async function claimForProduction(db: Db): Promise<void> {
  const ward = await db.selectFrom('wards').select('ward_id').executeTakeFirst()
  if (!ward) await db.insertInto('wards').values({ ward_id: randomUUIDv7(), name: 'Ward', demo: 0 }).execute()
}

/** A tablet that was there when the server was killed is offline since `nowMs`, the earliest that is known. */
export async function loadWard(db: Db, nowMs: number): Promise<Ward> {
  const { ward_id, name, demo, overrides } = await db
    .selectFrom('wards')
    .selectAll()
    .executeTakeFirstOrThrow()
  const staff = await listStaff(db)
  return {
    wardId: ward_id,
    name,
    demo: demo === 1,
    overrides: overrides === 1 ? 'on' : 'off',
    wishing: new Set(),
    feed: 'none',
    beds: await loadBeds(db, name, nowMs),
    staff: new Map(staff.map((party) => [party.staffId, party])),
  }
}

export async function loadBeds(db: Db, ward: string, nowMs: number): Promise<Map<string, Bed>> {
  const rows = await db.selectFrom('beds').selectAll().orderBy('position').execute()
  const stays = await loadStays(db)
  const wished = await loadWishes(db)
  const away = await loadAway(db)
  const tablets = await tabletStates(db, nowMs)
  const healths = await listHealth(db)
  const inOrder = inAreas(rows.map((row) => ({ ...row, area: row.area ?? undefined }))).flatMap(
    ({ beds }) => beds,
  )
  return new Map(
    inOrder.map((row) => {
      const stay = stays.beds.get(row.bed_id) ?? { epoch: row.stay_epoch, admissionId: null }
      const bed: Bed = {
        party: v.parse(bedParty, { type: 'bed', bedId: row.bed_id, label: row.label, ward }),
        patient: stays.admissions.get(stay.admissionId ?? '')?.patient ?? null,
        stay,
        wishes: wished.get(stay.admissionId ?? '') ?? null,
        awaySinceMs: away.get(stay.admissionId ?? '') ?? null,
        cleanEpoch: row.clean_epoch,
        tablet: tablets.get(row.bed_id) ?? 'none',
        report: null,
        health: healths.get(row.bed_id) ?? null,
        isSilent: false,
        onBatterySinceMs: null,
        carers: [],
        room: row.room,
        area: row.area ?? null,
        offlineSinceMs: row.offline_since_ms ?? nowMs,
      }
      return [row.bed_id, bed]
    }),
  )
}

/** Remembers since when a bed's tablet is gone (`sinceMs`), or that it is there (null), over a restart. */
export async function recordPresence(db: Db, bedId: string, sinceMs: number | null): Promise<void> {
  await db.updateTable('beds').set({ offline_since_ms: sinceMs }).where('bed_id', '=', bedId).execute()
}

/** Takes what a tablet says of itself. A wipe of stays that have not been yet is not believed. */
export async function takeReport(db: Db, bed: Bed, report: BedReport, nowMs: number): Promise<void> {
  bed.report = report
  bed.onBatterySinceMs = report.power === 'battery' ? (bed.onBatterySinceMs ?? nowMs) : null
  const cleanEpoch = Math.min(report.cleanEpoch ?? 0, bed.stay.epoch)
  if (cleanEpoch <= bed.cleanEpoch) return
  bed.cleanEpoch = cleanEpoch
  const { bedId } = bed.party
  await db.updateTable('beds').set({ clean_epoch: cleanEpoch }).where('bed_id', '=', bedId).execute()
}

/** The same for a screen that is locked: the bed stays; who lies there, what they wish and who cares is nobody's business. */
export function withoutPatient({ identity: _, awaySinceMs: __, ...bed }: BedView): BedView {
  return { ...bed, patient: null, wishes: null, carers: [] }
}

/** [ALIVE-6] One that stands on its *Start* page is there and can ring for nobody. */
function stateOfBed({ party, report, offlineSinceMs }: Bed, board: Switchboard): BedState {
  const state = bedStateOf(board, party.bedId, offlineSinceMs)
  return state.type === 'ready' && report?.start === 'waits'
    ? { type: 'offline', sinceMs: offlineSinceMs }
    : state
}

/** Why somebody should go to its tablet; null: there is nothing to do, or no tablet. */
export function troubleOfBed(bed: Bed, board: Switchboard): TabletTrouble | null {
  const isHere = board.endpoints.has(bedEndpoint(bed.party.bedId))
  return bed.tablet === 'none' ? null : troubleOf({ ...bed, isHere })
}

/** A bed as the board shows it. */
export function viewOfBed(
  bed: Bed,
  board: Switchboard,
  { overrides, wishing, feed }: Pick<Ward, 'overrides' | 'wishing' | 'feed'>,
): BedView {
  const { bedId, label } = bed.party
  const state = stateOfBed(bed, board)
  const trouble = troubleOfBed(bed, board)
  const { patient, stay, wishes, cleanEpoch, tablet, report, awaySinceMs } = bed
  const override = overrides === 'on' ? ({ override: 'allowed' } as const) : {}
  const carers = bed.carers.map(({ type, staffId, name, role }) => ({ type, staffId, name, role }))
  const room = bed.room === null ? {} : { room: bed.room }
  return {
    ...{ bedId, label, patient, stay, wishes, cleanEpoch, tablet, state, report, carers },
    ...(trouble && { trouble }),
    ...override,
    ...room,
    ...(wishing.has(stay.admissionId ?? '') && { family: 'wished' as const }),
    ...(bed.area !== null && { area: bed.area }),
    ...(feed === 'silent' && patient ? ({ identity: 'unverified' } as const) : {}),
    ...(awaySinceMs !== null && { awaySinceMs }),
  }
}
