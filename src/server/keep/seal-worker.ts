/** The thread on which a backup is sealed: gigabytes are hashed here, and calls are relayed elsewhere. */
import { parentPort, workerData } from 'node:worker_threads'
import * as v from 'valibot'
import { sealBackup } from './seal.ts'

const order = v.object({
  backupFolder: v.string(),
  dataFolder: v.string(),
  madeMs: v.number(),
  secret: v.string(),
  hourly: v.number(),
  daily: v.number(),
})

parentPort?.postMessage(sealBackup(v.parse(order, workerData)))
