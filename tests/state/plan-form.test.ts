/** What a form asks for, and what it leaves as it is. */
import { describe, expect, test } from 'vitest'
import type { Appointment } from '../../src/protocol/plan.ts'
import { editOf } from '../../src/state/plan-acts.ts'
import { emptyForm, type Form, fieldsOf, formOf } from '../../src/state/plan-form.ts'
import { appointmentAt, at, demoDay, helsinki } from '../fakes/plan-ward.ts'

/** What saving the form changes of the row. */
function changed(form: Form, row: Appointment) {
  const read = fieldsOf(form, helsinki, row)
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
    expect(fieldsOf(fresh, helsinki, null)).toEqual({ problem: 'no-patient' })
    const named = { ...visit, outpatient: { name: 'Kaarina', born: null, email: null, phone: null } }
    expect(changed({ ...formOf(named, undefined, helsinki), patient: ' ' }, named)).toBe('no-patient')
  })
})
