/** Who fits a number, a name or an address: ids alone, so that a terminal that somebody leaves open names nobody. */
import { sql } from 'kysely'
import { keyOf } from '../../core/admission.ts'
import type { Db } from '../store/store.ts'
import type { Kind } from './who.ts'

export type Sought =
  | { readonly by: 'number'; readonly number: string }
  | { readonly by: 'name'; readonly name: string }
  | { readonly by: 'mail'; readonly mail: string }

/** `untilMs` null: they are still here, or it has no end. */
export type Found = {
  readonly kind: Kind
  readonly id: string
  readonly fromMs: number | null
  readonly untilMs: number | null
}

type Named = Found & { readonly words: string | null }

export async function findPeople(db: Db, sought: Sought): Promise<Found[]> {
  const found = await fitting(db, sought)
  return [...new Map(found.map((one) => [`${one.kind} ${one.id}`, one])).values()].map(
    ({ kind, id, fromMs, untilMs }) => ({ kind, id, fromMs, untilMs }),
  )
}

async function fitting(db: Db, sought: Sought): Promise<Found[]> {
  switch (sought.by) {
    case 'number': {
      const key = keyOf(sought.number)
      const rows = await named(db, stayBy('number_key'))
      return rows.filter(({ words }) => words === key)
    }
    case 'mail': {
      const mail = folded(sought.mail)
      const rows = [...(await named(db, mails)), ...(await named(db, planned('email')))]
      return rows.filter(({ words }) => words !== null && folded(words) === mail)
    }
    case 'name': {
      const name = folded(sought.name)
      const lists = [stayBy('name'), names, planned('name')]
      const rows = (await Promise.all(lists.map((list) => named(db, list)))).flat()
      return rows.filter(({ words }) => words !== null && folded(words).includes(name))
    }
  }
}

async function named(db: Db, list: string): Promise<Named[]> {
  return (await sql<Named>`${sql.raw(list)}`.execute(db)).rows
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}

const stayBy = (column: string) => `
  select 'stay' as kind, admission_id as id, started_ms as fromMs, ended_ms as untilMs, ${column} as words
  from admissions`

const names = `
  select 'visit' as kind, visit_id as id, made_ms as fromMs, closed_ms as untilMs, name as words from visits
  union all select 'relative', guest_id, coalesce(invited_ms, wished_ms), ended_ms, name from family
  union all select 'guest', guest_id, used_ms, ended_ms, name from guests
  union all select 'staff', staff_id, null, disabled_ms, name from staff`

const mails = `
  select 'visit' as kind, visit_id as id, made_ms as fromMs, closed_ms as untilMs, mailed_to as words from visits
  union all
  select 'visit', visit_id, made_ms, closed_ms, to_address from letters join visits using (visit_id)`

/** Also as it was asked for and refused, which waits in the ward's inbox. */
const planned = (field: string) => `
  select type as kind, id, json ->> '$.when.startMs' as fromMs, ends_ms as untilMs,
    json ->> '$.outpatient.${field}' as words
  from plan_rows where type = 'appointment' and json ->> '$.outpatient' is not null
  union all
  select type, id, null, null, json ->> '$.pattern.outpatient.${field}' from plan_rows
  where type = 'series' and json ->> '$.pattern.outpatient' is not null
  union all
  select type, id, json ->> '$.atMs', json ->> '$.resolved.atMs', coalesce(
    json ->> '$.asked.fields.outpatient.${field}', json ->> '$.asked.pattern.outpatient.${field}',
    json ->> '$.asked.changes.outpatient.to.${field}', json ->> '$.asked.patient.${field}')
  from plan_rows where type = 'attention' and json is not null`
