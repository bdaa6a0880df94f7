/** Letters from the invitation to the cancellation: the whole server, a clock that is set ahead, and a real mail server. */
import { expect, onTestFinished, test } from 'vitest'
import { openMailServer } from '../fakes/mail-server.ts'
import { dayMs, hourMs, minuteMs } from './plan.ts'
import { cancelled, openClinic } from './visit.ts'

/** A ward in Helsinki at `nowMs` of its clock, which is set ahead by hand and goes on with time. */
async function openAt(nowMs: number, startsInMs: number) {
  const server = await openMailServer()
  onTestFinished(() => server.close())
  const began = Date.now()
  const clock = { aheadMs: 0 }
  const now = () => nowMs + (Date.now() - began) + clock.aheadMs
  const environment = {
    BEDSIDE_SMTP_URL: server.url,
    BEDSIDE_MAIL_FROM: 'visits@hospital.example',
    BEDSIDE_ZONE: 'Europe/Helsinki',
  }
  const clinic = await openClinic({ environment, now })
  // Days pass in a second, and one person stays signed in.
  const expires_ms = nowMs + 30 * dayMs
  await clinic.ward.store.db.updateTable('sign_ins').set({ expires_ms }).execute()
  const startMs = nowMs + startsInMs
  const { id } = await clinic.book(startMs)
  await clinic.asStaff('invite', { appointmentId: id, by: 'mail' })
  const letters = () =>
    server.delivered.map(({ mail, calendar }) => [
      mail.subject?.replace(/:? ?(your|Your)? ?video visit with .*/, ''),
      calendar?.method ?? null,
    ])
  const comes = async (many: number) =>
    await expect.poll(() => server.delivered.length, { timeout: 10_000 }).toBe(many)
  await comes(1)
  return {
    ...{ clinic, server, startMs, id, letters, comes },
    /** To so long before the time. */
    async isBefore(whenMs: number, ms: number): Promise<void> {
      clock.aheadMs += whenMs - ms - now()
    },
    /** Nothing else has come by the time at which a later letter has: by one to somebody else, who is reminded of nothing. */
    async quiet(): Promise<void> {
      const before = server.delivered.length
      const other = await clinic.book(now() + 5 * minuteMs)
      await clinic.asStaff('invite', { appointmentId: other.id, by: 'mail' })
      await comes(before + 1)
      server.delivered.pop()
    },
  }
}

const spring = Date.UTC(2027, 2, 25, 10)

test('[VISIT-1] invited, reminded a day before and ten minutes before, moved in between, cancelled, and then reminded of nothing', async () => {
  const visit = await openAt(spring, 3 * dayMs)
  const { clinic, id, startMs, letters, comes, isBefore, quiet } = visit
  await isBefore(startMs, dayMs + minuteMs)
  await quiet()
  await isBefore(startMs, dayMs - minuteMs)
  await comes(2)
  const movedMs = startMs + 2 * dayMs
  await clinic.edit(id, { when: { type: 'at', startMs: movedMs, endMs: movedMs + 30 * minuteMs } })
  await comes(3)
  await isBefore(startMs, 5 * minuteMs)
  await quiet()
  await isBefore(movedMs, dayMs - minuteMs)
  await comes(4)
  await isBefore(movedMs, 10 * minuteMs - 1_000)
  await comes(5)
  await clinic.edit(id, cancelled)
  await comes(6)
  await isBefore(movedMs + hourMs, 0)
  await quiet()
  expect(letters().map(([, method]) => method)).toEqual(['REQUEST', null, 'REQUEST', null, null, 'CANCEL'])
  const uids = visit.server.delivered.flatMap(({ calendar }) => calendar?.text.match(/^UID:.*$/m)?.[0] ?? [])
  expect(new Set(uids).size, 'one entry, changed and taken away').toBe(1)
})

test('[VISIT-1] in the night in which the clocks go on, a day before is twenty-four hours before, and each letter says the time on the wall', async () => {
  // Sunday, 28 March 2027, at 10:00 in Helsinki, which is seven hours after midnight in Greenwich by then.
  const startMs = Date.UTC(2027, 2, 28, 7)
  const visit = await openAt(spring, startMs - spring)
  await visit.isBefore(startMs, dayMs + minuteMs)
  await visit.quiet()
  await visit.isBefore(startMs, dayMs - minuteMs)
  await visit.comes(2)
  await visit.isBefore(startMs, 10 * minuteMs - 1_000)
  await visit.comes(3)
  for (const { mail } of visit.server.delivered)
    expect(mail.text).toContain('Sunday 28 March 2027, 10:00 EEST')
})

test('[VISIT-1] cancelled before its reminders, it is reminded of by none', async () => {
  const { clinic, id, startMs, comes, isBefore, quiet, letters } = await openAt(spring, 3 * dayMs)
  await clinic.edit(id, cancelled)
  await comes(2)
  await isBefore(startMs, 12 * hourMs)
  await quiet()
  await isBefore(startMs, 5 * minuteMs)
  await quiet()
  expect(letters().map(([, method]) => method)).toEqual(['REQUEST', 'CANCEL'])
})
