/** Whom one can call, by name or by duty, and what is asked when nobody answers. */
import * as v from 'valibot'
import { engagedBy, sameParty } from '../core/switchboard-parties.ts'
import type { Switchboard } from '../core/switchboard-state.ts'
import {
  type ColleaguesNow,
  consultRequest,
  endConsultRequest,
  type Reach,
  seeConsultRequest,
} from '../protocol/duty.ts'
import type { Party, StaffParty } from '../protocol/people.ts'
import type { Consults } from './consults.ts'
import type { Duties } from './duties.ts'
import { callableStaff, createInterpreting } from './interpreting.ts'
import type { SignIn } from './people.ts'
import type { Phones } from './push/phones.ts'
import type { Answer, RouteBook } from './routes.ts'
import { addShiftRoutes } from './shift-api.ts'
import type { Shifts } from './shifts.ts'
import type { Store } from './store/store.ts'
import type { Switching } from './switching.ts'
import type { Ward } from './ward.ts'

export type ColleaguesParts = {
  readonly ward: Ward
  readonly switching: Pick<Switching, 'board'>
  readonly duties: Duties
  readonly consults: Consults
  readonly phones: Pick<Phones, 'owners'>
  readonly store: Store
  readonly shifts: Shifts
}

export function addColleagues(book: RouteBook, parts: ColleaguesParts): void {
  const { route } = book
  const { ward, switching, duties, consults, phones, shifts } = parts
  const interpreters = createInterpreting(parts)
  const needs = 'staff.call'

  /** `asWard`: every station of a ward asks at once when there is news. */
  const look = { needs, takes: v.strictObject({}), whileLocked: true, asWard: true } as const
  route('GET', '/colleagues', look, async ({ signIn }) => await answerFor(signIn))

  route('POST', '/consult', { needs, takes: consultRequest }, async ({ body, signIn, nowMs }) => {
    if (!signIn) return { refusal: 'signed-out' }
    const { to } = body
    const isThere = to.type === 'duty' ? duties.nameOf(to.dutyId) !== null : mayBeAsked(to.staffId, signIn)
    if (!isThere) return { refusal: 'not-found' }
    // Said again, or over: it is made once.
    if (!(await consults.isKnown(body.consultId)))
      await consults.say({ ...body, type: 'made', by: signIn.staff, nowMs })
    return await answerFor(signIn)
  })

  route('POST', '/consult/see', { needs, takes: seeConsultRequest }, async ({ body, signIn, nowMs }) => {
    if (signIn) await consults.say({ ...body, type: 'seen', by: signIn.staff, nowMs })
    return await answerFor(signIn)
  })

  route('POST', '/consult/end', { needs, takes: endConsultRequest }, async ({ body, signIn, nowMs }) => {
    if (signIn) await consults.say({ ...body, type: 'ended', by: signIn.staff, nowMs })
    return await answerFor(signIn)
  })

  addShiftRoutes(book, parts, answerFor)

  function mayBeAsked(staffId: string, { staff }: SignIn): boolean {
    return staffId !== staff.staffId && callableStaff(ward).some((party) => party.staffId === staffId)
  }

  async function answerFor(signIn: SignIn | null): Promise<Answer> {
    if (!signIn) return { refusal: 'signed-out' }
    const { staffId } = signIn.staff
    const alarm = consults.alarmFor(staffId)
    if (signIn.lockedMs !== null)
      return {
        answer: {
          people: [],
          duties: [],
          consults: [],
          taken: [],
          alarm,
          shift: null,
        } satisfies ColleaguesNow,
      }
    const owners = await phones.owners()
    const board = switching.board()
    const screens = Map.groupBy(
      staffOf([...board.endpoints].map(([, party]) => party)),
      ({ staffId }) => staffId,
    )
    const busy = new Set(
      [...board.calls.values()].flatMap((call) =>
        staffOf(engagedBy(board, call)).map(({ staffId }) => staffId),
      ),
    )
    const names = new Map(duties.list().map(({ dutyId, name }) => [dutyId, name]))
    const answer: ColleaguesNow = {
      people: inOrder(
        callableStaff(ward)
          .filter((one) => one.staffId !== staffId)
          .map(reachOf),
      ),
      duties: duties.list().map(({ dutyId, name, nextId }) => ({
        dutyId,
        name,
        next: (nextId !== null && names.get(nextId)) || null,
        holders: duties.holders(dutyId).map(reachOf),
      })),
      consults: consults.listFor(staffId),
      taken: takenFrom(board, signIn.staff),
      alarm,
      shift: shifts.viewFor(
        signIn.staff,
        (await interpreters.list()).map(({ language }) => language),
      ),
    }
    return { answer }

    function reachOf(party: StaffParty): Reach {
      const { staffId } = party
      return {
        party,
        screens: screens.get(staffId)?.length ?? 0,
        isBusy: busy.has(staffId),
        hasPhone: owners.has(staffId),
      }
    }
  }
}

function staffOf(parties: readonly Party[]): StaffParty[] {
  return parties.filter((party) => party.type === 'staff')
}

function takenFrom(board: Switchboard, reader: StaffParty): ColleaguesNow['taken'] {
  return [...board.calls.values()].flatMap(({ callId, phase, callee, duty }) => {
    const wasRung = duty?.holders.some((one) => sameParty(one, reader))
    const isTaken = phase === 'accepted' && wasRung && callee.type === 'staff' && !sameParty(callee, reader)
    return isTaken ? [{ callId, by: callee.name }] : []
  })
}

/** Those who are here first; within that as they come, which is by name. */
function inOrder(people: readonly Reach[]): Reach[] {
  return people.toSorted((a, b) => Number(b.screens > 0) - Number(a.screens > 0))
}
