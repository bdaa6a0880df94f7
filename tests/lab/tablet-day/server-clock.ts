/**
 * Loaded into a server before anything of its own (`node --import`): its clock can be set ahead, by whoever asks at
 * `LAB_CLOCK_PORT`. It starts `LAB_AHEAD_MS` ahead.
 */
import { createServer } from 'node:http'
import { isMainThread } from 'node:worker_threads'
import { installLeaps } from './leaps.ts'

if (isMainThread) {
  // What the server starts itself has a clock of its own.
  delete process.env.NODE_OPTIONS
  installLeaps(Number(process.env.LAB_AHEAD_MS ?? 0))
  createServer(async ({ url = '' }, answer) => {
    await leaps.leapTo(Number(url.slice(1)))
    answer.end(String(Date.now()))
  })
    .listen(Number(process.env.LAB_CLOCK_PORT), '127.0.0.1')
    .unref()
}
