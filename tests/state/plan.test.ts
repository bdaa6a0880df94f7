import { describe, expect, test } from 'vitest'
import type { Appointment, Row, Series } from '../../src/protocol/plan.ts'
import type { PlanScreens } from '../../src/state/plan.ts'
import { cancelAct, moveAct, reorderAct, resizeAct, statusAct, stopAct } from '../../src/state/plan-acts.ts'
import { stopSpans } from '../../src/state/plan-entries.ts'
import { emptyForm, formOf } from '../../src/state/plan-form.ts'
import { lateness, runLate } from '../../src/state/plan-late.ts'
import { round, screensOver, wound } from '../fakes/plan-screens.ts'
import { appointmentAt, at, demoDay, helsinki, stopAt } from '../fakes/plan-ward.ts'

function screens(rows: readonly Row[] = [], start = `${demoDay}T10:00`) {
  const { world, sync, plan } = screensOver(rows, at(start))
  const mine = () => plan.entries(plan.today(), { type: 'person', id: 'anna' })
  return { world, sync, plan, mine }
}

function rowOf(plan: PlanScreens, id: string): Appointment {
  const row = plan.sync.view.value.get('appointment', id)
  if (!row) throw new Error(`no ${id}`)
  return row
}

/** A bedside call that the form of a new appointment makes. */
function bookingOf(plan: PlanScreens, clock: string, id = 'made') {
  const form = {
    ...emptyForm(at(`${demoDay}T${clock}`), helsinki, 'anna'),
    title: 'Talk',
    stops: [stopAt(1, 15)],
  }
  const read = plan.read(form, { row: null, scope: 'this' }, id)
  if (!('act' in read)) throw new Error(read.problem)
  return read.act
}

describe('what an entry looks like', () => {
  test('[HZ-7] a booking made offline is Requested until the server has confirmed it', async () => {
    const { plan, sync, mine } = screens()
    sync.setOnline(false)
    await plan.ask(bookingOf(plan, '12:00'), 'booked')
    expect(mine().map(({ look }) => look)).toEqual(['requested'])
    expect(plan.status.value).toMatchObject({ age: { type: 'offline' }, here: 1 })
    sync.setOnline(true)
    expect(mine().map(({ look }) => look)).toEqual(['confirmed'])
    expect(plan.status.value).toMatchObject({ age: { type: 'live' }, here: 0 })
  })

  test('[HZ-8] a booking that was refused stays where it was wished, and needs attention', async () => {
    const { plan, mine } = screens([wound])
    await plan.ask(bookingOf(plan, '14:10'), 'booked')
    expect(mine().map(({ look, row }) => [row.title, look])).toEqual([
      ['Wound care', 'confirmed'],
      ['Talk', 'attention'],
    ])
    expect(plan.concerns.value).toMatchObject([{ why: 'taken', part: 'asked', where: 'ward' }])
  })

  test('[HZ-8] a move that was refused leaves the entry where it stands, and marks it', async () => {
    const other = appointmentAt('other', 'bed-call', `${demoDay}T15:00`, 20, {
      title: 'Blood',
      staff: ['anna'],
      stops: [stopAt(2, 20)],
    })
    const { plan, mine } = screens([wound, other])
    await plan.ask(moveAct(other, at(`${demoDay}T14:10`)), 'moved')
    expect(mine().map(({ row, look, startMs }) => [row.id, look, startMs])).toEqual([
      ['wound', 'confirmed', at(`${demoDay}T14:00`)],
      ['other', 'attention', at(`${demoDay}T15:00`)],
    ])
  })

  test('[HZ-8] one that this device expects to be refused says so before it is sent', async () => {
    const { plan, sync, mine } = screens([wound])
    sync.setOnline(false)
    await plan.ask(bookingOf(plan, '14:10'), 'booked')
    expect(mine().at(-1)?.look).toBe('attention')
    expect(plan.concerns.value).toMatchObject([{ where: 'here', part: 'asked' }])
  })

  test.each([
    ['fulfilled', 'done'],
    ['noshow', 'missed'],
    ['cancelled', 'cancelled'],
    ['proposed', 'proposed'],
    ['pending', 'proposed'],
    ['arrived', 'arrived'],
    ['checked-in', 'arrived'],
  ] as const)('[PLAN-SCREEN-5] %s looks %s', (status, look) => {
    const { mine } = screens([{ ...wound, status }])
    expect(mine()[0]?.look).toBe(look)
  })

  test.each([
    ['cancelled', 'cancelling', 'cancelled'],
    ['fulfilled', 'finishing', 'done'],
    ['noshow', 'missing', 'missed'],
  ] as const)(
    '[HZ-7] %s reads %s, not %s, until the server has confirmed it',
    async (status, before, after) => {
      const { plan, sync, mine } = screens([wound])
      sync.setOnline(false)
      const act = status === 'cancelled' ? cancelAct(wound, 'Asleep') : statusAct(wound, status)
      await plan.ask(act, 'changed')
      expect(mine().map(({ look }) => look)).toEqual([before])
      sync.setOnline(true)
      expect(mine().map(({ look }) => look)).toEqual([after])
    },
  )

  test('[HZ-7] what is taken back stays drawn until the server has confirmed that', async () => {
    const { plan, sync, mine } = screens([wound])
    sync.setOnline(false)
    await plan.ask(statusAct(wound, 'entered-in-error'), 'changed')
    expect(mine().map(({ look }) => look)).toEqual(['cancelling'])
    sync.setOnline(true)
    expect(mine()).toEqual([])
  })

  test('[HZ-7] who is taken off the waiting list stays on it until the server has confirmed that', async () => {
    const when = { type: 'waiting', minutes: 20, notBeforeMs: 0, notAfterMs: at(`${demoDay}T23:00`) } as const
    const waiting: Appointment = { ...wound, id: 'waits', status: 'waitlist', when }
    const { plan, sync } = screens([waiting])
    sync.setOnline(false)
    await plan.ask(cancelAct(waiting, 'Went home'), 'cancelled')
    expect(plan.waiting.value.map(({ id }) => id)).toEqual(['waits'])
    sync.setOnline(true)
    expect(plan.waiting.value).toEqual([])
  })

  test('[HZ-7] what is held counts as unsent, as what waits for the network does', async () => {
    const { plan, sync } = screens()
    sync.hold('signed-out')
    await plan.ask(bookingOf(plan, '12:00'), 'booked')
    expect(plan.status.value).toMatchObject({ here: 0, sending: 0, unsent: 1 })
  })

  test('[PLAN-SCREEN-6] at a bed a round stands for its own stop only; what was left out keeps its time', () => {
    const { plan } = screens([{ ...round, stops: [stopAt(1), stopAt(2, 10, 'skipped'), stopAt(3)] }])
    const [entry] = plan.entries(plan.today(), { type: 'bed', id: 'bed-3' })
    expect(entry).toMatchObject({ startMs: at(`${demoDay}T09:20`), endMs: at(`${demoDay}T09:30`) })
  })
})

describe('what is done to the plan', () => {
  test('[HZ-8] while something is being kept it is said, so that no second press builds on the old row', async () => {
    const { plan, sync } = screens([wound])
    const first = runLate(plan, lateness(plan, wound, 10).whole)
    expect(plan.asking.value).toBe(true)
    await first
    expect(plan.asking.value).toBe(false)
    sync.fail('not-kept')
    await runLate(plan, lateness(plan, rowOf(plan, 'wound'), 10).whole)
    expect(plan.asking.value, 'also after it failed').toBe(false)
  })

  test('[PLAN-SCREEN-7] moving keeps the length; resizing gives the last open stop what is given to the whole', () => {
    expect(moveAct(wound, at(`${demoDay}T15:00`))).toMatchObject({
      changes: { when: { to: { startMs: at(`${demoDay}T15:00`), endMs: at(`${demoDay}T15:20`) } } },
    })
    expect(resizeAct(wound, at(`${demoDay}T14:45`))).toMatchObject({
      changes: { when: { to: { endMs: at(`${demoDay}T14:45`) } }, stops: { to: [{ minutes: 45 }] } },
    })
    expect(moveAct(wound, at(`${demoDay}T14:00`))).toBeNull()
    expect(resizeAct(wound, at(`${demoDay}T14:00`))).toBeNull()
  })

  test('[PLAN-SCREEN-8] running late lengthens the stop under way, and all that follow come later', async () => {
    const { plan } = screens([{ ...round, stops: [stopAt(1, 10, 'done'), stopAt(2), stopAt(3)] }])
    await runLate(plan, lateness(plan, rowOf(plan, 'round'), 10).whole)
    const spans = stopSpans(rowOf(plan, 'round')).map(({ startMs }) => startMs)
    expect(spans).toEqual(['09:00', '09:10', '09:30'].map((clock) => at(`${demoDay}T${clock}`)))
    expect(rowOf(plan, 'round').when).toMatchObject({ endMs: at(`${demoDay}T09:40`) })
  })

  const next = appointmentAt('next', 'bed-call', `${demoDay}T09:30`, 30, {
    title: 'Pain talk',
    staff: ['oja'],
    stops: [stopAt(5, 30)],
  })
  const times = (plan: PlanScreens) => ['round', 'next', 'then'].map((id) => clockOf(rowOf(plan, id)))
  const clockOf = ({ when }: Appointment) =>
    when.type === 'at' ? (when.startMs - at(`${demoDay}T00:00`)) / 60_000 / 60 : null

  test.each(['online', 'offline', 'sent meanwhile'] as const)(
    '[PLAN-SCREEN-18] running late and all that it pushes is one press and one Undo, %s',
    async (network) => {
      const then = {
        ...next,
        id: 'then',
        when: { type: 'at', startMs: at(`${demoDay}T10:00`), endMs: at(`${demoDay}T10:20`) } as const,
        stops: [stopAt(6, 20)],
      }
      const { plan, sync } = screens([round, next, then])
      if (network !== 'online') sync.setOnline(false)
      const { whole } = lateness(plan, rowOf(plan, 'round'), 15)
      expect(whole.pushes.map(({ row }) => row.id)).toEqual(['next', 'then'])
      expect(await runLate(plan, whole)).toBe(true)
      expect(times(plan)).toEqual([9, 9.75, 10.25])
      expect(sync.asked.map((act) => 'id' in act && act.id)).toEqual(['then', 'next', 'round'])
      if (network === 'sent meanwhile') sync.setOnline(true)
      const toast = plan.toast.value
      if (toast?.type === 'did') await toast.undo?.()
      expect(times(plan)).toEqual([9, 9.5, 10])
      expect(rowOf(plan, 'round').stops).toEqual(round.stops)
      expect(plan.concerns.value).toEqual([])
      expect(plan.toast.value).toMatchObject({ deed: 'undone' })
    },
  )

  test('[PLAN-SCREEN-18] what could not all be kept is not done at all, and says so', async () => {
    const { plan, sync } = screens([round, next])
    sync.setOnline(false)
    const { whole } = lateness(plan, rowOf(plan, 'round'), 10)
    const perform = sync.perform
    const once: typeof sync.perform = async (act) => {
      const kept = await perform(act)
      sync.fail('full')
      return kept
    }
    Object.assign(sync, { perform: once })
    expect(await runLate(plan, whole)).toBe(false)
    expect(sync.pending.value).toEqual([])
    expect(plan.toast.value).toEqual({ type: 'failed', failure: 'full' })
  })

  test('[PLAN-SCREEN-19] what is proposed is agreed to, who came has come, and both can be taken back', async () => {
    const { plan } = screens([{ ...wound, status: 'pending' }])
    await plan.ask(statusAct(rowOf(plan, 'wound'), 'booked'), 'agreed')
    await plan.ask(statusAct(rowOf(plan, 'wound'), 'arrived'), 'arrived')
    expect(rowOf(plan, 'wound').status).toBe('arrived')
    const toast = plan.toast.value
    if (toast?.type === 'did') await toast.undo?.()
    expect(rowOf(plan, 'wound').status).toBe('booked')
  })

  test('[HZ-7] what is proposed reads Requested while it is unsent, and proposed once the server has it', async () => {
    const { plan, sync, mine } = screens([wound])
    sync.setOnline(false)
    await plan.ask(statusAct(wound, 'pending'), 'changed')
    expect(mine().map(({ look }) => look)).toEqual(['requested'])
    sync.setOnline(true)
    expect(mine().map(({ look }) => look)).toEqual(['proposed'])
  })

  test('[PLAN-SCREEN-9] marking a bed leaves who has arrived as arrived', () => {
    const arrived: Appointment = { ...round, status: 'arrived' }
    expect(stopAct(arrived, 0, 'done')).not.toHaveProperty('changes.status')
    const done: Appointment = { ...round, status: 'fulfilled', stops: [stopAt(1, 10, 'done')] }
    expect(stopAct(done, 0, 'open')).toMatchObject({ changes: { status: { to: 'booked' } } })
  })

  test('[PLAN-SCREEN-7] resizing stops behind the last stop, which keeps a minute', async () => {
    const { plan } = screens([round])
    const act = resizeAct(round, at(`${demoDay}T09:10`))
    expect(act).toMatchObject({ changes: { when: { to: { endMs: at(`${demoDay}T09:21`) } } } })
    expect(plan.expect(act)).toBeNull()
    const left = { ...round, stops: round.stops.map((stop) => ({ ...stop, state: 'skipped' as const })) }
    expect(resizeAct(left, at(`${demoDay}T09:10`))).toBeNull()
  })

  test('[PLAN-SCREEN-9] a round is reordered within its beds, and done when none is open any more', async () => {
    const { plan } = screens([round])
    await plan.ask(reorderAct(rowOf(plan, 'round'), 2, 0), 'reordered')
    expect(rowOf(plan, 'round').stops.map(({ bedId }) => bedId)).toEqual(['bed-3', 'bed-1', 'bed-2'])
    expect(reorderAct(round, 0, 3)).toBeNull()
    for (const index of [0, 1, 2]) await plan.ask(stopAct(rowOf(plan, 'round'), index, 'done'), 'changed')
    expect(rowOf(plan, 'round').status).toBe('fulfilled')
  })

  test('[PLAN-SCREEN-10] undo takes an unsent act back as if it had never been', async () => {
    const { plan, sync } = screens([wound])
    sync.setOnline(false)
    await plan.ask(cancelAct(wound, 'Asleep'), 'cancelled')
    const toast = plan.toast.value
    if (toast?.type === 'did') await toast.undo?.()
    expect(rowOf(plan, 'wound').status).toBe('booked')
    expect(sync.pending.value).toEqual([])
  })

  test('[PLAN-SCREEN-10] undo of what the server has taken is an act of its own', async () => {
    const { plan, sync } = screens([wound])
    await plan.ask(cancelAct(wound, 'Asleep'), 'cancelled')
    const toast = plan.toast.value
    if (toast?.type === 'did') await toast.undo?.()
    expect(rowOf(plan, 'wound')).toMatchObject({ status: 'booked', cancelReason: null })
    expect(sync.asked).toHaveLength(2)
    expect(plan.toast.value).toMatchObject({ deed: 'undone', undo: null, offer: null })
  })

  test('[PLAN-SCREEN-17] who waits for what was cancelled is offered it at once, and takes it by one act', async () => {
    const waits: Appointment = {
      ...wound,
      id: 'waits',
      title: 'Dietitian',
      status: 'waitlist',
      when: {
        type: 'waiting',
        minutes: 15,
        notBeforeMs: at(`${demoDay}T00:00`),
        notAfterMs: at(`${demoDay}T23:00`),
      },
      stops: [stopAt(4, 15)],
    }
    const { plan } = screens([wound, waits])
    expect(plan.waiting.value.map(({ id }) => id)).toEqual(['waits'])
    await plan.ask(cancelAct(wound, 'Asleep'), 'cancelled')
    const toast = plan.toast.value
    const offer = toast?.type === 'did' ? toast.offer : null
    expect(offer).toMatchObject({ appointment: { id: 'waits' }, startMs: at(`${demoDay}T14:00`) })
    if (offer) await plan.ask(moveAct(offer.appointment, offer.startMs), 'booked')
    expect(rowOf(plan, 'waits').status).toBe('booked')
    expect(plan.waiting.value).toEqual([])
  })

  test('[PLAN-SCREEN-11] what this device could not keep changes nothing and says so', async () => {
    const { plan, sync } = screens([wound])
    sync.fail('full')
    expect(await plan.ask(cancelAct(wound, 'Asleep'), 'cancelled')).toBe(false)
    expect(plan.toast.value).toEqual({ type: 'failed', failure: 'full' })
    expect(rowOf(plan, 'wound').status).toBe('booked')
  })
})

describe('deciding about what was refused', () => {
  test('[HZ-8] taking a suggestion books it there and ends the attention', async () => {
    const { plan, mine } = screens([wound])
    await plan.ask(bookingOf(plan, '14:10'), 'booked')
    const [concern] = plan.concerns.value
    if (concern) await plan.takeSuggestion(concern, at(`${demoDay}T15:00`))
    expect(plan.concerns.value).toEqual([])
    expect(mine().map(({ startMs, look }) => [startMs, look])).toEqual([
      [at(`${demoDay}T14:00`), 'confirmed'],
      [at(`${demoDay}T15:00`), 'confirmed'],
    ])
  })

  test('[HZ-8] a suggestion that could not be kept loses nothing of what was asked before', async () => {
    const { plan, sync } = screens([wound])
    sync.setOnline(false)
    await plan.ask(bookingOf(plan, '14:10'), 'booked')
    const [concern] = plan.concerns.value
    sync.fail('full')
    if (concern) expect(await plan.takeSuggestion(concern, at(`${demoDay}T15:00`))).toBe(false)
    expect(plan.concerns.value).toEqual([concern])
    sync.fail(null)
    if (concern) expect(await plan.takeSuggestion(concern, at(`${demoDay}T15:00`))).toBe(true)
    expect(plan.concerns.value).toEqual([])
    expect(sync.pending.value).toHaveLength(1)
  })

  test('[HZ-8] a suggestion that is taken meanwhile is a new attention, and the old one is not left beside it', async () => {
    const { plan } = screens([wound])
    await plan.ask(bookingOf(plan, '14:10'), 'booked')
    const [concern] = plan.concerns.value
    if (concern) await plan.takeSuggestion(concern, at(`${demoDay}T14:05`))
    expect(plan.concerns.value).toHaveLength(1)
    expect(plan.concerns.value[0]?.id).not.toBe(concern?.id)
  })

  test('[HZ-8] a text that another one wrote over is kept in full until somebody decides; insisting writes it', async () => {
    const { plan, sync } = screens([wound])
    sync.setOnline(false)
    await plan.ask(
      { type: 'appointment.edit', id: 'wound', changes: { note: { from: '', to: 'mine' } } },
      'changed',
    )
    sync.put({ ...wound, rev: 2, note: 'theirs', changedBy: 'ben' })
    sync.setOnline(true)
    const [concern] = plan.concerns.value
    expect(concern?.clashes).toEqual([{ field: 'note', from: '', asked: 'mine', stands: 'theirs' }])
    if (concern) await plan.insist(concern)
    expect(rowOf(plan, 'wound').note).toBe('mine')
    expect(plan.concerns.value).toEqual([])
  })

  test('[PLAN-SCREEN-12] the other writer is told, and dropping it needs no second act of theirs', async () => {
    const { plan, sync } = screens([wound])
    await plan.ask(bookingOf(plan, '14:10'), 'booked')
    const [row] = sync.confirmed.all('attention')
    if (row) sync.put({ ...row, by: 'ben', also: ['anna'] })
    expect(plan.concerns.value[0]?.part).toBe('told')
    const [concern] = plan.concerns.value
    if (concern) await plan.drop(concern)
    expect(plan.concerns.value).toEqual([])
  })

  test('[PLAN-SCREEN-13] the next free times are ones that meet nothing', () => {
    const { plan } = screens([wound])
    const act = bookingOf(plan, '14:00')
    const starts = act ? plan.freeStarts(act) : []
    expect(starts[0]).toBe(at(`${demoDay}T14:20`))
    expect(starts).toHaveLength(3)
  })
})

describe('the form', () => {
  test('[PLAN-SCREEN-14] a form that nobody touched changes nothing, on the second 03:30 of a long day as well', () => {
    const { plan } = screens()
    const startMs = at('2027-10-31T03:30') + 3_600_000
    const night: Appointment = { ...wound, when: { type: 'at', startMs, endMs: startMs + 20 * 60_000 } }
    expect(plan.read(formOf(night, undefined, helsinki), { row: night, scope: 'this' }, 'x')).toEqual({
      act: null,
    })
  })

  test.each([
    [{ title: ' ' }, 'no-title'],
    [{ clock: '25:00' }, 'no-time'],
    [{ minutes: Number.NaN }, 'no-length'],
    [{ minutes: 2000 }, 'too-long'],
    [{ stops: [] }, 'one-bed'],
    [{ kind: 'round', stops: [] }, 'no-bed'],
    [{ kind: 'visit' }, 'no-patient'],
    [{ language: 'x' }, 'language'],
    [{ repeat: { type: 'weekly', every: 1, days: [], end: { type: 'never' } } }, 'no-days'],
    [{ waitUntil: demoDay, repeat: { type: 'daily', end: { type: 'never' } } }, 'waiting-repeats'],
  ] as const)('[PLAN-SCREEN-14] %j is said to be %s, and nothing is asked', (over, problem) => {
    const { plan } = screens()
    const form = {
      ...emptyForm(at(`${demoDay}T12:00`), helsinki, 'anna'),
      title: 'Talk',
      stops: [stopAt(1)],
      ...over,
    }
    expect(plan.read(form, { row: null, scope: 'this' }, 'x')).toEqual({ problem })
  })

  test('[PLAN-SCREEN-15] of a series, this one is an edit of its own; this and following, and all, are edits of the series', () => {
    const occasion = { seriesId: 's', at: `${demoDay}T09:00`, detached: false, shifted: false }
    const row: Appointment = { ...round, occasion }
    const { plan } = screens([row])
    const form = { ...formOf(row, undefined, helsinki), title: 'Late round' }
    expect(plan.read(form, { row, scope: 'this' }, 'n')).toMatchObject({ act: { type: 'appointment.edit' } })
    const following = plan.read(form, { row, scope: 'following' }, 'n')
    expect(following).toMatchObject({ act: { type: 'series.edit', from: occasion.at, nextId: 'n' } })
    const all = plan.read(form, { row, scope: 'all' }, 'n')
    expect(all).toMatchObject({ act: { type: 'series.edit', from: null } })
  })

  test('[PLAN-SCREEN-17] of a series only what was touched is asked for, with what it was: two people’s edits merge', () => {
    const occasion = { seriesId: 's', at: `${demoDay}T09:00`, detached: false, shifted: false }
    const row: Appointment = { ...round, occasion, stops: [{ ...stopAt(1), state: 'done' }] }
    const { kind, title, note, place, staff, roles, stops, outpatient, before, after, language } = row
    const { interpreter, outsideHours } = row
    const shared = { kind, title, note, place, staff, roles, stops, outpatient, before, after, language }
    const series: Series = {
      type: 'series',
      id: 's',
      rev: 1,
      rule: 'FREQ=DAILY;COUNT=9',
      start: '2026-11-01T09:00',
      zone: helsinki,
      except: [],
      until: null,
      pattern: { ...shared, interpreter, outsideHours, minutes: 60 },
      by: 'anna',
      changedBy: 'anna',
      changedMs: 0,
    }
    const { plan } = screens([row, series])
    const form = { ...formOf(row, series, helsinki), title: 'Late round' }
    const asked = plan.read(form, { row, scope: 'all' }, 'n')
    expect(asked).toMatchObject({
      act: {
        rule: null,
        time: null,
        pattern: { title: 'Late round' },
        was: { start: occasion.at, pattern: { title } },
      },
    })
    // One that was changed by itself keeps its own: only what was touched goes to the series.
    const alone = { ...row, title: 'Long round', place: 'Room 9', occasion: { ...occasion, detached: true } }
    const other = plan.read(
      { ...formOf(alone, series, helsinki), note: 'fasting' },
      { row: alone, scope: 'all' },
      'n',
    )
    expect(other).toMatchObject({
      act: {
        pattern: { title, place, note: 'fasting' },
        was: { start: series.start, pattern: { title, note } },
      },
    })
    // What a patient is known and reached by is asked for every occasion, like all else of the form (HZ-1).
    const kaarina = { name: 'Kaarina', born: '1958-04-02', email: null, phone: null }
    const visits: Series = { ...series, pattern: { ...series.pattern, kind: 'visit', outpatient: kaarina } }
    const visit: Appointment = { ...row, kind: 'visit', outpatient: kaarina }
    const email = 'kaarina@example.org'
    const reached = { ...formOf(visit, visits, helsinki), email }
    const { plan: withVisits } = screens([visit, visits])
    expect(withVisits.read(reached, { row: visit, scope: 'all' }, 'n')).toMatchObject({
      act: { pattern: { outpatient: { ...kaarina, email } }, was: { pattern: { outpatient: kaarina } } },
    })
  })
})

describe('reminders', () => {
  test('[PLAN-SCREEN-16] one’s own confirmed appointment is told ten minutes before and at its start, once each', () => {
    const { plan, world } = screens([wound], `${demoDay}T13:40`)
    world.advance(5 * 60_000)
    expect(plan.reminders.value).toEqual([])
    world.advance(5 * 60_000)
    expect(plan.reminders.value.map(({ type }) => type)).toEqual(['soon'])
    plan.dismissReminder(plan.reminders.value[0]?.key ?? '')
    world.advance(9 * 60_000)
    expect(plan.reminders.value).toEqual([])
    world.advance(60_000)
    expect(plan.reminders.value.map(({ type }) => type)).toEqual(['now'])
  })

  test('[HZ-7] nothing that is only requested is reminded of, nor what is another one’s', async () => {
    const { plan, world, sync } = screens([{ ...wound, staff: ['ben'] }], `${demoDay}T13:55`)
    sync.setOnline(false)
    await plan.ask(bookingOf(plan, '14:30'), 'booked')
    world.advance(40 * 60_000)
    expect(plan.reminders.value).toEqual([])
  })

  test('[PLAN-SCREEN-16] what begins just after midnight is told before it', () => {
    const early = appointmentAt('early', 'bed-call', '2026-11-24T00:05', 20, {
      title: 'Night round',
      staff: ['anna'],
      stops: [stopAt(6, 20)],
    })
    const { plan } = screens([early], `${demoDay}T23:55`)
    expect(plan.reminders.value).toMatchObject([{ type: 'soon', entry: { row: { id: 'early' } } }])
    const { plan: after } = screens(
      [{ ...early, when: { type: 'at', startMs: at(`${demoDay}T23:58`), endMs: at('2026-11-24T00:20') } }],
      '2026-11-24T00:01',
    )
    expect(after.reminders.value).toMatchObject([{ type: 'now' }])
  })

  test('[PLAN-SCREEN-16] the server’s clock reminds, not this device’s', () => {
    const { plan, world, sync } = screens([wound], `${demoDay}T14:52`)
    sync.clockAheadMs.value = 60 * 60_000
    world.advance(20_000)
    expect(plan.reminders.value.map(({ type }) => type)).toEqual(['soon'])
  })
})

describe('what is said of the device', () => {
  test('[HZ-7] a clock that is more than half a minute wrong, a store that may lose things, and what is held are said', async () => {
    const { plan, sync } = screens()
    expect(plan.status.value).toMatchObject({ clockWrongSeconds: null, warnings: [], held: null })
    sync.clockAheadMs.value = -90_000
    sync.keep({ safety: 'memory-only', persisted: false, room: 'full' })
    sync.hold('signed-out')
    await plan.ask(bookingOf(plan, '12:00'), 'booked')
    expect(plan.status.value).toMatchObject({
      clockWrongSeconds: -90,
      warnings: ['memory-only', 'not-persisted', 'full'],
      held: { why: 'signed-out', count: 1 },
    })
  })
})
