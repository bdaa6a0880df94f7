/** Whoever was invited by mistake is told so once, and learns nothing more (HZ-6). */
import { convertIcsCalendar } from 'ts-ics'
import { expect, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import { letterWords } from '../../src/server/mail/words.ts'
import { uidOf } from '../../src/server/plan/ics-parts.ts'
import { openMailServer } from '../fakes/mail-server.ts'
import { facts, minuteMs, openPost, startMs } from './mail.ts'

const wrong = 'wrong@example.org'

/** Invited at an address that was wrong, and then at the right one. */
async function openCorrected(options: Parameters<typeof openPost>[0] = {}) {
  const post = await openPost(options)
  post.world.facts.set('visit-1', facts({ to: wrong }))
  await post.queue('invitation')
  post.world.facts.set('visit-1', facts({}, { rev: 5 }))
  return { ...post, to: (address: string) => post.server.delivered.filter(({ to }) => to.includes(address)) }
}

test('[MAIL-30] [HZ-6] the old address gets a CANCEL of its entry, without a name, a place, a link or a new time', async () => {
  const { withdraw, queue, to } = await openCorrected()
  await queue('invitation')
  await withdraw(wrong)
  const [asked, taken] = to(wrong)
  expect(taken?.calendar?.method).toBe('CANCEL')
  const { events = [] } = convertIcsCalendar(undefined, taken?.calendar?.text ?? '')
  expect(events).toMatchObject([
    {
      uid: uidOf('visit-1'),
      sequence: 5,
      organizer: { email: 'visits@hospital.example' },
      attendees: [{ email: wrong }],
      summary: 'Withdrawn',
    },
  ])
  expect(events[0]?.status, 'RFC 5546 §3.2.5: the event goes on for another').toBeUndefined()
  expect(events[0]?.start.date).toEqual(new Date(startMs))
  expect(asked?.mail.text, 'what was told before is no measure').toContain('Ward 4')
  const whole = [
    taken?.raw,
    taken?.mail.text,
    taken?.mail.html,
    taken?.calendar?.text,
    taken?.mail.subject,
  ].join('\n')
  for (const secret of [
    'Juan',
    'García',
    'Ward',
    '123 456',
    'visit#',
    'January',
    '10:00',
    'Diabetes',
    'juan@',
  ])
    expect(whole, secret).not.toContain(secret)
  expect(to('juan@example.org')).toHaveLength(1)
})

test.each(languages)('[MAIL-30] it is written in %s, with a head that says nothing of whom', (language) => {
  const { subject, lines, entry } = letterWords[language].withdrawn
  for (const text of [subject, ...lines, entry]) expect(text).not.toMatch(/[{}\d$]/)
  expect(lines).toHaveLength(2)
})

test('[MAIL-30] said again it goes once; invited there again, and wrong again, it goes again', async () => {
  const { withdraw, queue, world, to } = await openCorrected()
  await withdraw(wrong)
  await withdraw(wrong)
  expect(to(wrong)).toHaveLength(2)
  world.facts.set('visit-1', facts({ to: wrong }, { rev: 6 }))
  await queue('invitation')
  world.facts.set('visit-1', facts({}, { rev: 7 }))
  await withdraw(wrong, 7)
  const sequences = to(wrong).map(({ calendar }) => calendar?.text.match(/SEQUENCE:(\d+)/)?.[1])
  expect(sequences).toEqual(['1', '5', '6', '7'])
})

test('[MAIL-30] whoever was never reached is told nothing; whoever may have been is', async () => {
  const server = await openMailServer()
  server.answers.push({ at: 'rcpt', code: 550, words: 'no such person' })
  const refused = await openCorrected({ server })
  await refused.withdraw(wrong)
  expect(refused.to(wrong)).toEqual([])
  const other = await openMailServer()
  other.answers.push('cut')
  const cut = await openCorrected({ server: other })
  await cut.queue('invitation')
  await cut.withdraw(wrong)
  await cut.pass(minuteMs)
  expect(cut.to(wrong).at(-1)?.calendar?.method).toBe('CANCEL')
})

test('[MAIL-30] an address that is the right one again before it left is told nothing of the kind', async () => {
  const { withdraw, server, world, pass, to, rows } = await openCorrected()
  server.answers.push({ at: 'data', code: 451, words: 'later' })
  await withdraw(wrong)
  world.facts.set('visit-1', facts({ to: wrong }, { rev: 6 }))
  await pass(5 * minuteMs)
  expect(to(wrong)).toHaveLength(1)
  expect((await rows()).at(-1)).toMatchObject({ kind: 'withdrawal', state: 'dropped' })
})

test('[MAIL-30] it is of no concern to staff, who see what became of the letter to the right one', async () => {
  const { withdraw, queue, state, server, world } = await openCorrected()
  await queue('invitation')
  server.answers.push({ at: 'rcpt', code: 550, words: 'no such person' })
  world.nowMs += minuteMs
  await withdraw(wrong)
  expect(await state()).toMatchObject({ state: 'sent', to: 'juan@example.org' })
})

test('[MAIL-30] a visit that was cancelled meanwhile takes back nothing of it', async () => {
  const { withdraw, queue, server, world, pass, to } = await openCorrected()
  server.answers.push({ at: 'data', code: 451, words: 'later' })
  await withdraw(wrong)
  world.facts.set('visit-1', facts({}, { status: 'cancelled', rev: 8 }))
  await queue('cancellation')
  await pass(5 * minuteMs)
  expect(to(wrong).map(({ calendar }) => calendar?.method)).toEqual(['REQUEST', 'CANCEL'])
})
