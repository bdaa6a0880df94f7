/** The hospital's record over a real socket: what a message does, what it is answered, and that it is done once (HZ-1). */
import { expect, test } from 'vitest'
import { messagesIn, sendAll } from '../../src/server/adt/send.ts'
import { messageText, otherMarks, readAck, type Told, timeText } from '../fakes/adt.ts'
import { dial, openHospital, wardName } from './adt.ts'

const bed = (label: string) => [wardName, '', label] as const
const anna = { number: 'MRN-1', name: ['Öberg', 'Anna'], born: '19500102' } satisfies Told
const eero = { number: 'DEMO-1048', name: ['Salonen', 'Eero'], born: '19480302' } satisfies Told
const helmi = { number: 'DEMO-1139', name: ['Virtanen', 'Helmi'], born: '19391119' } satisfies Told

test('[ADT-1] admitted, moved, swapped and discharged by messages, as by hand', async () => {
  const ward = await openHospital()
  const said = [
    await ward.says({ trigger: 'A03', people: [eero] }),
    await ward.says({ trigger: 'A01', people: [{ ...anna, place: bed('1') }] }),
  ]
  expect(said.map(({ code }) => code)).toEqual(['AA', 'AA'])
  expect(await ward.lying()).toMatchObject({ 1: 'MRN-1', 2: 'DEMO-1139' })
  const swapped = [
    { ...anna, place: bed('2') },
    { ...helmi, place: bed('1') },
  ]
  expect(await ward.says({ trigger: 'A17', people: swapped })).toMatchObject({ code: 'AA' })
  expect(await ward.lying()).toMatchObject({ 1: 'DEMO-1139', 2: 'MRN-1' })
  await ward.says({ trigger: 'A11', people: [helmi] })
  expect(await ward.says({ trigger: 'A02', people: [{ ...anna, place: bed('1') }] })).toMatchObject({
    code: 'AA',
  })
  const now = await ward.lying()
  expect(now).toMatchObject({ 1: 'MRN-1' })
  expect(now).not.toHaveProperty('2')
  await ward.says({ trigger: 'A12', people: [{ ...anna, place: bed('2') }] })
  expect(await ward.lying()).toMatchObject({ 2: 'MRN-1' })
  await ward.says({ trigger: 'A03', people: [anna] })
  await ward.says({ trigger: 'A13', people: [{ ...anna, place: bed('2') }] })
  expect(await ward.lying()).toMatchObject({ 2: 'MRN-1' })
  await ward.says({ trigger: 'A02', people: [{ ...anna, place: ['ICU', '', '1'] }] })
  expect(await ward.lying()).not.toHaveProperty('2')
})

test('[ADT-3] a correction and a merge change the name at every board and begin no stay', async () => {
  const ward = await openHospital()
  const nurse = await ward.station()
  await ward.says({ trigger: 'A08', people: [{ ...eero, name: ['Salonen', 'Eero Juhani'] }] })
  const told = await nurse.hear('bed.changed', ({ bed }) => bed.patient?.name === 'Eero Juhani Salonen')
  const first = nurse.welcome.snapshot?.beds.find(({ label }) => label === '1')
  expect(told.bed.stay).toEqual(first?.stay)
  await ward.says({ trigger: 'A40', people: [{ ...eero, number: 'MRN-77', former: 'demo 1048' }] })
  const merged = await nurse.hear('bed.changed', ({ bed }) => bed.patient?.number === 'MRN-77')
  expect(merged.bed.stay).toEqual(first?.stay)
  const two = await ward.says({ trigger: 'A40', people: [{ ...helmi, former: 'MRN-77' }] })
  expect(two).toMatchObject({ code: 'AE', error: '207' })
})

test('[ADT-1] a message that comes again is answered as before and changes nothing; another one under its number is refused', async () => {
  const ward = await openHospital()
  const controlId = 'ID-1'
  const at = timeText(Date.now())
  const first = messageText({ trigger: 'A03', people: [eero], controlId, at })
  expect(readAck(await ward.sender.say(first)).code).toBe('AA')
  await ward.says({ trigger: 'A01', people: [{ ...eero, place: bed('1') }] })
  expect(readAck(await ward.sender.say(first)).code).toBe('AA')
  expect(await ward.lying()).toMatchObject({ 1: 'DEMO-1048' })
  const taken = messageText({ trigger: 'A01', people: [{ ...anna, place: bed('1') }], controlId: 'ID-2', at })
  const answers = [await ward.sender.say(taken), await ward.sender.say(taken)].map(readAck)
  expect(answers).toMatchObject([
    { code: 'AE', error: '207', controlId: 'ID-2' },
    { code: 'AE', error: '207', controlId: 'ID-2' },
  ])
  const other = messageText({ trigger: 'A03', people: [helmi], controlId, at })
  expect(readAck(await ward.sender.say(other))).toMatchObject({ code: 'AR', error: '205' })
  expect(await ward.lying()).toMatchObject({ 2: 'DEMO-1139' })
})

test('[ADT-2] what is older than the last word is acknowledged and changes nothing', async () => {
  const ward = await openHospital()
  const base = Date.now() + 60_000
  const at = (seconds: number) => timeText(base + seconds * 1_000)
  await ward.says({ trigger: 'A03', people: [eero], at: at(20) })
  await ward.says({ trigger: 'A02', people: [{ ...anna, place: bed('1') }], at: at(30) })
  const late = await ward.says({ trigger: 'A01', people: [{ ...eero, place: bed('1') }], at: at(10) })
  expect(late.code).toBe('AA')
  expect(await ward.lying()).toMatchObject({ 1: 'MRN-1' })
})

test('[ADT-4] each refusal says where, which and why', async () => {
  const ward = await openHospital()
  const at = timeText(Date.now())
  const refused: [Parameters<typeof ward.says>[0], string][] = [
    [{ trigger: 'A01', people: [{ ...anna, place: bed('99') }] }, 'This ward has no such bed'],
    [{ trigger: 'A01', people: [{ ...anna, place: bed('1') }] }, 'Somebody else lies in this bed'],
    [{ trigger: 'A01', people: [anna] }, 'PV1-3 names no bed'],
    [{ trigger: 'A02', people: [{ ...anna, place: [wardName, '', ''] }] }, 'PV1-3 names no bed'],
    [
      { trigger: 'A01', people: [{ name: anna.name, place: bed('1') }] },
      'PID-3 holds no number of the hospital',
    ],
    [
      { trigger: 'A03', people: [{ ...eero, name: ['Else', 'Somebody'], born: '19991231' }] },
      'Somebody of another name and birth has this number here',
    ],
    [{ trigger: 'A40', people: [anna] }, 'MRG-1 holds no number of the hospital'],
    [{ trigger: 'A17', people: [eero] }, 'PID is missing, or for a swap there are not two'],
    [{ trigger: 'A03', people: [eero], at: '' }, 'Neither EVN-2 nor MSH-7 holds a time'],
    [
      { trigger: 'A03', people: [eero], at: timeText(Date.now() + 7_200_000) },
      'The time of the event is more than an hour ahead',
    ],
    [
      { trigger: 'A03', people: [eero], charset: 'UNICODE UTF-16' },
      'The text is not in the character set of MSH-18',
    ],
    [
      { trigger: 'A05', people: [eero] },
      'Not one of A01 A02 A03 A08 A09 A10 A11 A12 A13 A17 A21 A22 A32 A33 A40 A52 A53',
    ],
    [{ trigger: 'A03', people: [eero], controlId: '' }, 'MSH-10 is missing or longer than 199'],
  ]
  const before = await ward.lying()
  for (const [say, text] of refused) expect(await ward.says(say), text).toMatchObject({ text })
  await ward.says({ trigger: 'A03', people: [helmi] })
  expect(
    await ward.says({ trigger: 'A01', people: [{ ...anna, born: '1950', place: bed('2') }] }),
  ).toMatchObject({
    code: 'AE',
    error: '101',
    text: 'PID-7 holds no whole date of birth',
  })
  expect(
    await ward.says({ trigger: 'A01', people: [{ number: 'M', born: '19500101', place: bed('2') }] }),
  ).toMatchObject({
    text: 'PID-5 is missing',
  })
  const answer = await ward.sender.say('PID|1\rMSH|^~\\&|x\r')
  expect(readAck(answer)).toMatchObject({ code: 'AR', error: '100' })
  const { 2: _, ...others } = before
  expect(await ward.lying()).toEqual(others)
  expect(at).not.toBe('')
})

test('[ADT-5] delimiters, escapes, repetitions, Z-segments and character sets are the sender’s', async () => {
  const ward = await openHospital()
  await ward.says({ trigger: 'A03', people: [eero] })
  const odd = { number: 'MRN-2', name: ['Mc^Kay & Söhne|x~\\', 'Zoë'], born: '19610203' } satisfies Told
  const more = ['ZPV|1|what|||ever^else', 'OBX|1|TX|||a\\.br\\b']
  for (const [marks, charset, encoding] of [
    [undefined, 'UNICODE UTF-8', 'utf8'],
    [otherMarks, '8859/1', 'latin1'],
  ] as const) {
    const say = {
      trigger: 'A01',
      people: [{ ...odd, place: bed('1') }],
      controlId: charset,
      at: timeText(Date.now()),
    }
    const text = messageText({ ...say, more, charset, ...(marks && { marks }) })
    const answer = await ward.sender.say(Buffer.from(text, encoding))
    expect(answer.charAt(3)).toBe(marks?.field ?? '|')
    expect(readAck(answer)).toMatchObject({ code: 'AA', controlId: charset })
    const row = await ward.store.db
      .selectFrom('admissions')
      .select('name')
      .where('number', '=', 'MRN-2')
      .where('ended_ms', 'is', null)
      .executeTakeFirst()
    expect(row?.name).toBe('Zoë Mc^Kay & Söhne|x~\\')
    await ward.says({ trigger: 'A03', people: [odd] })
  }
  const broken = messageText({
    trigger: 'A01',
    people: [{ ...odd, place: bed('1') }],
    controlId: 'b',
    at: timeText(Date.now()),
  })
  expect(readAck(await ward.sender.say(Buffer.from(broken, 'latin1')))).toMatchObject({
    code: 'AR',
    text: 'The text is not in the character set of MSH-18',
  })
})

test('[ADT-12] frames come in pieces, together, after line ends, begun anew; giants and noise end the connection', async () => {
  const ward = await openHospital()
  const message = (controlId: string) =>
    messageText({ trigger: 'A08', people: [eero], controlId, at: timeText(Date.now()) })
  const { sender } = ward
  for (const byte of Buffer.from(`\x0b${message('pieces')}\x1c\r`)) sender.write(Buffer.of(byte))
  expect(readAck(await sender.answer())).toMatchObject({ code: 'AA', controlId: 'pieces' })
  sender.write(`\r\n\x0b${message('one')}\x1c\r\n\x0b${message('two')}\x1c\r`)
  expect(readAck(await sender.answer()).controlId).toBe('one')
  expect(readAck(await sender.answer()).controlId).toBe('two')
  sender.write(`\x0bMSH|^~\\&|given up\x0b${message('anew')}\x1c\r`)
  expect(readAck(await sender.answer())).toMatchObject({ code: 'AA', controlId: 'anew' })
  const giant = await dial(ward.port)
  giant.write(`\x0b${message('giant')}`)
  giant.write('x'.repeat(300 * 1024))
  expect(readAck(await giant.answer())).toMatchObject({ code: 'AR', controlId: 'giant', error: '207' })
  await giant.closed
  const noise = await dial(ward.port)
  noise.write('GET / HTTP/1.1\r\n'.repeat(100))
  await noise.closed
  const cut = await dial(ward.port)
  cut.write(`\x0b${message('cut').slice(0, 40)}`)
  cut.socket.destroy()
  expect(await ward.says({ trigger: 'A08', people: [eero] })).toMatchObject({ code: 'AA' })
})

test('[ADT-12] a frame that does not end in time ends its connection, drop by drop or not at all', async () => {
  const ward = await openHospital({ limits: { frameMs: 150 } })
  const slow = await dial(ward.port)
  slow.write('\x0bMSH|')
  const dripping = setInterval(() => slow.write('x'), 20)
  await slow.closed
  clearInterval(dripping)
  expect(await ward.says({ trigger: 'A08', people: [eero] })).toMatchObject({ code: 'AA' })
})

test('[ADT-12] nobody but the senders that are named is read', async () => {
  const ward = await openHospital({ environment: { BEDSIDE_ADT_FROM: '10.1.2.3' } })
  const stranger = await dial(ward.port)
  stranger.write('\x0bMSH|')
  await stranger.closed
})

test('[ADT-12] a file of messages is sent one by one, and each is answered', async () => {
  const ward = await openHospital()
  const at = timeText(Date.now())
  const file = ['a', 'b'].map((controlId) => messageText({ trigger: 'A08', people: [eero], controlId, at }))
  const text = `some remark\n${file.join('\n').replaceAll('\r', '\n')}`
  const answers = await sendAll(ward.port, '127.0.0.1', messagesIn(Buffer.from(text)))
  expect(answers.map(readAck)).toMatchObject([
    { code: 'AA', controlId: 'a' },
    { code: 'AA', controlId: 'b' },
  ])
})
