/** Whom one can bring to a call: everyone who may be called, and who interprets for the ward, by language. */
import * as v from 'valibot'
import { withShifts } from '../core/shift.ts'
import { engagedIn, sameParty } from '../core/switchboard-parties.ts'
import type { Switchboard } from '../core/switchboard-state.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import {
  type Interpreting,
  interpreting,
  mostLanguages,
  type TablePeople,
  type TablePerson,
} from '../protocol/interpreting.ts'
import type { StaffParty } from '../protocol/people.ts'
import { recordAct } from './audit/record.ts'
import type { RouteBook } from './routes.ts'
import type { Sessions } from './session.ts'
import type { Shifts } from './shifts.ts'
import type { Store } from './store/store.ts'
import type { Switching } from './switching.ts'
import type { Ward } from './ward.ts'

type InterpretingParts = { readonly store: Store; readonly ward: Ward }

/** Administrators call nobody, and are not called. */
export function callableStaff({ staff }: Pick<Ward, 'staff'>): StaffParty[] {
  return [...staff.values()].filter(({ role }) => role !== 'admin').sort(byName)
}

function byName(a: StaffParty, b: StaffParty): number {
  return a.name.localeCompare(b.name)
}

export function createInterpreting({ store: { db }, ward }: InterpretingParts) {
  const { wardId } = ward
  const entity = { type: 'ward', id: wardId } as const

  return {
    /** By tag. Whoever left is named no more. */
    async list(): Promise<Interpreting[]> {
      const rows = await db
        .selectFrom('interpreting')
        .selectAll()
        .where('ward_id', '=', wardId)
        .orderBy('language')
        .execute()
      const callable = new Set(callableStaff(ward).map(({ staffId }) => staffId))
      return rows.map(({ language, phone, staff_ids }) => {
        const read = v.parse(interpreting, { language, phone, staffIds: JSON.parse(staff_ids) })
        return { ...read, staffIds: read.staffIds.filter((staffId) => callable.has(staffId)) }
      })
    },

    /** `unknown`: one of these people may not be called. `full`: no ward keeps so many languages. */
    async set(
      { language, phone, staffIds }: Interpreting,
      agent: AuditAgent,
      nowMs: number,
    ): Promise<'done' | 'unknown' | 'full'> {
      const named = [...new Set(staffIds)]
      const callable = callableStaff(ward)
      if (!named.every((staffId) => callable.some((party) => party.staffId === staffId))) return 'unknown'
      return await db.transaction().execute(async (step) => {
        const rows = await step
          .selectFrom('interpreting')
          .select('language')
          .where('ward_id', '=', wardId)
          .execute()
        if (rows.length >= mostLanguages && !rows.some((row) => row.language === language)) return 'full'
        const kept = { phone, staff_ids: JSON.stringify(named) }
        await step
          .insertInto('interpreting')
          .values({ ward_id: wardId, language, ...kept })
          .onConflict((same) => same.columns(['ward_id', 'language']).doUpdateSet(kept))
          .execute()
        const detail = `interpreting ${language}: people ${named.length}, number ${phone === null ? 'no' : 'yes'}`
        await recordAct(step, nowMs, { action: 'ward-changed', agent, entity, detail })
        return 'done'
      })
    },

    /** False: it was not there. */
    async drop(language: string, agent: AuditAgent, nowMs: number): Promise<boolean> {
      return await db.transaction().execute(async (step) => {
        const { numDeletedRows } = await step
          .deleteFrom('interpreting')
          .where('ward_id', '=', wardId)
          .where('language', '=', language)
          .executeTakeFirst()
        if (numDeletedRows === 0n) return false
        const detail = `no interpreting ${language}`
        await recordAct(step, nowMs, { action: 'ward-changed', agent, entity, detail })
        return true
      })
    },
  }
}

export type PeopleParts = InterpretingParts & {
  readonly sessions: Sessions
  readonly switching: Switching
  readonly shifts: Pick<Shifts, 'interpreting'>
}

export function addTablePeople({ route }: RouteBook, parts: PeopleParts): void {
  const { ward, sessions, switching, shifts } = parts
  const interpreters = createInterpreting(parts)

  route('GET', '/table/people', { needs: 'staff.call', takes: v.strictObject({}) }, async ({ signIn }) => {
    if (!signIn) return { refusal: 'signed-out' }
    const others = callableStaff(ward).filter((party) => !sameParty(party, signIn.staff))
    const people = new Map(others.map((party) => [party.staffId, personNow(party, switching.board())]))
    const entries = withShifts(await interpreters.list(), shifts.interpreting())
    const answer: TablePeople = {
      colleagues: inOrder([...people.values()]),
      interpreters: entries.map(({ language, phone, staffIds }) => ({
        language,
        phone,
        people: inOrder(staffIds.flatMap((staffId) => people.get(staffId) ?? [])),
      })),
    }
    return { answer }
  })

  function personNow(party: StaffParty, board: Switchboard): TablePerson {
    const isHere = [...sessions.values()].some(
      (session) => session.socket !== null && sameParty(session.party, party),
    )
    return { party, isHere, isBusy: engagedIn(board, party) !== undefined }
  }
}

/** Those who are here first, then by name. */
function inOrder(people: readonly TablePerson[]): TablePerson[] {
  return people.toSorted((a, b) => Number(b.isHere) - Number(a.isHere) || byName(a.party, b.party))
}
