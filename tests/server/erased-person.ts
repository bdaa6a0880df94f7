/** Somebody whose every word stands in every table that holds words, each told apart by where it stands. */
import { keyOf } from '../../src/core/admission.ts'
import type { Row } from '../../src/protocol/plan.ts'
import { unspoken } from '../../src/protocol/wishes.ts'
import type { Db } from '../../src/server/store/store.ts'

export const ids = {
  stay: 'aaaaaaaa-0000-4000-8000-000000000001',
  visit: 'aaaaaaaa-0000-4000-8000-000000000002',
  guest: 'aaaaaaaa-0000-4000-8000-000000000003',
  relative: 'aaaaaaaa-0000-4000-8000-000000000004',
  appointment: 'aaaaaaaa-0000-4000-8000-000000000005',
  series: 'aaaaaaaa-0000-4000-8000-000000000006',
  occasion: 'aaaaaaaa-0000-4000-8000-000000000007',
  attention: 'aaaaaaaa-0000-4000-8000-000000000008',
  staff: 'aaaaaaaa-0000-4000-8000-000000000009',
  bedside: 'aaaaaaaa-0000-4000-8000-00000000000a',
} as const
export const asked = [ids.stay, ids.visit, ids.series, ids.staff]

/** The word that stands in this column, and nowhere else. */
export const word = (table: string, column: string) => `Zq.${table}.${column}`

const day = 24 * 60 * 60_000
const json = JSON.stringify

/** All of them left long before `nowMs`. */
export async function addPerson(db: Db, nowMs: number): Promise<void> {
  const atMs = nowMs - 400 * day
  const w = word
  const themselves = (table: string, column: string) => ({
    ...{ type: 'staff', staffId: ids.staff, name: w(table, column), role: 'nurse' },
  })
  const guest = (table: string, column: string) => ({
    ...{ type: 'guest', guestId: ids.guest, name: w(table, column), kind: 'family' },
  })
  await db.insertInto('wards').values({ ward_id: 'ward', name: 'Ward 4B', demo: 0 }).execute()
  const bed = { ward_id: 'ward', offline_since_ms: null, stay_epoch: 3 }
  await db
    .insertInto('beds')
    .values({ ...bed, bed_id: 'bed', label: '1', position: 1 })
    .execute()
  const person = { role: 'nurse', wards: '"all"' }
  await db
    .insertInto('staff')
    .values([
      { ...person, staff_id: ids.staff, name: w('staff', 'name'), disabled_ms: atMs },
      { ...person, staff_id: 'other', name: 'Olga Other', disabled_ms: null },
    ])
    .execute()
  const stay = { bed_id: 'bed', started_ms: atMs - day, bed_since_ms: atMs - day }
  const wishes = { ...unspoken, consent: { type: 'representative', name: w('admissions', 'wishes') } }
  await db
    .insertInto('admissions')
    .values([
      {
        ...{ ...stay, admission_id: ids.stay, ended_ms: atMs, name: w('admissions', 'name') },
        ...{ born: w('admissions', 'born'), number: w('admissions', 'number') },
        ...{ number_key: keyOf(w('admissions', 'number_key')), wishes: json(wishes) },
      },
      {
        ...{ ...stay, admission_id: 'other-stay', ended_ms: null, name: 'Otto Other', born: '1950-01-01' },
        ...{ number: 'O-1', number_key: 'O-1', wishes: json(unspoken) },
      },
    ])
    .execute()
  const says = { says_key: 'k', says_id: 's', place: null, why: null, at_ms: atMs, kept_ms: null }
  const said = { number: w('admissions', 'number_key'), former: null, name: w('adt_says', 'person') }
  await db
    .insertInto('adt_says')
    .values({ ...says, person: json(said) })
    .execute()
  await addStaffRows(db, atMs, themselves)
  const call = {
    ...({ epoch: 1, phase: 'accepted', mode: 'ring', caller_endpoint: 'e', callee_endpoint: 'b' } as const),
    ...{ ring_until_ms: atMs, created_ms: atMs, accepted_ms: atMs, ended_ms: atMs, reason: 'hung-up' },
    ...{ ended_by: 'caller' as const, stay: json({ epoch: 2, admissionId: ids.stay }) },
  }
  const bedParty = { type: 'bed', bedId: 'bed', label: '1', ward: 'Ward 4B' }
  await db
    .insertInto('calls')
    .values({
      ...{ ...call, call_id: 'call', caller: json(themselves('calls', 'caller')) },
      ...{ callee: json(guest('calls', 'callee')), duty: json({ holders: [themselves('calls', 'duty')] }) },
      seat: json({ tableId: 'table', joins: 'caller', by: guest('calls', 'seat'), bed: bedParty }),
      override: json({ over: 'privacy', why: 'other', words: w('calls', 'override') }),
    })
    .execute()
  const request = { bed_id: 'bed', stay_epoch: 2, admission_id: ids.stay, reason: 'pain', made_ms: atMs }
  const seen = { type: 'seen', by: themselves('requests', 'progress'), atMs }
  await db
    .insertInto('requests')
    .values({ ...request, request_id: 'request', progress: json(seen), ended_ms: atMs })
    .execute()
  const came = { table_id: 'table', kind: 'family', invited_by: 'other', endpoint: null, expires_ms: atMs }
  await db
    .insertInto('guests')
    .values({
      ...{ ...came, guest_id: ids.guest, name: w('guests', 'name'), chain: json([w('guests', 'chain')]) },
      ...{ code_hash: 'h', used_ms: atMs, public_key: null, seal: null, station_seal: null },
      ...{ seated_ms: atMs, ended_ms: atMs },
    })
    .execute()
  await db
    .insertInto('family')
    .values({
      ...{ guest_id: ids.relative, admission_id: ids.stay, name: w('family', 'name'), wished_ms: null },
      ...{ invited_ms: atMs, code_hash: 'h', link_key: 'k', chain: json([w('family', 'chain')]), seal: 's' },
      ...{ sealed_key: 's', browser_key: 'b', last_ms: atMs, ended_ms: null },
    })
    .execute()
  await addVisit(db, atMs)
  const share = { table_id: 'table', admission_id: ids.stay, shared_ms: atMs, ended_ms: atMs }
  await db
    .insertInto('scan_shares')
    .values({ ...share, share_id: 'share', presenter: json(themselves('scan_shares', 'presenter')) })
    .execute()
  await db
    .insertInto('scan_viewers')
    .values({
      share_id: 'share',
      viewer: json(guest('scan_viewers', 'viewer')),
      seen_ms: atMs,
      gone_ms: atMs,
    })
    .execute()
  await db
    .insertInto('copies')
    .values({
      ...{ copy_id: 'copy', sender_id: ids.staff, sender: json(themselves('copies', 'sender')) },
      ...{ address: `staff:${ids.staff}`, name: w('copies', 'name'), admission_id: ids.stay, made_ms: atMs },
      ...{ patient_number: w('copies', 'patient_number'), expires_ms: atMs, envelope: null, files: '[]' },
      ...{ bytes: 1, said_ms: atMs, whole_ms: atMs, ended_ms: atMs, ended: 'expired' },
    })
    .execute()
  const reader = { copy_id: 'copy', staff_id: ids.staff, opened_ms: atMs }
  await db
    .insertInto('copy_readers')
    .values({ ...reader, reader: json(themselves('copy_readers', 'reader')) })
    .execute()
  await addPlanRows(db, atMs, nowMs)
}

type Themselves = (table: string, column: string) => Readonly<Record<string, unknown>>

async function addStaffRows(db: Db, atMs: number, themselves: Themselves): Promise<void> {
  const who = { staff_id: ids.staff }
  const subject = word('staff_identities', 'subject')
  await db
    .insertInto('staff_identities')
    .values({ ...who, issuer: 'i', subject, created_ms: atMs })
    .execute()
  const login = word('passwords', 'login')
  await db
    .insertInto('passwords')
    .values({ ...who, login, hash: 'h', changed_ms: atMs })
    .execute()
  const asks = { type: 'seen', by: themselves('consults', 'progress'), untilMs: atMs }
  await db
    .insertInto('consults')
    .values({
      ...{ consult_id: 'consult', made_by: json(themselves('consults', 'made_by')), made_ms: atMs },
      ...{ made_to: json({ type: 'duty', dutyId: 'd' }), made_at: json({ type: 'duty', dutyId: 'd' }) },
      ...{ reason: word('consults', 'reason'), progress: json(asks), ended_ms: atMs },
    })
    .execute()
  await db
    .insertInto('broken_glass')
    .values({
      ...{ glass_id: 'glass', ...who, ward_id: 'ward', reason: word('broken_glass', 'reason') },
      ...{ broken_ms: atMs, until_ms: atMs, reviewed_ms: atMs, reviewed_by: ids.staff, ended_ms: atMs },
      review_note: word('broken_glass', 'review_note'),
    })
    .execute()
  await db
    .insertInto('plan_feeds')
    .values({
      ...{ feed_id: 'feed', token_hash: 'h', ...who, name: word('plan_feeds', 'name'), made_by: 'other' },
      ...{ made_ms: atMs, expires_ms: atMs, read_ms: null, revoked_ms: atMs, language: null },
    })
    .execute()
}

async function addVisit(db: Db, atMs: number): Promise<void> {
  const nothing = {
    ...{ zone: null, tries: 0, public_key: 'k', bound_ms: atMs, other_key: null, refused_keys: '[]' },
    ...{ vouched_by: 'v', test: null, came_ms: atMs, waited_ms: atMs, last_call_ms: atMs, through_ms: atMs },
    ...{ identified_ms: atMs, wishes_new_ms: null, rated: 0 as const, renewals: 0, renewed_ms: null },
  }
  const note = { noteId: 'n', atMs, by: 'Olga Other', said: { type: 'text', text: word('visits', 'notes') } }
  const goneRow = appointment(atMs, { id: ids.appointment, title: word('visits', 'gone_row') })
  await db
    .insertInto('visits')
    .values({
      ...{ ...nothing, visit_id: ids.visit, appointment_id: ids.appointment, entry_id: ids.appointment },
      ...{ name: word('visits', 'name'), token_sealed: 't', token_hash: 'h', made_ms: atMs },
      ...{ mailed_to: word('visits', 'mailed_to'), texted_to: word('visits', 'texted_to') },
      ...{ notes: json([note]), chain: json([word('visits', 'chain')]), gone_row: json(goneRow) },
      ...{ closed_ms: atMs, closed_why: 'ended' },
    })
    .execute()
  await db
    .insertInto('letters')
    .values({
      ...{ letter_id: 'letter', visit_id: ids.visit, kind: 'invitation', queued_ms: atMs, due_ms: atMs },
      ...({ way: 'mail', state: 'failed', tries: 1, tried_ms: atMs, next_ms: atMs, ended_ms: atMs } as const),
      ...{ to_address: word('letters', 'to_address'), problem: word('letters', 'problem'), sequence: null },
      ...{ start_ms: null, end_ms: null, entry_id: null, language: null, dealt_ms: null },
    })
    .execute()
}

type Of<T extends Row['type']> = Extract<Row, { type: T }>

export function appointment(
  startMs: number,
  more: Partial<Of<'appointment'>> & { readonly id: string },
): Of<'appointment'> {
  const outpatient = {
    name: word('plan_rows', 'json'),
    born: null,
    email: 'zq@example.org',
    phone: 'Zq-phone',
  }
  return {
    type: 'appointment',
    rev: 1,
    kind: 'visit',
    title: word('plan_rows', 'json'),
    note: word('plan_rows', 'json'),
    place: null,
    staff: ['other'],
    roles: [],
    stops: [],
    outpatient,
    before: 0,
    after: 0,
    language: null,
    interpreter: false,
    outsideHours: false,
    status: 'fulfilled',
    when: { type: 'at', startMs, endMs: startMs + 600_000 },
    cancelReason: null,
    occasion: null,
    by: 'other',
    changedBy: 'other',
    changedMs: startMs,
    ...more,
  }
}

/** What stood in somebody's way, with its title. */
function blocking(title: string) {
  const times = { resource: 'person/other', startMs: 1, endMs: 2 }
  return { ...times, appointmentId: ids.occasion, title, by: 'other' }
}

async function addPlanRows(db: Db, longAgoMs: number, nowMs: number): Promise<void> {
  const recentMs = nowMs - 10 * day
  const occasion = { seriesId: ids.series, at: '2025-01-01T09:00', detached: false, shifted: false }
  const stops = [{ bedId: 'bed', admissionId: ids.stay, minutes: 10, state: 'done' as const }]
  const { kind, title, note, place, staff, roles, outpatient, before, after, language } = appointment(0, {
    id: 'pattern',
  })
  const rest = { interpreter: false, outsideHours: false, minutes: 10, stops: [] }
  const rows: Row[] = [
    appointment(longAgoMs, { id: ids.appointment, cancelReason: word('plan_rows', 'json') }),
    appointment(recentMs, { id: ids.occasion, occasion }),
    appointment(recentMs + 3_600_000, { id: ids.bedside, stops, outpatient: null, kind: 'bed-call' }),
    {
      type: 'series',
      id: ids.series,
      rev: 1,
      rule: 'FREQ=DAILY',
      start: '2025-01-01T09:00',
      zone: 'Europe/Helsinki',
      except: [],
      until: '2025-02-01T09:00',
      pattern: { kind, title, note, place, staff, roles, outpatient, before, after, language, ...rest },
      by: 'other',
      changedBy: 'other',
      changedMs: 1,
    },
    {
      type: 'attention',
      id: ids.attention,
      rev: 1,
      by: 'other',
      also: [],
      asked: null,
      why: 'taken',
      blocking: [blocking(word('plan_rows', 'json'))],
      free: [],
      clashes: [],
      startMs: null,
      atMs: recentMs,
      escalated: false,
      resolved: { by: 'other', how: 'seen', atMs: nowMs },
    },
    {
      type: 'hours',
      id: ids.staff,
      rev: 1,
      zone: 'Europe/Helsinki',
      weekly: [],
      away: [{ startMs: 1, endMs: 2, why: word('plan_rows', 'json') }],
    },
  ]
  for (const [index, row] of rows.entries()) {
    const endsMs = row.type === 'appointment' && row.when.type === 'at' ? row.when.endMs : null
    const kept = { rev: 1, seq: index + 1, people: '[]', ends_ms: endsMs, changed_ms: recentMs }
    await db
      .insertInto('plan_rows')
      .values({ type: row.type, id: row.id, json: json(row), ...kept })
      .execute()
  }
  await db.insertInto('plan_commits').values({ seq: rows.length, stamp: 's', at_ms: recentMs }).execute()
  const outcome = {
    type: 'refused',
    why: 'taken',
    detail: null,
    blocking: [blocking(word('plan_acts', 'outcome'))],
    free: [],
  }
  await db
    .insertInto('plan_acts')
    .values({
      ...{ act_id: 'act', device_id: null, staff_id: 'other', n: 1, hash: 'h', outcome: json(outcome) },
      ...{ touched: '[]', at_ms: recentMs },
    })
    .execute()
  await db
    .insertInto('plan_imports')
    .values({
      ...{ id: ids.occasion, uid: word('plan_imports', 'uid'), sequence: 0, modified_ms: null, said: 's' },
      ends_ms: recentMs,
    })
    .execute()
}
