/** Which rows of each table are about somebody, and what is left of such a row when they are erased. */
import type { Selectable, Updateable } from 'kysely'
import { unspoken } from '../../protocol/wishes.ts'
import type { Tables } from '../store/tables.ts'
import { columnsOf, type TableName } from './natures.ts'

/** What stands where a name or a word stood: of no language, and long enough for whatever reads it. */
export const nobodyWord = '—'

/**
 * `links`: conditions of SQL, in which `@ids` are those of whom it is about. `emptied`: what changes in such a row; `gone`: the
 * row goes. `isOne`: whether an id is one of those.
 */
export type About<T extends TableName> = {
  readonly links: readonly string[]
  emptied(row: Selectable<Tables[T]>, isOne: (id: string | null) => boolean): Updateable<Tables[T]> | 'gone'
}

/** `nobody`: no words of anybody. `plan`, `feed`: see `plan-words.ts` and `erase.ts`. `kept`: the chain of the audit. */
type Treatment<T extends TableName> = About<T> | 'nobody' | 'plan' | 'feed' | 'kept'

const of = (...columns: string[]) => columns.map((column) => `${column} in @ids`)
const party = (column: string) => [`${column} ->> '$.guestId' in @ids`, `${column} ->> '$.staffId' in @ids`]
const gone = (...columns: string[]) => ({ links: of(...columns), emptied: () => 'gone' as const })

/** JSON in which whoever has one of these ids has no name any more. */
export function unnamed<T extends string | null>(text: T, isOne: (id: string | null) => boolean): T | string {
  if (text === null) return text
  return JSON.stringify(JSON.parse(text), (_key, value: unknown) => withoutName(value, isOne))
}

function withoutName(value: unknown, isOne: (id: string | null) => boolean): unknown {
  if (typeof value !== 'object' || value === null || !('name' in value)) return value
  const ids = ['staffId' in value && value.staffId, 'guestId' in value && value.guestId]
  return ids.some((id) => typeof id === 'string' && isOne(id)) ? { ...value, name: nobodyWord } : value
}

/** It must say of every table; a new one without a word here does not compile. */
export const about: { readonly [T in TableName]: Treatment<T> } = {
  migrations: 'nobody',
  wards: 'nobody',
  beds: 'nobody',
  admissions: {
    links: of('admission_id'),
    emptied: ({ admission_id }) => ({
      ...{ name: nobodyWord, born: nobodyWord, number: nobodyWord, number_key: `erased ${admission_id}` },
      wishes: JSON.stringify(unspoken),
    }),
  },
  admission_acts: 'nobody',
  adt_messages: 'nobody',
  adt_heard: 'feed',
  adt_says: 'feed',
  staff: { links: of('staff_id'), emptied: () => ({ name: nobodyWord }) },
  staff_identities: gone('staff_id'),
  passwords: gone('staff_id'),
  passkeys: gone('staff_id'),
  invitations: gone('staff_id'),
  sign_ins: gone('staff_id'),
  oidc_flows: 'nobody',
  logout_tokens: 'nobody',
  codes: 'nobody',
  /** They go with their sign-in. */
  phones: 'nobody',
  phone_quiet: gone('staff_id'),
  care: gone('staff_id'),
  duties: 'nobody',
  on_duty: gone('staff_id'),
  shifts: gone('staff_id'),
  interpreting: 'nobody',
  consults: {
    links: [...party('made_by'), "progress ->> '$.by.staffId' in @ids"],
    emptied: ({ made_by, progress }, isOne) => ({
      ...{ made_by: unnamed(made_by, isOne), progress: unnamed(progress, isOne), reason: '' },
    }),
  },
  broken_glass: {
    links: of('staff_id', 'reviewed_by'),
    emptied: ({ staff_id, reviewed_by, reason, review_note }, isOne) => ({
      reason: isOne(staff_id) ? nobodyWord : reason,
      review_note: isOne(reviewed_by) && review_note !== null ? nobodyWord : review_note,
    }),
  },
  devices: 'nobody',
  tablet_codes: 'nobody',
  waiting_tablets: 'nobody',
  certificates: 'nobody',
  station_keys: 'nobody',
  calls: {
    links: [
      "stay ->> '$.admissionId' in @ids",
      ...['caller', 'callee'].flatMap(party),
      ...['guestId', 'staffId'].map((key) => `seat ->> '$.by.${key}' in @ids`),
      "exists (select 1 from json_each(duty, '$.holders') where value ->> '$.staffId' in @ids)",
    ],
    emptied: ({ caller, callee, seat, duty, stay, override }, isOne) => ({
      ...{ caller: unnamed(caller, isOne), callee: unnamed(callee, isOne) },
      ...{ seat: unnamed(seat, isOne), duty: unnamed(duty, isOne) },
      override: isOne(stayIn(stay)) || isOne(staffIn(caller)) ? wordless(override) : override,
    }),
  },
  call_figures: 'nobody',
  requests: {
    links: of('admission_id', "progress ->> '$.by.staffId'"),
    emptied: ({ progress }, isOne) => ({ progress: unnamed(progress, isOne) }),
  },
  guests: {
    links: of('guest_id'),
    emptied: () => ({
      ...{ name: nobodyWord, code_hash: null, public_key: null, seal: null, chain: null, station_seal: null },
    }),
  },
  family: {
    links: of('guest_id'),
    emptied: () => ({
      ...{ name: nobodyWord, code_hash: null, link_key: null, chain: null, seal: null },
      ...{ sealed_key: null, browser_key: null },
    }),
  },
  visits: {
    links: of('visit_id'),
    emptied: () => ({
      ...{ name: nobodyWord, mailed_to: null, texted_to: null, gone_row: null, notes: '[]', chain: null },
      ...{
        token_sealed: '',
        public_key: null,
        other_key: null,
        refused_keys: '[]',
        vouched_by: null,
        test: null,
      },
    }),
  },
  visit_links: 'nobody',
  visit_ratings: 'nobody',
  letters: {
    links: of('visit_id'),
    emptied: ({ state }) => ({
      ...{ to_address: null, problem: null, state: state === 'waiting' ? 'dropped' : state },
    }),
  },
  plan_rows: 'plan',
  plan_commits: 'nobody',
  plan_meta: 'nobody',
  plan_bookings: 'nobody',
  plan_acts: 'plan',
  plan_devices: 'nobody',
  plan_feeds: {
    links: of('staff_id'),
    emptied: () => ({ name: nobodyWord }),
  },
  plan_integrations: 'nobody',
  plan_imports: gone('id'),
  scan_shares: {
    links: party('presenter'),
    emptied: ({ presenter }, isOne) => ({ presenter: unnamed(presenter, isOne) }),
  },
  scan_viewers: {
    links: party('viewer'),
    emptied: ({ viewer }, isOne) => ({ viewer: unnamed(viewer, isOne) }),
  },
  copies: {
    links: of('sender_id', 'admission_id', 'substr(address, 7)'),
    emptied: ({ sender, name, address, admission_id, patient_number }, isOne) => ({
      sender: unnamed(sender, isOne),
      name: isOne(address.slice('staff:'.length)) ? nobodyWord : name,
      patient_number: isOne(admission_id) ? nobodyWord : patient_number,
    }),
  },
  copy_readers: {
    links: of('staff_id'),
    emptied: ({ reader }, isOne) => ({ reader: unnamed(reader, isOne) }),
  },
  copy_asks: gone('staff_id'),
  copy_keys: gone('staff_id'),
  audit: 'kept',
  audit_heads: 'nobody',
  rollouts: 'nobody',
  staff_code: 'nobody',
  erased: 'nobody',
}

function stayIn(text: string | null): string | null {
  const said: unknown = text === null ? null : JSON.parse(text)
  const isStay = typeof said === 'object' && said !== null && 'admissionId' in said
  return isStay && typeof said.admissionId === 'string' ? said.admissionId : null
}

function staffIn(text: string): string | null {
  const said: unknown = JSON.parse(text)
  const isStaff = typeof said === 'object' && said !== null && 'staffId' in said
  return isStaff && typeof said.staffId === 'string' ? said.staffId : null
}

/** What was chosen stays, what was typed goes. */
function wordless(text: string | null): string | null {
  if (text === null) return null
  return JSON.stringify(JSON.parse(text), (key, value: unknown) => (key === 'words' ? nobodyWord : value))
}

/** Whether a table holds words of people: something has to be said of it. */
export const holdsWords = (table: TableName): boolean => columnsOf(table, 'words').length > 0

/** The same of whichever table. */
export type AnyAbout = {
  readonly links: readonly string[]
  emptied(
    row: Readonly<Record<string, unknown>>,
    isOne: (id: string | null) => boolean,
  ): Readonly<Record<string, unknown>> | 'gone'
}

/** Null: no rows of it are found by an id, or others see to them. */
export function aboutOf(table: TableName): AnyAbout | null {
  const said: AnyAbout | string = about[table]
  return typeof said === 'string' ? null : said
}
