/** `npm run staff -- …`: asks the running server, or opens its data when none runs. */
import { existsSync } from 'node:fs'
import { atCommandLine, sayOutcome } from './command-line.ts'
import { readConfig } from './config.ts'
import { askControl, type Outcome } from './control.ts'
import { runCommand, usage } from './sign-in/commands.ts'
import { databaseFile, openStore } from './store/store.ts'
import { claimForProduction } from './ward.ts'

async function run(words: readonly string[]): Promise<Outcome> {
  if (words.length === 0) return { lines: usage, failed: true }
  const config = readConfig(process.env, [])
  const answered = await askControl(config.dataFolder, words)
  if (answered) return answered
  const isNew = !existsSync(databaseFile(config.dataFolder))
  if (isNew && words[0] !== 'add') {
    const begin = 'npm run staff -- add … begins a real ward there.'
    return { lines: [`There is nothing in the data folder ${config.dataFolder} yet: ${begin}`], failed: true }
  }
  const store = await openStore(config.dataFolder, config.secret, Date.now())
  try {
    if (words[0] === 'add') await claimForProduction(store.db)
    const origin = config.origin ?? `${config.tls ? 'https' : 'http'}://localhost:${config.port}`
    return await runCommand({ store, origin, now: Date.now, review: async () => {} }, words)
  } finally {
    await store.close()
  }
}

await atCommandLine(async (words) => sayOutcome(await run(words)))
