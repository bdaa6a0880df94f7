/** A demo ward that listens to a hospital's record, and a sender of one's own. */
import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { createFrames } from '../../src/server/adt/frames.ts'
import { framed, messageText, readAck, type Say, timeText } from '../fakes/adt.ts'
import { openWard, type WardOptions } from './ward.ts'

export const wardName = 'Ward 4B'

export async function openHospital(options: WardOptions = {}) {
  const ward = await openWard({
    ...options,
    environment: { BEDSIDE_ADT_PORT: '0', BEDSIDE_ZONE: 'Europe/Helsinki', ...options.environment },
  })
  const port = ward.adtPort ?? 0
  const sender = await dial(port)
  const { db } = ward.store

  return {
    ...ward,
    port,
    sender,
    /** By label, whose number lies there. */
    async lying(): Promise<Record<string, string>> {
      const rows = await db
        .selectFrom('admissions')
        .innerJoin('beds', 'beds.bed_id', 'admissions.bed_id')
        .select(['label', 'number'])
        .where('ended_ms', 'is', null)
        .orderBy('position')
        .execute()
      return Object.fromEntries(rows.map(({ label, number }) => [label, number]))
    },
    async says(say: Partial<Say> & Pick<Say, 'trigger' | 'people'>) {
      const whole = { controlId: randomUUID(), at: timeText(Date.now()), ...say }
      return readAck(await sender.say(messageText(whole)))
    },
  }
}

export type Hospital = Awaited<ReturnType<typeof openHospital>>

/** Answers come in the order of what was said. */
export async function dial(port: number, socket: Socket = connect(port, '127.0.0.1')) {
  const frames = createFrames()
  const answers: string[] = []
  const waiting: ((answer: string) => void)[] = []
  socket.on('data', (chunk: Buffer) => {
    for (const one of frames.push(chunk)) {
      if (one.type !== 'frame') continue
      const text = one.bytes.toString('latin1')
      const next = waiting.shift()
      if (next) next(text)
      else answers.push(text)
    }
  })
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  const answer = () => {
    const there = answers.shift()
    return there === undefined
      ? new Promise<string>((resolve) => waiting.push(resolve))
      : Promise.resolve(there)
  }
  return {
    socket,
    closed,
    answer,
    write: (bytes: Buffer | string) => socket.write(bytes),
    say(message: Buffer | string): Promise<string> {
      socket.write(framed(message))
      return answer()
    },
  }
}
