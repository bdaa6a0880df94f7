/** Where the hospital's record and the ward say otherwise, for staff to decide: theirs with one press, or ours. */
import { randomUUIDv7 } from 'node:crypto'
import { keyOf } from '../../core/admission.ts'
import type { Location } from '../../core/adt-event.ts'
import { agrees, locationText } from '../../core/adt-places.ts'
import type { AdmissionAct, AdmissionRefusal } from '../../protocol/admission.ts'
import type { FeedDifference } from '../../protocol/adt.ts'
import type { AuditAgent } from '../../protocol/audit.ts'
import { unspoken } from '../../protocol/wishes.ts'
import { recordAct } from '../audit/record.ts'
import type { Plan } from '../plan/plan.ts'
import type { Db } from '../store/store.ts'
import type { Bed, Ward } from '../ward.ts'
import { type Difference, dropSays, listSays, markKept } from './kept.ts'

export type DifferencesParts = {
  readonly db: Db
  readonly ward: Ward
  readonly now: () => number
  readonly plan: Pick<Plan, 'admit'>
}

/** `not-found`: somebody else has decided. */
export type Taken = { readonly refusal: AdmissionRefusal | null } | 'not-found'

/** Taking these over would name somebody wrongly, or put them to a bed that is not known. */
const notToBeTaken = ['identity-differs', 'both-here', 'deceased']

export function createDifferences({ db, ward, now, plan }: DifferencesParts) {
  function bedWith(number: string | null): Bed | null {
    const key = keyOf(number ?? '')
    return [...ward.beds.values()].find(({ patient }) => patient && keyOf(patient.number) === key) ?? null
  }

  /** What staff know, or what is so by now, is not shown. */
  function isOpen({ person, place, isKept }: Difference): boolean {
    if (isKept) return false
    return !person || !place || !agrees(place, bedWith(person.number)?.party.bedId ?? null)
  }

  function actOf(one: Difference): AdmissionAct | null {
    const { person, place, why } = one
    if (!person || !place || (why !== null && notToBeTaken.includes(why))) return null
    const here = bedWith(person.number)
    const actId = randomUUIDv7()
    const admissionId = here?.stay.admissionId
    if (place.type === 'elsewhere')
      return here?.patient && admissionId
        ? {
            type: 'admission.discharge',
            actId,
            admissionId,
            born: here.patient.born,
            number: here.patient.number,
          }
        : null
    if (place.type !== 'bed') return null
    const { bedId } = place
    if (admissionId) return { type: 'admission.move', actId, admissionId, bedId }
    const { number, name, born } = person
    if (number === null || name === null || born === null) return null
    const patient = { number, name, born }
    return { type: 'admission.admit', actId, admissionId: randomUUIDv7(), bedId, patient, wishes: unspoken }
  }

  function viewOf(one: Difference): FeedDifference {
    const { saysId, person, place, why, atMs } = one
    const bed = place?.type === 'bed' ? ward.beds.get(place.bedId) : undefined
    const ours = person ? bedWith(person.number) : null
    const other = bed !== undefined && bed !== ours ? (bed.patient?.name ?? null) : null
    return {
      ...{ saysId, why, atMs, name: person?.name ?? null, born: person?.born ?? null },
      ...{ number: person?.number ?? null, location: textOf(person?.location ?? null) },
      ...{ place: place?.type ?? 'none', theirs: bed?.party.label ?? null, takenBy: other },
      ...{ ours: ours?.party.label ?? null, mayTake: other === null && actOf(one) !== null },
    }
  }

  return {
    list: async (): Promise<FeedDifference[]> => (await listSays(db)).filter(isOpen).map(viewOf),

    /** Run it in the queue. */
    async decide(saysId: string, take: 'hospital' | 'ours', agent: AuditAgent): Promise<Taken> {
      const one = (await listSays(db)).find((row) => row.saysId === saysId && isOpen(row))
      if (!one) return 'not-found'
      const act = take === 'hospital' ? actOf(one) : null
      if (take === 'hospital' && act === null) return 'not-found'
      const refusal = act ? await plan.admit(agent, act) : null
      if (refusal !== null) return { refusal }
      await db.transaction().execute(async (step) => {
        if (act) await dropSays(step, one.key)
        else await markKept(step, saysId, now())
        await recordAct(step, now(), { action: 'feed-decided', agent, detail: take })
      })
      return { refusal: null }
    },
  }
}

function textOf(location: Location | null): string | null {
  return location && locationText(location).replaceAll('^', ' ').trim()
}
