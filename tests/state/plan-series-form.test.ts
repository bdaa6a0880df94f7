/** A refused series comes back into the form in which it was typed. */
import { expect, test } from 'vitest'
import type { PlanAct } from '../../src/protocol/plan.ts'
import { patternOf } from '../../src/state/plan-form.ts'
import { ruleOf } from '../../src/state/plan-repeat.ts'
import { formOfSeries } from '../../src/state/plan-series-form.ts'
import { helsinki } from '../fakes/plan-ward.ts'

test.each(['FREQ=DAILY', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=8', 'FREQ=MONTHLY;BYMONTHDAY=1'])(
  '[INBOX-8] a refused series opens as it was typed, with its repetition %s',
  (rule) => {
    const asked: Extract<PlanAct, { type: 'series.make' }> = {
      type: 'series.make',
      id: 'morning',
      rule,
      start: '2027-03-01T09:05',
      zone: helsinki,
      pattern: {
        kind: 'round',
        title: 'Morning',
        note: 'Bring the list',
        place: 'Room 4',
        staff: ['anna'],
        roles: ['student'],
        stops: [{ bedId: 'bed-1', admissionId: null, minutes: 10, state: 'open' }],
        outpatient: null,
        before: 5,
        after: 10,
        language: 'fi',
        interpreter: true,
        outsideHours: true,
        minutes: 40,
      },
    }
    const form = formOfSeries(asked, helsinki)
    expect(patternOf(form)).toEqual(asked.pattern)
    expect([`${form.date}T${form.clock}`, ruleOf(form.repeat, helsinki)]).toEqual([asked.start, rule])
  },
)
