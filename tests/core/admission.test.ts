/** Who may lie where. Property tests give the ward random acts, sensible and not. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyAdmission, type Stays } from '../../src/core/admission.ts'
import type { AdmissionAct } from '../../src/protocol/admission.ts'
import { unspoken } from '../../src/protocol/wishes.ts'

const beds = ['b1', 'b2', 'b3']
const eero = { name: 'Eero Salonen', born: '1948-03-02', number: '1048' }
const helmi = { name: 'Helmi Virtanen', born: '1939-11-19', number: '1139' }
const people = [eero, helmi, { ...eero, born: '1950-01-01', number: ' 10-48' }, { ...helmi, number: '77' }]

const empty: Stays = {
  beds: new Map(beds.map((bedId) => [bedId, { epoch: 0, admissionId: null }])),
  admissions: new Map(),
}

const admit = (bedId: string, admissionId: string, patient = eero): AdmissionAct => ({
  type: 'admission.admit',
  actId: 'act',
  admissionId,
  bedId,
  patient,
  wishes: unspoken,
})
const move = (admissionId: string, bedId: string): AdmissionAct => ({
  type: 'admission.move',
  actId: 'act',
  admissionId,
  bedId,
})
const swap = (admissionId: string, withAdmissionId: string): AdmissionAct => ({
  type: 'admission.swap',
  actId: 'act',
  admissionId,
  withAdmissionId,
})
const wish = (admissionId: string): AdmissionAct => ({
  type: 'admission.wish',
  actId: 'act',
  admissionId,
  wishes: { ...unspoken, answer: 'knock' },
})
const away = (admissionId: string, now: 'away' | 'back' = 'away'): AdmissionAct => ({
  ...{ type: 'admission.away', actId: 'act', admissionId, now },
})
const discharge = (admissionId: string, { born, number }: typeof eero = eero): AdmissionAct => ({
  type: 'admission.discharge',
  actId: 'act',
  admissionId,
  born,
  number,
})

/** The ward after these acts, all of which must be done. */
function after(...acts: readonly AdmissionAct[]): Stays {
  return acts.reduce((stays, act) => {
    const outcome = applyAdmission(stays, act)
    if (outcome.type !== 'done') throw new Error(outcome.why)
    return outcome.stays
  }, empty)
}

function why(stays: Stays, act: AdmissionAct): string {
  const outcome = applyAdmission(stays, act)
  return outcome.type === 'refused' ? outcome.why : 'done'
}

test('[ADMIT-1] a taken bed takes nobody, and nobody gets a second bed (HZ-1)', () => {
  const ward = after(admit('b1', 'a1'))
  expect(why(ward, admit('b1', 'a2', helmi))).toBe('bed-taken')
  expect(why(ward, admit('b2', 'a2', { ...eero, number: ' 10 48' }))).toBe('already-admitted')
  expect(why(ward, admit('b9', 'a2', helmi))).toBe('unknown-bed')
  const full = after(admit('b1', 'a1'), admit('b2', 'a2', helmi))
  expect(why(full, move('a1', 'b2'))).toBe('bed-taken')
  expect(why(full, move('a1', 'b1'))).toBe('bed-taken')
})

test('[ADMIT-2] an admission, a move and a discharge begin a new stay in every bed they touch', () => {
  const moved = after(admit('b1', 'a1'), move('a1', 'b2'))
  expect(moved.beds.get('b1')).toEqual({ epoch: 2, admissionId: null })
  expect(moved.beds.get('b2')).toEqual({ epoch: 1, admissionId: 'a1' })
  const gone = after(admit('b1', 'a1'), move('a1', 'b2'), discharge('a1'))
  expect(gone.beds.get('b2')).toEqual({ epoch: 2, admissionId: null })
  expect(gone.beds.get('b3')?.epoch).toBe(0)
})

test('[ADMIT-3] a discharged admission admits nobody, moves nowhere, and is not discharged again', () => {
  const ward = after(admit('b1', 'a1'), discharge('a1'))
  expect(why(ward, admit('b1', 'a1', helmi))).toBe('already-admitted')
  expect(why(ward, move('a1', 'b2'))).toBe('unknown-admission')
  expect(why(ward, discharge('a1'))).toBe('unknown-admission')
  expect(why(ward, admit('b1', 'a2'))).toBe('done')
})

test('[ADMIT-4] a discharge with another day of birth or number changes nothing (HZ-1)', () => {
  const ward = after(admit('b1', 'a1'))
  expect(why(ward, discharge('a1', { ...eero, born: '1948-03-03' }))).toBe('wrong-identifiers')
  expect(why(ward, discharge('a1', { ...eero, number: '1049' }))).toBe('wrong-identifiers')
  expect(why(ward, discharge('a1', { ...eero, number: '10 48' }))).toBe('done')
})

test('[ADMIT-6] a swap exchanges two patients in one act, and both beds begin a new stay (HZ-1)', () => {
  const ward = after(admit('b1', 'a1'), admit('b2', 'a2', helmi))
  const swapped = after(admit('b1', 'a1'), admit('b2', 'a2', helmi), swap('a1', 'a2'))
  expect(swapped.beds.get('b1')).toEqual({ epoch: 2, admissionId: 'a2' })
  expect(swapped.beds.get('b2')).toEqual({ epoch: 2, admissionId: 'a1' })
  expect(swapped.admissions.get('a1')).toMatchObject({ patient: eero, bedId: 'b2' })
  expect(why(ward, swap('a1', 'a1')), 'not with oneself').toBe('unknown-admission')
  expect(why(ward, swap('a1', 'a9'))).toBe('unknown-admission')
  const alone = after(admit('b1', 'a1'), admit('b2', 'a2', helmi), discharge('a2', helmi))
  expect(why(alone, swap('a1', 'a2')), 'not with somebody who has left').toBe('unknown-admission')
})

test('[ADMIT-7] what a patient wishes changes nothing of who lies where', () => {
  const ward = after(admit('b1', 'a1'))
  const outcome = applyAdmission(ward, wish('a1'))
  expect(outcome).toEqual({ type: 'done', stays: ward, touched: [] })
  expect(why(ward, wish('a9'))).toBe('unknown-admission')
  expect(why(after(admit('b1', 'a1'), discharge('a1')), wish('a1'))).toBe('unknown-admission')
})

const someone = fc.constantFrom('a1', 'a2', 'a3', 'a4', 'a5', 'a6')
const somewhere = fc.constantFrom(...beds, 'b9')
const anyAct: fc.Arbitrary<AdmissionAct> = fc.oneof(
  fc.tuple(somewhere, someone, fc.constantFrom(...people)).map((args) => admit(...args)),
  fc.tuple(someone, somewhere).map((args) => move(...args)),
  fc.tuple(someone, someone).map((args) => swap(...args)),
  someone.map(wish),
  fc.tuple(someone, fc.constantFrom(...people)).map((args) => discharge(...args)),
)

test('[ADMIT-5] whatever is asked in whatever order: no two in one bed, epochs only grow, nobody comes back', () => {
  let done = 0
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 40 }), (acts) => {
      let stays = empty
      const over = new Set<string>()
      for (const act of acts) {
        const outcome = applyAdmission(stays, act)
        if (outcome.type === 'refused') continue
        done += 1
        checkStep(stays, outcome.stays, outcome.touched)
        for (const { admissionId, bedId } of outcome.stays.admissions.values()) {
          if (over.has(admissionId)) expect(bedId).toBeNull()
          if (bedId === null) over.add(admissionId)
        }
        stays = outcome.stays
      }
    }),
    { numRuns: 2_000 },
  )
  expect(done).toBeGreaterThan(1_000)
})

function checkStep(before: Stays, now: Stays, touched: readonly string[]): void {
  const here = [...now.admissions.values()].filter(({ bedId }) => bedId !== null)
  expect(new Set(here.map(({ bedId }) => bedId)).size).toBe(here.length)
  const numbers = here.map(({ patient }) => patient.number.replaceAll(/[ -]/g, ''))
  expect(new Set(numbers).size).toBe(here.length)
  for (const [bedId, { epoch, admissionId }] of now.beds) {
    expect(epoch - (before.beds.get(bedId)?.epoch ?? 0)).toBe(touched.includes(bedId) ? 1 : 0)
    const lies = here.find((admission) => admission.bedId === bedId)
    expect(admissionId).toBe(lies?.admissionId ?? null)
  }
}

test('[ADMIT-16] a correction renames the stay that goes on, and takes nobody else’s number', () => {
  const ward = after(admit('b1', 'a1'), admit('b2', 'a2', helmi))
  const correct = (number: string) =>
    applyAdmission(ward, {
      type: 'admission.correct',
      actId: 'act',
      admissionId: 'a1',
      patient: { name: 'Eero J. Salonen', born: '1948-03-03', number },
    })
  const outcome = correct('9')
  if (outcome.type !== 'done') throw new Error(outcome.why)
  expect(outcome.stays.beds).toEqual(ward.beds)
  expect(outcome.touched).toEqual([])
  expect(outcome.stays.admissions.get('a1')?.patient).toMatchObject({ number: '9', born: '1948-03-03' })
  expect(correct('11-39')).toEqual({ type: 'refused', why: 'already-admitted' })
})

test('[ADMIT-17] whoever is away keeps bed and stay, and a move, a swap or a discharge ends it (HZ-1)', () => {
  const ward = after(admit('b1', 'a1'), admit('b2', 'a2', helmi))
  const gone = after(admit('b1', 'a1'), admit('b2', 'a2', helmi), away('a1'))
  const isAway = ({ admissions }: Stays) => admissions.get('a1')?.isAway
  expect(gone.beds).toEqual(ward.beds)
  expect(isAway(gone)).toBe(true)
  const ended = [away('a1', 'back'), move('a1', 'b3'), swap('a1', 'a2'), discharge('a1')]
  for (const act of ended) {
    const outcome = applyAdmission(gone, act)
    expect(outcome.type === 'done' && isAway(outcome.stays), act.type).toBe(false)
  }
  expect(why(gone, away('a1'))).toBe('done')
  expect(why(gone, admit('b1', 'a3', { ...helmi, number: '5' }))).toBe('bed-taken')
  expect(why(ward, away('a9'))).toBe('unknown-admission')
  expect(why(after(admit('b1', 'a1'), discharge('a1')), away('a1'))).toBe('unknown-admission')
})
