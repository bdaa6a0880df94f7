/** Text messages by the hospital's own gateway: a real HTTP server that answers as a test decides. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import { letterKinds } from '../../src/server/mail/kinds.ts'
import { numberOf } from '../../src/server/mail/sms.ts'
import { facts, hourMs, link, minuteMs, openPost } from './mail.ts'

const key = 'a-key-of-the-test'
const phone = '+358 40 123-4567'

type Posted = { readonly authorization: string | undefined; readonly said: unknown }

/** Answers with the given statuses, one each, and 200 afterwards. */
async function openGateway(...statuses: number[]) {
  const posted: Posted[] = []
  const server = createServer((asked, answer) => {
    const parts: Buffer[] = []
    asked.on('data', (part) => parts.push(part))
    asked.on('end', () => {
      const said: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'))
      posted.push({ authorization: asked.headers.authorization, said })
      answer.writeHead(statuses.shift() ?? 200, { location: '/elsewhere' }).end('{"secret":"of theirs"}')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const environment = { BEDSIDE_SMS_URL: `http://127.0.0.1:${port}/send`, BEDSIDE_SMS_KEY: key }
  return { posted, environment }
}

test.each(languages)(
  '[SMS-1] in %s: invitation, change, cancellation and the last reminder, with link and time and without a name',
  async (language) => {
    const { posted, environment } = await openGateway()
    const { queue, world, rows } = await openPost({ environment })
    for (const kind of letterKinds) {
      const status = kind === 'cancellation' ? 'cancelled' : 'booked'
      world.facts.set('visit-1', facts({ phone, language }, { status }))
      await queue(kind)
    }
    expect(posted).toHaveLength(4)
    const ids = (await rows()).filter(({ way }) => way === 'sms').map(({ letter_id }) => letter_id)
    for (const [index, { authorization, said }] of posted.entries()) {
      expect(authorization).toBe(`Bearer ${key}`)
      expect(said).toMatchObject({ to: '+358401234567', text: expect.stringContaining('Ward 4') })
      const text = JSON.stringify(said)
      expect(ids.some((id) => text.includes(id))).toBe(true)
      expect(text).toMatch(/10[:.]00/)
      expect(text.includes(link)).toBe(letterKinds[index] !== 'cancellation')
      expect(text).not.toMatch(/Juan|García|Diabetes/)
    }
  },
)

test('[SMS-2] whoever has no number gets a letter alone', async () => {
  const { posted, environment } = await openGateway()
  const { queue, server, state } = await openPost({ environment })
  await queue('invitation')
  expect(server.delivered).toHaveLength(1)
  expect(posted).toEqual([])
  expect(await state()).toMatchObject({ state: 'sent', problem: null })
})

test.each([503, 429, 401, 302, 404])(
  '[SMS-3] after %i it is asked again, with the same id, and no redirect is followed',
  async (status) => {
    const { posted, environment } = await openGateway(status)
    const { queue, pass, world } = await openPost({ environment })
    world.facts.set('visit-1', facts({ phone }))
    await queue('invitation')
    expect(posted).toHaveLength(1)
    await pass(minuteMs)
    await pass(hourMs)
    expect(posted).toHaveLength(2)
    expect(posted[1]?.said).toEqual(posted[0]?.said)
  },
)

test('[SMS-4] one that is refused fails alone: the letter has gone, and staff see both', async () => {
  const { posted, environment } = await openGateway(422)
  const { queue, pass, world, server, state } = await openPost({ environment })
  world.facts.set('visit-1', facts({ phone }))
  await queue('invitation')
  await pass(hourMs)
  expect(posted).toHaveLength(1)
  expect(server.delivered).toHaveLength(1)
  expect(await state()).toMatchObject({ state: 'sent', problem: 'SMS: HTTP 422' })
  for (const secret of [key, '12345', '4567', 'theirs']) expect(world.log).not.toContain(secret)
})

test('[SMS-5] a mail server that is down keeps no text message back', async () => {
  const { posted, environment } = await openGateway()
  const { queue, world, server } = await openPost({ environment })
  await server.close()
  world.facts.set('visit-1', facts({ phone }))
  await queue('invitation')
  expect(posted).toHaveLength(1)
})

test('[SMS-6] a number is as it was written, without what is there for the eye; what is none goes nowhere', () => {
  expect(numberOf('(040) 123 45-67')).toBe('0401234567')
  expect(numberOf('+358 40 1234567')).toBe('+358401234567')
  for (const none of ['', '12', 'ring her son', '040 123 ext. 5', '++358401234567', '040;0401111111'])
    expect(numberOf(none), none).toBeNull()
})
