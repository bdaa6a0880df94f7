/** A round at a station: it goes on with the calls that are made, and with no other. */
import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import type { CallState } from '../../src/core/call-state.ts'
import type { BedView } from '../../src/protocol/people.ts'
import { unspoken } from '../../src/protocol/wishes.ts'
import { createStationRound } from '../../src/state/round.ts'
import { anna } from '../fakes/ports.ts'

const bed = (label: string): BedView => ({
  bedId: `bed-${label}`,
  label,
  patient: null,
  stay: { epoch: 1, admissionId: `stay-${label}` },
  wishes: unspoken,
  cleanEpoch: 1,
  tablet: 'bound',
  state: { type: 'ready' },
  report: { sound: 'on', knock: false, privacyUntilMs: null, cleanEpoch: 1 },
  carers: [],
})

function begun() {
  const state = signal<CallState>({ type: 'idle', over: [] })
  const asked: string[] = []
  const round = createStationRound({
    beds: signal([bed('1'), bed('2')]),
    me: signal(anna),
    care: { mine: signal(new Set<string>()) },
    calls: { state, dismiss() {} },
    call: ({ label }) => void asked.push(label),
  })
  round.begin()
  const dialled = (label: string) => {
    const peer = { type: 'bed', bedId: `bed-${label}`, label, ward: 'Ward 4B' } as const
    state.value = { type: 'dialling', callId: `call-${label}`, peer } as CallState
  }
  return { round, asked, dialled, next: () => round.view.value?.next?.label }
}

test('[ROUND-3] a bed whose call was asked for and not made is the next still, and is not forgotten', () => {
  const { round, asked, dialled, next } = begun()
  round.callNext()
  expect(asked).toEqual(['1'])
  expect(next(), 'somebody there sleeps, and it was not rung').toBe('1')
  round.callNext()
  dialled('1')
  expect(next()).toBe('2')
})
