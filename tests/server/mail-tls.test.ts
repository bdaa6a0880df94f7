/** Letters are read by nobody on their way to the mail server, and only it learns the password. */
import { expect, test } from 'vitest'
import { openMailServer } from '../fakes/mail-server.ts'
import { certificate, certificateKey } from './certificate.ts'
import { openPost } from './mail.ts'

const tlsServer = { key: certificateKey, cert: certificate, disabledCommands: [] }

test('[MAIL-22] STARTTLS is used where it is offered', async () => {
  const server = await openMailServer(tlsServer)
  const { queue } = await openPost({ server })
  await queue('invitation')
  expect(server.delivered.map(({ isEncrypted }) => isEncrypted)).toEqual([true])
})

test('[MAIL-23] a password is said to the server alone; a wrong one is tried again, as a person can mend it', async () => {
  let isRight = false
  const server = await openMailServer({
    ...tlsServer,
    authOptional: false,
    onAuth: ({ username, password }, _session, done) =>
      isRight && username === 'bedside' && password === 'pass word'
        ? done(null, { user: username })
        : done(new Error('wrong password')),
  })
  const environment = { BEDSIDE_SMTP_URL: `smtp://bedside:pass%20word@127.0.0.1:${server.port}` }
  const { queue, pass, state, world } = await openPost({ server, environment })
  await queue('invitation')
  expect(await state()).toMatchObject({ state: 'waiting', problem: expect.stringContaining('535') })
  isRight = true
  await pass(15_000)
  expect(await state()).toMatchObject({ state: 'sent' })
  expect(world.log).not.toContain('pass word')
})

test('[MAIL-22] where encryption is required nothing goes to a server that offers none, or shows a certificate of its own making', async () => {
  const changes = { tls: 'required', isHere: false } as const
  for (const server of [await openMailServer(), await openMailServer(tlsServer)]) {
    const { queue, state } = await openPost({ server, changes })
    await queue('invitation')
    expect(server.delivered).toEqual([])
    expect(await state()).toMatchObject({ state: 'waiting', problem: expect.any(String) })
  }
})
