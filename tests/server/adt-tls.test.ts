/** The hospital's record over TLS: only who shows a certificate of the hospital's own is heard (HZ-1). */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConnectionOptions, connect } from 'node:tls'
import { expect, test } from 'vitest'
import { messageText, readAck, type Told, timeText } from '../fakes/adt.ts'
import { type Made, makeAuthority, makeCertificate } from '../fakes/certificates.ts'
import { dial, openHospital } from './adt.ts'
import { temporaryFolder } from './ward.ts'

const eero = { number: 'DEMO-1048', name: ['Salonen', 'Eero'], born: '19480302' } satisfies Told
const hospital = makeAuthority('Hospital')
const stranger = makeAuthority('Hospital')

const discharge = (controlId: string) =>
  messageText({ trigger: 'A03', people: [eero], controlId, at: timeText(Date.now()) })

async function openBehindTls() {
  const folder = temporaryFolder()
  const own = makeCertificate(hospital)
  const files = { CERT: own.cert, KEY: own.key, CA: hospital.cert }
  const environment = Object.entries(files).map(([name, text]) => {
    const path = join(folder, `${name}.pem`)
    writeFileSync(path, text)
    return [`BEDSIDE_ADT_TLS_${name}`, path] as const
  })
  const ward = await openHospital({
    environment: Object.fromEntries(environment),
    limits: { frameMs: 300 },
  })
  const through = (shown: Partial<Made>, options: ConnectionOptions = {}) =>
    dial(
      ward.port,
      connect({
        port: ward.port,
        host: '127.0.0.1',
        servername: 'localhost',
        ca: hospital.cert,
        ...shown,
        ...options,
      }),
    )
  return { ...ward, through }
}

test('[ADT-12] with a certificate of the hospital’s a message is heard over TLS, and answered', async () => {
  const ward = await openBehindTls()
  const engine = await ward.through(makeCertificate(hospital))
  expect(readAck(await engine.say(discharge('tls')))).toMatchObject({ code: 'AA', controlId: 'tls' })
  expect(engine.socket).toMatchObject({ authorized: true })
  expect(await ward.lying()).not.toHaveProperty('1')
})

test.each([
  ['without a certificate', () => ({})],
  ['with one of an authority of the same name', () => makeCertificate(stranger)],
  ['with one that has expired', () => makeCertificate(hospital, Date.now() - 60_000)],
])('[ADT-12] %s nothing is heard over TLS, in either version of it', async (_, shown) => {
  const ward = await openBehindTls()
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    const sender = await ward.through(shown(), { maxVersion })
    sender.write(`\x0b${discharge(maxVersion)}\x1c\r`)
    await sender.closed
  }
  expect(await ward.lying()).toMatchObject({ 1: 'DEMO-1048' })
  expect(await ward.store.db.selectFrom('adt_messages').selectAll().execute()).toEqual([])
  const engine = await ward.through(makeCertificate(hospital))
  expect(readAck(await engine.say(discharge('after')))).toMatchObject({ code: 'AA' })
})

test('[ADT-12] a plain message, and a connection that says nothing, are ended where TLS is asked for', async () => {
  const ward = await openBehindTls()
  const plain = await dial(ward.port)
  plain.write(`\x0b${discharge('plain')}\x1c\r`)
  await plain.closed
  const silent = await dial(ward.port)
  await silent.closed
  expect(await ward.lying()).toMatchObject({ 1: 'DEMO-1048' })
})

test('[ADT-12] half a message over TLS, then a cut, is no message, and its rest is none on another connection', async () => {
  const ward = await openBehindTls()
  const own = makeCertificate(hospital)
  const text = discharge('half')
  const first = await ward.through(own)
  expect(
    readAck(
      await first.say(
        messageText({ trigger: 'A08', people: [eero], controlId: 'before', at: timeText(Date.now()) }),
      ),
    ),
  ).toMatchObject({ code: 'AA' })
  first.write(`\x0b${text.slice(0, -20)}`)
  first.socket.destroy()
  const second = await ward.through(own)
  second.write(`${text.slice(-20)}\x1c\r`)
  expect(
    readAck(
      await second.say(
        messageText({ trigger: 'A08', people: [eero], controlId: 'next', at: timeText(Date.now()) }),
      ),
    ),
  ).toMatchObject({ code: 'AA', controlId: 'next' })
  expect(await ward.lying()).toMatchObject({ 1: 'DEMO-1048' })
  expect(readAck(await second.say(text))).toMatchObject({ code: 'AA', controlId: 'half' })
  expect(await ward.lying()).not.toHaveProperty('1')
})
