/** Sends a hospital's history through a bad way to a real server, and compares ward and answers with the model's. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AdmissionAct } from '../../../src/protocol/admission.ts'
import { unspoken } from '../../../src/protocol/wishes.ts'
import { createFrames } from '../../../src/server/adt/frames.ts'
import { readConfig } from '../../../src/server/config.ts'
import { type RunningServer, startServer } from '../../../src/server/server.ts'
import { framed, messageText, readAck } from '../../fakes/adt.ts'
import { between, type Chance, mulberry32, pick } from '../prng.ts'
import { Hospital, type Letter } from './hospital.ts'
import { Model, type StayRow } from './model.ts'

export type Result = {
  readonly messages: number
  readonly refused: ReadonlyMap<string, number>
  readonly violations: readonly string[]
}

const wardName = 'Ward 4B'
const dayMs = 86_400_000

/** `wrong`: breaks the model on purpose, so that it is seen that a difference is found. */
export async function run(seed: number, messages: number, wrong = false): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bedside-adt-'))
  mkdirSync(join(folder, 'app'))
  writeFileSync(join(folder, 'app', 'index.html'), '<!doctype html><title>Bedside</title>')
  const clock = { nowMs: Math.floor(Date.now() / 1000) * 1000 }
  const environment = { BEDSIDE_PORT: '0', BEDSIDE_DATA: join(folder, 'data'), BEDSIDE_ADT_PORT: '0' }
  const server = await startServer({
    config: readConfig({ ...environment, BEDSIDE_LOG: 'silent', BEDSIDE_DEMO_PLAN: 'none' }, []),
    appFolder: join(folder, 'app'),
    now: () => clock.nowMs,
    onFault: (error) => {
      throw error
    },
  })
  try {
    return await send(server, clock, { chance: mulberry32(seed), messages, wrong })
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Clock = { nowMs: number }
type Sending = { readonly chance: Chance; readonly messages: number; readonly wrong: boolean }

async function send(
  server: RunningServer,
  clock: Clock,
  { chance, messages, wrong }: Sending,
): Promise<Result> {
  const { db } = server.inside.store
  const rows = await read(server)
  const labels = (await db.selectFrom('beds').select('label').orderBy('position').execute()).map(
    ({ label }) => label,
  )
  const stays: StayRow[] = rows.map((row) => ({
    ...{ ...row, away: false, awayByHandMs: 0 },
    byHand: true,
    changedMs: clock.nowMs,
    named: 'hand',
  }))
  const model = new Model(wardName, labels, stays)
  const hospital = new Hospital(
    chance,
    wardName,
    labels,
    rows.map(({ number, name, born, bed }) => ({
      ...{ number, bed, born: born.replaceAll('-', ''), dead: false },
      name: [name.split(' ').at(-1) ?? '', name.split(' ')[0] ?? ''] as const,
    })),
  )
  const line = await dial(server.adtPort ?? 0)
  const refused = new Map<string, number>()
  const violations: string[] = []
  /** On their way: the step at which each arrives. */
  const under: { readonly letter: Letter; readonly step: number }[] = []
  let sent = 0
  for (let step = 0; sent < messages; step += 1) {
    clock.nowMs += between(chance, 1, 120) * 1000
    const letter = hospital.next(clock.nowMs)
    // For a day nothing arrives, and then everything.
    const isDown = step % 400 >= 340
    if (isDown) clock.nowMs += Math.floor(dayMs / 60)
    const wait = () => (chance() < 0.88 ? 0 : between(chance, 1, chance() < 0.8 ? 6 : 50))
    const arrives = (extra: number) =>
      isDown ? step - (step % 400) + 400 + between(chance, 0, 3) : step + extra
    under.push({ letter, step: arrives(wait()) })
    if (chance() < 0.1) under.push({ letter, step: arrives(wait() + between(chance, 0, 20)) })
    if (chance() < 0.12) under.push({ letter: hospital.spoil(letter), step: arrives(wait()) })
    if (chance() < 0.08) await byHand(server, model, clock, { chance, hospital })
    const due = under.filter((one) => one.step <= step)
    for (const one of due) under.splice(under.indexOf(one), 1)
    for (const { letter: now } of due) {
      model.nowMs = clock.nowMs
      const text = model.take(now)
      const answer = readAck(await line.say(bytesOf(now)))
      sent += 1
      const code = text === '' ? 'AA' : 'not AA'
      if (answer.text !== text || (answer.code === 'AA') !== (code === 'AA'))
        violations.push(
          `${sent} ${now.say.controlId} ${JSON.stringify(now.say)}: "${answer.code} ${answer.text}", not "${text}"`,
        )
      if (text !== '') refused.set(text, (refused.get(text) ?? 0) + 1)
    }
    if (due.length > 0 && (step % 20 === 0 || sent >= messages))
      violations.push(...(await differences(server, model, sent)))
    if (violations.length > 10) break
  }
  await line.damage(chance)
  const ready = await fetch(`${server.origin}/readyz`)
  if (!ready.ok) violations.push('the server is not ready')
  if (wrong) model.stays.splice(0, 1, ...model.stays.slice(0, 1).map((stay) => ({ ...stay, bed: 'X' })))
  violations.push(...(await differences(server, model, sent)))
  line.end()
  return { messages: sent, refused, violations }
}

function bytesOf({ say, encoding, broken }: Letter): Buffer {
  const text = messageText(say)
  const isSpoilt = broken === 'This is no HL7 v2 message with a sound MSH segment'
  return Buffer.from(isSpoilt ? text.replace('MSH', 'MSX') : text, encoding)
}

type Lying = { number: string; name: string; born: string; bed: string; away: number | null }

async function read(server: RunningServer): Promise<Lying[]> {
  return await server.inside.store.db
    .selectFrom('admissions')
    .innerJoin('beds', 'beds.bed_id', 'admissions.bed_id')
    .select(['label as bed', 'number', 'name', 'born', 'away_since_ms as away'])
    .where('ended_ms', 'is', null)
    .orderBy('position')
    .execute()
}

async function differences(server: RunningServer, model: Model, sent: number): Promise<string[]> {
  const said = model.stays.filter(({ bed }) => bed !== null)
  const text = ({ bed, number, name, born, away }: StayRow | Lying) =>
    `${bed} ${number} ${name} ${born}${away === null || away === false ? '' : ' away'}`
  const one = said.map(text).sort()
  const other = (await read(server)).map(text).sort()
  if (JSON.stringify(one) === JSON.stringify(other)) return []
  return [`after ${sent}: the ward is ${other.join('; ')}, the model's ${one.join('; ')}`]
}

type Hand = { readonly chance: Chance; readonly hospital: Hospital }

/** A nurse admits, moves or discharges at the station, or says that somebody is away, or back; and mostly whom the hospital says otherwise of. */
async function byHand(server: RunningServer, model: Model, clock: Clock, hand: Hand): Promise<void> {
  const { chance, hospital } = hand
  const free = model.labels.find((label) => !model.inBed(label))
  const lying = model.stays.filter(({ bed }) => bed !== null)
  const others = lying.filter(({ number, bed }) => !hospital.agrees(number, bed))
  const isMending = others.length > 0 && chance() < 0.8
  const what = isMending ? 'discharge' : pick(chance, ['move', 'discharge', 'admit', 'away', 'away'])
  const changed = { byHand: true, changedMs: clock.nowMs, away: false }
  if (what === 'admit') {
    if (free === undefined) return
    const patient = { number: `HAND-${clock.nowMs}`, name: 'Hand Made', born: '1960-01-01' }
    model.stays.push({ ...patient, ...changed, bed: free, named: 'hand', awayByHandMs: 0 })
    const ids = { actId: `h${clock.nowMs}`, admissionId: `a${clock.nowMs}` }
    return await does(server, {
      ...{ type: 'admission.admit', ...ids, patient, wishes: unspoken },
      bedId: await bedIdOf(server, free),
    })
  }
  if (lying.length === 0 || (what === 'move' && free === undefined)) return
  const stay = pick(chance, isMending ? others : lying)
  const at = { actId: `h${clock.nowMs}`, admissionId: await admissionIn(server, stay.bed ?? '') }
  if (what === 'away') {
    Object.assign(stay, { away: !stay.away, awayByHandMs: clock.nowMs })
    return await does(server, { type: 'admission.away', ...at, now: stay.away ? 'away' : 'back' })
  }
  if (what === 'discharge') {
    Object.assign(stay, { ...changed, bed: null })
    return await does(server, { type: 'admission.discharge', ...at, born: stay.born, number: stay.number })
  }
  Object.assign(stay, { ...changed, bed: free })
  await does(server, { type: 'admission.move', ...at, bedId: await bedIdOf(server, free ?? '') })
}

async function does(server: RunningServer, act: AdmissionAct): Promise<void> {
  const refusal = await server.inside.plan.admit({ type: 'operator' }, act)
  if (refusal !== null) throw new Error(`by hand: ${refusal}`)
}

async function bedIdOf(server: RunningServer, label: string): Promise<string> {
  const query = server.inside.store.db.selectFrom('beds').select('bed_id').where('label', '=', label)
  return (await query.executeTakeFirstOrThrow()).bed_id
}

async function admissionIn(server: RunningServer, label: string): Promise<string> {
  const query = server.inside.store.db
    .selectFrom('admissions')
    .select('admission_id')
    .where('bed_id', '=', await bedIdOf(server, label))
    .where('ended_ms', 'is', null)
  return (await query.executeTakeFirstOrThrow()).admission_id
}

async function dial(port: number) {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  const frames = createFrames()
  let hear: (answer: string) => void = () => {}
  let fail: (error: Error) => void = () => {}
  socket.on('error', (error) => fail(error))
  socket.on('close', () => fail(new Error('the server hung up')))
  socket.on('data', (chunk: Buffer) => {
    for (const one of frames.push(chunk)) if (one.type === 'frame') hear(one.bytes.toString('latin1'))
  })
  const say = (message: Buffer) =>
    new Promise<string>((resolve, reject) => {
      hear = resolve
      fail = reject
      // In two packets, wherever that divides it.
      const bytes = framed(message)
      socket.write(bytes.subarray(0, bytes.length >> 1))
      socket.write(bytes.subarray(bytes.length >> 1))
    })
  return {
    say,
    /** Bytes of no message: whatever they are answered, the server answers. */
    async damage(chance: Chance): Promise<void> {
      for (let n = 0; n < 50; n += 1) {
        const noise = Buffer.from(
          Array.from({ length: between(chance, 0, 400) }, () => between(chance, 0x20, 0xff)),
        )
        const head = chance() < 0.5 ? Buffer.from('MSH|^~\\&|HIS|GH|||x||ADT^A01|') : Buffer.alloc(0)
        await say(Buffer.concat([head, noise]))
      }
    },
    end: () => socket.destroy(),
  }
}
