/** Reads a calendar file beside the server: on a thread of its own, for as long as a file may take, and no longer. */
import { Worker } from 'node:worker_threads'
import * as v from 'valibot'
import { icsRefusal, importSkip } from '../../protocol/plan-share.ts'
import type { FoundAll, IcsAsk } from './ics-found.ts'

const mostMs = 5_000
const mostMegabytes = 128

/** What comes over from the thread. */
const answer: v.GenericSchema<unknown, FoundAll> = v.variant('type', [
  v.strictObject({
    type: v.literal('read'),
    found: v.array(
      v.strictObject({
        line: v.number(),
        key: v.string(),
        uid: v.string(),
        sequence: v.number(),
        modifiedMs: v.nullable(v.number()),
        title: v.string(),
        place: v.nullable(v.string()),
        isTentative: v.boolean(),
        startMs: v.nullable(v.number()),
        endMs: v.nullable(v.number()),
        why: v.nullable(importSkip),
      }),
    ),
  }),
  v.strictObject({ type: v.literal('refused'), why: icsRefusal, line: v.nullable(v.number()) }),
])

/** `too-slow`: it took longer than `limitMs`, or more memory than it may. */
export async function readIcs(ask: IcsAsk, limitMs = mostMs): Promise<FoundAll> {
  const worker = new Worker(new URL('./ics-worker.ts', import.meta.url), {
    workerData: ask,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  const { promise, resolve } = Promise.withResolvers<FoundAll>()
  const tooSlow = { type: 'refused', why: 'too-slow', line: null } as const
  const timer = setTimeout(() => resolve(tooSlow), limitMs)
  worker.once('message', (message: unknown) => resolve(v.parse(answer, message)))
  worker.once('error', () => resolve(tooSlow))
  worker.once('exit', () => resolve(tooSlow))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
