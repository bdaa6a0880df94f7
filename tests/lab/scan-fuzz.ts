/**
 * Ten thousand spoilt files of each way of writing pixels: each ends in a picture of that file or in a failure by name,
 * nothing is thrown, nothing hangs, nothing shows what another file showed.
 * `npm run lab:scans -- --runs 10000 --seed 1 [--only ct_rle]`
 */
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

type Job = { readonly name: string; readonly runs: number; readonly seed: number }
type News =
  | { readonly type: 'at'; readonly run: number }
  | {
      readonly type: 'done'
      readonly shown: number
      readonly failed: readonly (readonly [string, number])[]
      readonly broken: { readonly run: number; readonly what: string } | null
    }

/** No file may take longer; a busy machine has some patience with itself. */
const mostMs = 60_000

async function work({ name, runs, seed }: Job): Promise<void> {
  await import('./as-built.ts')
  const { fuzzFile } = await import('./scan-mutations.ts')
  const tell = (news: News) => parentPort?.postMessage(news)
  const { shown, failed, broken } = await fuzzFile(name, runs, seed, (run) => tell({ type: 'at', run }))
  tell({ type: 'done', shown, failed: [...failed], broken })
}

/** What became of one file; null: every promise was kept. */
function fuzzed(job: Job): Promise<string | null> {
  return new Promise((ended) => {
    const startedAt = performance.now()
    let run = 0
    let limit = setTimeout(hangs, mostMs)
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: job })
    function end(what: string | null, told = ''): void {
      clearTimeout(limit)
      void worker.terminate()
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0)
      console.log(`${job.name.padEnd(40)} ${what ?? told} in ${seconds} s`)
      ended(what && `${job.name}, run ${run} of seed ${job.seed}: ${what}`)
    }
    function hangs(): void {
      end('it hangs')
    }
    worker.on('error', (error) => end(`it threw ${error}`))
    worker.on('message', (news: News) => {
      if (news.type === 'at') {
        run = news.run
        clearTimeout(limit)
        limit = setTimeout(hangs, mostMs)
        return
      }
      if (news.broken) run = news.broken.run
      const names = news.failed.map(([name, count]) => `${count} ${name}`).join(', ')
      end(news.broken?.what ?? null, `${news.shown} shown, ${names}`)
    })
  })
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
    },
  })
  await import('./as-built.ts')
  const { oneOfEach } = await import('./scan-mutations.ts')
  const names = oneOfEach.filter((name) => name.includes(values.only))
  if (names.length === 0) throw new Error(`no file of ${oneOfEach.join(', ')} is named ${values.only}`)
  const wrong: string[] = []
  const inTurn = async () => {
    for (let name = names.shift(); name; name = names.shift()) {
      const what = await fuzzed({ name, runs: Number(values.runs), seed: Number(values.seed) })
      if (what) wrong.push(what)
    }
  }
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, inTurn))
  for (const what of wrong) console.log(what)
  console.log(wrong.length === 0 ? 'every promise kept' : `${wrong.length} BROKEN`)
  process.exitCode = wrong.length === 0 ? 0 : 1
}

if (!isMainThread) await work(workerData)
else if (import.meta.main) await main()
