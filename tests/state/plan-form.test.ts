/** What a form asks for, and what it leaves as it is. */
import { describe, expect, test } from 'vitest'
import type { Appointment } from '../../src/protocol/plan.ts'
import { editOf } from '../../src/state/plan-acts.ts'
import { emptyForm, type Form, fieldsOf, formOf, nextOf, patternOf } from '../../src/state/plan-form.ts'
import { appointmentAt, at, demoDay, helsinki } from '../fakes/plan-ward.ts'

const nowMs = at(`${demoDay}T09:00`)

/** What saving the form changes of the row. */
function changed(form: Form, row: Appointment) {
  const read = fieldsOf(form, helsinki, row, nowMs)
  return 'problem' in read ? read.problem : editOf(row, read.fields)
}

describe('[PLAN-SCREEN-19] a visit that names nobody', () => {
  const visit = appointmentAt('visit', 'visit', `${demoDay}T10:00`, 30, { title: 'Control', place: 'Room 2' })

  test('is changed like any other, and goes on naming nobody', () => {
    const form = { ...formOf(visit, undefined, helsinki), place: 'Room 3' }
    expect(changed(form, visit)).toMatchObject({ changes: { place: { from: 'Room 2', to: 'Room 3' } } })
    expect(Object.keys(changesOf(form))).toEqual(['place'])
    expect(changesOf({ ...form, patient: 'Kaarina Lahti' })).toMatchObject({
      outpatient: { from: null, to: { name: 'Kaarina Lahti', born: null } },
    })
  })

  function changesOf(form: Form): object {
    const act = changed(form, visit)
    return typeof act === 'object' && act?.type === 'appointment.edit' ? act.changes : {}
  }

  test('is never made here: a new one, or one that named somebody, says who comes', () => {
    const empty = emptyForm(at(`${demoDay}T10:00`), helsinki, 'anna')
    const fresh: Form = { ...empty, kind: 'visit', title: 'Control' }
    expect(fieldsOf(fresh, helsinki, null, nowMs)).toEqual({ problem: 'no-patient' })
    const named = { ...visit, outpatient: { name: 'Kaarina', born: null, email: null, phone: null } }
    expect(changed({ ...formOf(named, undefined, helsinki), patient: ' ' }, named)).toBe('no-patient')
  })
})

describe('[VISIT-2] who comes from outside is known by a date of birth, and reached by an address', () => {
  const outpatient = {
    name: 'Kaarina Lahti',
    born: '1958-04-02',
    email: 'kaarina@example.org',
    phone: '+358 40 123',
  }
  const visit = appointmentAt('visit', 'visit', `${demoDay}T10:00`, 30, {
    title: 'Control',
    note: 'brings her scans',
    staff: ['ben'],
    outpatient,
  })
  const form = formOf(visit, undefined, helsinki)

  test('what one does not touch stays, in a series as well', () => {
    expect(changed(form, visit)).toBeNull()
    expect(changed({ ...form, patient: 'Kaarina Lahti-Oja' }, visit)).toMatchObject({
      changes: { outpatient: { to: { ...outpatient, name: 'Kaarina Lahti-Oja' } } },
    })
    expect(patternOf(form).outpatient).toEqual(outpatient)
  })

  test('what is emptied is not known any more; blanks round it are nothing', () => {
    const emptied = { ...form, born: '', email: ' ', phone: ' +358 50 1 ' }
    expect(changed(emptied, visit)).toMatchObject({
      changes: { outpatient: { to: { name: outpatient.name, born: null, email: null, phone: '+358 50 1' } } },
    })
  })

  const tomorrow = '2026-11-24'
  test.each(['1958-02-30', '1958-13-01', '0058-04-02', '58', tomorrow, '2999-01-01'])(
    'nobody is born on %s (HZ-1)',
    (born) => {
      expect(changed({ ...form, born }, visit)).toBe('born')
    },
  )

  test.each(['2024-02-29', demoDay, '1900-01-01'])('somebody may be born on %s', (born) => {
    expect(changed({ ...form, born }, visit)).not.toBe('born')
  })

  test.each([
    'kaarina',
    'kaarina@',
    '@example.org',
    'kaarina@example',
    'a b@example.org',
    'a@b@example.org',
    'a@example..org',
  ])('no mail goes to %s', (email) => {
    expect(changed({ ...form, email }, visit)).toBe('email')
  })

  test('a date of birth that is wrong keeps nothing but a visit back', () => {
    const note: Form = { ...form, kind: 'note', born: 'never', email: 'nowhere' }
    expect(fieldsOf(note, helsinki, null, nowMs)).toMatchObject({ fields: { outpatient: null } })
  })

  test('the next one is of the same people, as long, at the same time four weeks on, without a word of this one', () => {
    const next = fieldsOf(nextOf(visit, helsinki), helsinki, null, nowMs)
    const startMs = at(`${demoDay}T10:00`) + 28 * 24 * 3_600_000
    expect(next).toMatchObject({
      fields: {
        outpatient,
        title: 'Control',
        note: '',
        staff: ['ben'],
        status: 'booked',
        when: { type: 'at', startMs, endMs: startMs + 30 * 60_000 },
      },
    })
  })

  test('the clocks change between, and its time does not', () => {
    const march = appointmentAt('visit', 'visit', '2026-03-10T10:00', 30, { outpatient })
    expect(nextOf(march, helsinki)).toMatchObject({ date: '2026-04-07', clock: '10:00' })
  })
})
