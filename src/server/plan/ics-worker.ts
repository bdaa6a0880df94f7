/** The thread in which a calendar file is read: whatever it holds, the server goes on, and ends the thread when it must. */
import { parentPort, workerData } from 'node:worker_threads'
import * as v from 'valibot'
import { findInIcs } from './ics-found.ts'

const ask = v.object({ text: v.string(), zone: v.string(), nowMs: v.number(), horizonMs: v.number() })

parentPort?.postMessage(findInIcs(v.parse(ask, workerData)))
