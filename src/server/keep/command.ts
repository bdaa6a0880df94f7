/** `npm run keep -- backup | downtime | alerts`: asks the server that runs, which alone has the database. */
import { atCommandLine, sayOutcome } from '../command-line.ts'
import { readConfig } from '../config.ts'
import { askControl } from '../control.ts'
import { StartError } from '../start-error.ts'
import { keepUsage } from './keeping.ts'

async function run(words: readonly string[]): Promise<boolean> {
  if (words.length !== 1) throw new StartError(...keepUsage)
  const { dataFolder } = readConfig(process.env, [])
  const said = await askControl(dataFolder, ['keep', ...words])
  if (said === null) throw new StartError(`No server runs on the data folder ${dataFolder}.`)
  return sayOutcome(said)
}

await atCommandLine(run)
