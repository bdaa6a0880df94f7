/** Deciding about what was refused: what others wrote since stays, and what two people decide is decided once. */
import { describe, expect, test } from 'vitest'
import type { Appointment, KeptAct, Row } from '../../src/protocol/plan.ts'
import type { Concern, PlanScreens } from '../../src/state/plan.ts'
import { cancelAct, reorderAct, stopAct } from '../../src/state/plan-acts.ts'
import { isFormed } from '../../src/state/plan-again.ts'
import { createDesk } from '../../src/ui/plan/desk.ts'
import { round, screensOver, wound } from '../fakes/plan-screens.ts'
import { appointmentAt, at, demoDay, helsinki, stopAt } from '../fakes/plan-ward.ts'

const other = appointmentAt('other', 'bed-call', `${demoDay}T15:00`, 20, {
  title: 'Blood',
  staff: ['anna'],
  stops: [stopAt(2, 20)],
})

function screens(rows: readonly Row[]) {
  const { sync, plan } = screensOver(rows, at(`${demoDay}T08:00`))
  const row = (id: string): Appointment => {
    const found = sync.view.value.get('appointment', id)
    if (!found) throw new Error(`no ${id}`)
    return found
  }
  /** Ben writes while what Anna asks is on its way. */
  const apart = async (act: KeptAct | null, ...theirs: readonly Appointment[]): Promise<void> => {
    sync.setOnline(false)
    await plan.ask(act, 'changed')
    bens(...theirs)
    sync.setOnline(true)
  }
  const bens = (...theirs: readonly Appointment[]) =>
    sync.put(...theirs.map((one) => ({ ...one, rev: one.rev + 1, changedBy: 'ben' })))
  const concern = (): Concern => {
    const [first] = plan.concerns.value
    if (!first) throw new Error('nothing needs a decision')
    return first
  }
  return { plan, sync, row, apart, bens, concern }
}

function editOf(id: string, changes: Extract<KeptAct, { type: 'appointment.edit' }>['changes']): KeptAct {
  return { type: 'appointment.edit', id, changes }
}

const whenAt = (clock: string) => {
  const startMs = at(`${demoDay}T${clock}`)
  return { type: 'at', startMs, endMs: startMs + 20 * 60_000 } as const
}

function talkAt(clock: string, id = 'talk'): KeptAct {
  const { kind, ...talk } = appointmentAt(id, 'bed-call', `${demoDay}T${clock}`, 15, {
    title: 'Talk',
    staff: ['anna'],
    stops: [stopAt(1, 15)],
  })
  const { type: _type, id: _id, rev: _rev, occasion: _occasion, by: _by, ...rest } = talk
  const { changedBy: _changedBy, changedMs: _changedMs, ...fields } = rest
  return { type: 'appointment.book', id, kind, fields }
}

describe('[PLAN-2] deciding writes over what was shown, and over nothing that was written since (HZ-8)', () => {
  const two = editOf('wound', {
    title: { from: 'Wound care', to: 'Dressing' },
    note: { from: '', to: 'fasting' },
  })

  test('insisting on a title leaves the note that another one wrote since', async () => {
    const { plan, row, apart, bens, concern } = screens([wound])
    await apart(two, { ...wound, title: 'Wound' })
    expect(concern().clashes.map(({ field }) => field)).toEqual(['title'])
    bens({ ...row('wound'), note: 'allergic to latex' })
    expect(await plan.insist(concern())).toBe(true)
    expect(row('wound')).toMatchObject({ title: 'Dressing', note: 'allergic to latex' })
    expect(plan.concerns.value, 'whoever wrote over the note had read it').toEqual([])
  })

  test('insisting over what changed once more is a clash, not a silent loss', async () => {
    const { plan, row, apart, bens, concern } = screens([wound])
    await apart(two, { ...wound, title: 'Wound' })
    const shown = concern()
    bens({ ...row('wound'), title: 'Wound, left leg' })
    await plan.insist(shown)
    expect(row('wound').title).toBe('Wound, left leg')
    expect(concern().clashes).toMatchObject([
      { field: 'title', asked: 'Dressing', stands: 'Wound, left leg' },
    ])
  })

  test('insisting before it was sent loses nothing of the rest that was asked', async () => {
    const { plan, sync, row, bens, concern } = screens([wound])
    sync.setOnline(false)
    await plan.ask(two, 'changed')
    bens({ ...wound, title: 'Wound' })
    await plan.insist(concern())
    sync.setOnline(true)
    expect(row('wound')).toMatchObject({ title: 'Dressing', note: 'fasting' })
    expect(plan.concerns.value).toEqual([])
  })

  test('insisting on the order of a round leaves done what was done at its beds, before and since', async () => {
    const { plan, row, apart, bens, concern } = screens([round])
    const theirs = { ...round, stops: [stopAt(2), stopAt(1), stopAt(3, 10, 'done')] }
    await apart(reorderAct(round, 2, 0), theirs)
    expect(concern().clashes.map(({ field }) => field)).toEqual(['stops'])
    const done = stopAct(row('round'), 1, 'done')
    if (done?.type === 'appointment.edit' && done.changes.stops)
      bens({ ...row('round'), stops: done.changes.stops.to })
    await plan.insist(concern())
    expect(row('round').stops.map(({ bedId, state }) => [bedId, state])).toEqual([
      ['bed-3', 'done'],
      ['bed-1', 'done'],
      ['bed-2', 'open'],
    ])
  })

  test('taking another time asks for the rest from what it was', async () => {
    const { plan, row, bens, concern } = screens([wound, other])
    const asked = editOf('other', {
      when: { from: other.when, to: whenAt('14:10') },
      note: { from: '', to: 'fasting' },
      place: { from: null, to: 'Room 2' },
    })
    await plan.ask(asked, 'moved')
    expect(concern().why).toBe('taken')
    bens({ ...other, note: 'allergic to latex' })
    await plan.takeSuggestion(concern(), at(`${demoDay}T16:00`))
    expect(row('other')).toMatchObject({
      when: whenAt('16:00'),
      place: 'Room 2',
      note: 'allergic to latex',
    })
    expect(concern().clashes.map(({ field }) => field)).toEqual(['note'])
  })

  test('going outside the hours asks for the rest from what it was', async () => {
    const hours = [1, 2, 3, 4, 5].map((day) => ({ day, from: 8 * 60, to: 16 * 60 }))
    const row0: Row = { type: 'hours', id: 'anna', rev: 1, zone: helsinki, weekly: hours, away: [] }
    const { plan, row, bens, concern } = screens([other, row0])
    await plan.ask(
      editOf('other', {
        when: { from: other.when, to: whenAt('18:00') },
        note: { from: '', to: 'fasting' },
      }),
      'moved',
    )
    expect(concern().why).toBe('outside-hours')
    bens({ ...other, note: 'allergic to latex' })
    await plan.override(concern())
    expect(row('other')).toMatchObject({
      when: whenAt('18:00'),
      outsideHours: true,
      note: 'allergic to latex',
    })
    expect(concern().clashes.map(({ field }) => field)).toEqual(['note'])
  })
})

describe('[PLAN-SCREEN-18] changing what was refused keeps all of it', () => {
  const asked = editOf('other', {
    when: { from: other.when, to: whenAt('14:10') },
    note: { from: '', to: 'fasting' },
    roles: { from: [], to: ['dietitian'] },
    interpreter: { from: false, to: true },
    language: { from: null, to: 'so' },
    before: { from: 0, to: 5 },
    after: { from: 0, to: 10 },
  })

  /** The form as it opens, with another time. */
  function reopened(plan: PlanScreens, concern: Concern, clock: string): KeptAct | null {
    const desk = createDesk(plan)
    desk.changeConcern(concern)
    const open = desk.open.value
    if (open.type !== 'form') throw new Error(open.type)
    const read = plan.read({ ...open.form, clock }, open, 'new')
    if ('problem' in read) throw new Error(read.problem)
    return read.act
  }

  test('every field is in the form, and goes out with it', async () => {
    const { plan, row, concern } = screens([wound, other])
    await plan.ask(asked, 'moved')
    await plan.ask(reopened(plan, concern(), '16:00'), 'changed')
    expect(row('other')).toMatchObject({
      when: whenAt('16:00'),
      note: 'fasting',
      roles: ['dietitian'],
      interpreter: true,
      language: 'so',
      before: 5,
      after: 10,
    })
  })

  test('[PLAN-2] what another one wrote since is a clash, and not written over by the form (HZ-8)', async () => {
    const { plan, row, bens, concern } = screens([wound, other])
    await plan.ask(asked, 'moved')
    bens({ ...other, note: 'allergic to latex' })
    await plan.ask(reopened(plan, concern(), '16:00'), 'changed')
    expect(row('other')).toMatchObject({ when: whenAt('16:00'), note: 'allergic to latex' })
    expect(plan.concerns.value.flatMap(({ clashes }) => clashes).map(({ field }) => field)).toEqual(['note'])
  })
})

describe('[PLAN-8] two who decide about one thing (HZ-8)', () => {
  /** Ben takes 16:00 on his own screen; Anna has not heard of it. */
  async function benTook() {
    const both = screens([wound])
    await both.plan.ask(talkAt('14:10'), 'booked')
    const shown = both.concern()
    await both.plan.takeSuggestion(shown, at(`${demoDay}T16:00`))
    const [booked] = both.plan
      .entries(both.plan.today(), { type: 'all' })
      .filter(({ row }) => row.id !== 'wound')
    const attention = both.sync.confirmed.get('attention', shown.id)
    if (!booked || !attention?.resolved) throw new Error('not taken')
    both.sync.put({ ...booked.row, by: 'ben', changedBy: 'ben' })
    both.sync.put({ ...attention, resolved: { ...attention.resolved, by: 'ben' } })
    return { ...both, shown }
  }

  test('the second books nothing beside the first, and sees that it was second', async () => {
    const { plan, sync, shown } = await benTook()
    await plan.takeSuggestion(shown, at(`${demoDay}T17:00`))
    const talks = [...sync.view.value.all('appointment')].filter(({ title }) => title === 'Talk')
    expect(talks.map(({ when }) => when)).toMatchObject([{ startMs: at(`${demoDay}T16:00`) }])
    expect(plan.concerns.value).toMatchObject([{ why: 'out-of-order', part: 'asked' }])
    expect(plan.toast.value).toEqual({ type: 'late', by: 'ben' })
  })

  test('whoever drops what another one took is told who decided, once the server has said so', async () => {
    const { plan, sync, shown } = await benTook()
    sync.setOnline(false)
    await plan.drop(shown)
    expect(plan.toast.value).toMatchObject({ type: 'did', deed: 'resolved', undo: null })
    sync.setOnline(true)
    expect(plan.toast.value).toEqual({ type: 'late', by: 'ben' })
  })

  test('whoever is first is told nothing of the kind', async () => {
    const { plan, concern } = screens([wound])
    await plan.ask(talkAt('14:10'), 'booked')
    await plan.drop(concern())
    expect(plan.toast.value).toMatchObject({ type: 'did', deed: 'resolved' })
  })
})

describe('[SYNC-7] what is not sent is not lost by one tap (HZ-8)', () => {
  test('dropping it can be undone: the same is asked again, as an act of its own', async () => {
    const { plan, sync, concern } = screens([wound])
    sync.setOnline(false)
    await plan.ask(talkAt('14:10'), 'booked')
    const [first] = sync.pending.value
    await plan.drop(concern())
    expect(sync.pending.value).toEqual([])
    const toast = plan.toast.value
    if (toast?.type === 'did') await toast.undo?.()
    const [again] = sync.pending.value
    expect(again?.outboxAct.act).toEqual(first?.outboxAct.act)
    expect(again?.outboxAct.actId).not.toBe(first?.outboxAct.actId)
    expect(plan.concerns.value).toHaveLength(1)
  })

  test('while nothing is known here a booking is drawn where it was wished, and nothing is offered', async () => {
    const { plan, sync } = screens([])
    sync.setOnline(false)
    sync.forget()
    await plan.ask(talkAt('14:10'), 'booked')
    const entries = plan.entries(plan.today(), { type: 'person', id: 'anna' })
    expect(entries).toMatchObject([{ look: 'requested', concern: null, startMs: at(`${demoDay}T14:10`) }])
    expect(plan.concerns.value).toEqual([])
    expect(plan.freeStarts(talkAt('14:10'))).toEqual([])
  })
})

test('[PLAN-SCREEN-18] of a cancellation that was refused no form has anything', () => {
  expect(isFormed({ asked: cancelAct(wound, 'Asleep') })).toBe(false)
  expect(isFormed({ asked: talkAt('14:10') })).toBe(true)
})
