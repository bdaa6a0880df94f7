import { signal } from '@preact/signals'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { createAdminAudit, createAdminReports } from '../../src/state/admin-audit.ts'
import type { ApiPort } from '../../src/state/ports.ts'
import { fakeWorld } from '../fakes/ports.ts'

type Question = { readonly path: string; readonly said: unknown; answer(value: unknown): void; fail(): void }

/** An API whose answers come when the test gives them. */
function askedApi() {
  const questions: Question[] = []
  const { ports } = fakeWorld()
  const ask: ApiPort['ask'] = (_method, path, said, schema) =>
    new Promise((resolve) => {
      questions.push({
        path,
        said,
        answer: (value) => resolve({ ok: true, value: v.parse(schema, value) }),
        fail: () => resolve({ ok: false, failure: 'unreachable' }),
      })
    })
  return { questions, ports: { ...ports, api: { ...ports.api, ask } } }
}

const inFinnish = { language: signal('fi' as const) }

const line = (seq: number) => ({
  ...{ seq, atMs: 1, action: 'sign-in', outcome: 'done', who: 'Anna Laine', role: 'nurse', peer: null },
  ...{ patient: null, entity: null, detail: null, reason: null },
})

test('[AUDIT-14] only what was chosen is asked for, and the download asks for the same', async () => {
  const { questions, ports } = askedApi()
  const audit = createAdminAudit(ports, inFinnish)
  void audit.search({ action: 'call-ended', from: 5, who: undefined })
  expect(questions[0]).toMatchObject({ path: '/audit', said: { action: 'call-ended', from: 5 } })
  expect(audit.exportAddress('csv')).toBe('/api/audit/export?form=csv&action=call-ended&from=5')
})

test('[AUDIT-14] an answer to an earlier question never replaces that to the last', async () => {
  const { questions, ports } = askedApi()
  const audit = createAdminAudit(ports, inFinnish)
  const both = [audit.search({ from: 1 }), audit.search({ from: 2 })]
  questions[1]?.answer({ lines: [line(2)], next: null })
  questions[0]?.answer({ lines: [line(1)], next: 1 })
  await Promise.all(both)
  expect(audit.found.value).toMatchObject({ lines: [{ seq: 2 }], next: null })
})

test('[AUDIT-14] older acts come after those that are there; what fails leaves them and says so', async () => {
  const { questions, ports } = askedApi()
  const audit = createAdminAudit(ports, inFinnish)
  const first = audit.search({})
  questions[0]?.answer({ lines: [line(9)], next: 9 })
  await first
  const more = audit.more()
  expect(questions[1]?.said).toEqual({ before: 9, language: 'fi' })
  questions[1]?.answer({ lines: [line(8)], next: 8 })
  await more
  const failing = audit.more()
  questions[2]?.fail()
  await failing
  expect(audit.found.value?.lines.map(({ seq }) => seq)).toEqual([9, 8])
  expect(audit.failure.value).toBe('unreachable')
})

test('[AUDIT-14] a report that could not be made takes the last one’s place', async () => {
  const { questions, ports } = askedApi()
  const reports = createAdminReports(ports)
  const making = reports.make('0190', 'sv')
  questions[0]?.answer({
    ...{ language: 'sv', title: 'T', name: 'n', about: ['b'], section: 's', heads: ['1', '2', '3', '4'] },
    sections: [],
  })
  await making
  expect(questions[0]?.said).toEqual({ admission: '0190', language: 'sv' })
  const made = reports.report.value
  expect(made?.admissionId).toBe('0190')
  expect(made && reports.fileAddress(made, 'html')).toBe(
    '/api/audit/report?admission=0190&language=sv&form=html',
  )
  const again = reports.make('0191', 'en')
  questions[1]?.fail()
  await again
  expect([reports.report.value, reports.failure.value]).toEqual([null, 'unreachable'])
})
