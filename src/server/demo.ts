/** The demo ward: eight beds of synthetic people and fresh one-time links at every start. */
import { randomUUIDv7 } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { usualVisits } from '../core/family.ts'
import { unspoken, type Wishes } from '../protocol/wishes.ts'
import { performAct } from './admissions.ts'
import { issueCode, voidUnusedCodes } from './codes.ts'
import { listStaff } from './people.ts'
import type { Db, Store } from './store/store.ts'

/** As written to `demo.json`. */
export type DemoLinks = {
  readonly staff: readonly { readonly name: string; readonly role: string; readonly url: string }[]
  readonly beds: readonly { readonly label: string; readonly url: string }[]
}

const wardName = 'Ward 4B'

const staff = [
  { name: 'Anna Laine', role: 'nurse' },
  { name: 'Ben Okafor', role: 'nurse' },
  { name: 'Maria Oja', role: 'doctor' },
  { name: 'Oskar Berg', role: 'admin' },
]

/** Invented; the numbers follow no country's scheme, so they can be nobody's. */
const patients = [
  { name: 'Eero Salonen', born: '1948-03-02', number: 'DEMO-1048' },
  { name: 'Helmi Virtanen', born: '1939-11-19', number: 'DEMO-1139' },
  { name: 'Mateusz Nowak', born: '1971-06-30', number: 'DEMO-1271' },
  { name: 'Sofia Lindqvist', born: '1986-01-14', number: 'DEMO-1386' },
  { name: 'Giulia Ricci', born: '1962-09-08', number: 'DEMO-1462' },
  { name: 'Aino Korhonen', born: '1944-05-27', number: 'DEMO-1544' },
  { name: 'Henrik Dahl', born: '1957-12-03', number: 'DEMO-1657' },
  { name: 'Leila Haddad', born: '1993-08-21', number: 'DEMO-1793' },
]

/** Bed 3 and bed 5 may be knocked at, so that whoever tries the demo hears it; all others are rung. */
const agreed: Readonly<Record<number, Partial<Wishes>>> = {
  3: { answer: 'knock', consent: { type: 'patient' } },
  5: { answer: 'knock-by-day', consent: { type: 'patient' }, roommates: 'told' },
}

/** `root`: the key that links tell their devices to trust. Makes the ward at the first start and new links at each; only with them in place may the server call itself ready. */
export async function prepareDemo(
  store: Store,
  dataFolder: string,
  origin: string,
  nowMs: number,
  root: string,
): Promise<DemoLinks> {
  const ward = await store.db.selectFrom('wards').select('ward_id').executeTakeFirst()
  if (!ward) await admitEveryone(store.db, nowMs)
  await employ(store.db)
  if (!ward) await nameInterpreters(store.db)
  if (!ward) await nameDuties(store.db)
  await voidUnusedCodes(store.db)
  const links = {
    staff: await signInLinks(store, origin, nowMs, root),
    beds: await enrolLinks(store, origin, nowMs, root),
  }
  writeWhole(join(dataFolder, 'demo.json'), `${JSON.stringify(links, null, 2)}\n`)
  return links
}

async function admitEveryone(db: Db, nowMs: number): Promise<void> {
  const ward_id = randomUUIDv7()
  const beds = patients.map((patient, index) => ({ bed_id: randomUUIDv7(), position: index + 1, patient }))
  await db.transaction().execute(async (step) => {
    await step.insertInto('wards').values({ ward_id, name: wardName, demo: 1 }).execute()
    for (const { bed_id, position, patient } of beds) {
      const label = String(position)
      await step
        .insertInto('beds')
        .values({ bed_id, ward_id, label, position, offline_since_ms: nowMs, stay_epoch: 0 })
        .execute()
      const ids = { actId: randomUUIDv7(), admissionId: randomUUIDv7(), bedId: bed_id }
      const act = {
        type: 'admission.admit',
        ...ids,
        patient,
        wishes: { ...unspoken, visits: usualVisits, ...agreed[position] },
      } as const
      await performAct(step, act, { type: 'server' }, nowMs)
    }
  })
}

/** Once the ward is staffed: one language with somebody here, one with a number of the house alone. */
async function nameInterpreters(db: Db): Promise<void> {
  const { ward_id } = await db.selectFrom('wards').select('ward_id').executeTakeFirstOrThrow()
  const maria = (await listStaff(db)).find(({ role }) => role === 'doctor')
  const rows = [
    { ward_id, language: 'et', phone: '4567', staff_ids: JSON.stringify(maria ? [maria.staffId] : []) },
    { ward_id, language: 'ar', phone: '4567', staff_ids: '[]' },
  ]
  await db.insertInto('interpreting').values(rows).execute()
}

/** Two duties, the one behind the other; nobody has them before somebody says so. */
async function nameDuties(db: Db): Promise<void> {
  const senior = { duty_id: randomUUIDv7(), name: 'Senior neurosurgeon', next_id: null, position: 2 }
  const first = {
    duty_id: randomUUIDv7(),
    name: 'Neurosurgeon on call',
    next_id: senior.duty_id,
    position: 1,
  }
  await db.insertInto('duties').values([first, senior]).execute()
}

/** An older demo's folder lacks whoever joined since, and without its administrator half of the demo is shut. */
async function employ(db: Db): Promise<void> {
  await db.transaction().execute(async (step) => {
    const rows = await step.selectFrom('staff').select('name').execute()
    const names = new Set(rows.map(({ name }) => name))
    for (const person of staff.filter(({ name }) => !names.has(name)))
      await step
        .insertInto('staff')
        .values({ staff_id: randomUUIDv7(), wards: '"all"', disabled_ms: null, ...person })
        .execute()
  })
}

async function signInLinks(
  store: Store,
  origin: string,
  nowMs: number,
  root: string,
): Promise<DemoLinks['staff']> {
  const links: DemoLinks['staff'][number][] = []
  for (const { staffId, name, role } of await listStaff(store.db)) {
    const code = await issueCode(store, 'sign-in', staffId, nowMs)
    const page = role === 'admin' ? 'admin' : 'station'
    links.push({ name, role, url: `${origin}/${page}#signin=${code}&root=${root}` })
  }
  return links
}

async function enrolLinks(
  store: Store,
  origin: string,
  nowMs: number,
  root: string,
): Promise<DemoLinks['beds']> {
  const beds = await store.db.selectFrom('beds').select(['bed_id', 'label']).orderBy('position').execute()
  const links: DemoLinks['beds'][number][] = []
  for (const { bed_id, label } of beds) {
    const code = await issueCode(store, 'enrol', bed_id, nowMs)
    links.push({ label, url: `${origin}/bed#enrol=${code}&root=${root}` })
  }
  return links
}

/** A reader finds the old file or the new one, never half of one. */
function writeWhole(file: string, text: string): void {
  const handle = openSync(`${file}.new`, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(`${file}.new`, file)
}
