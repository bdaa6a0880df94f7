/** `npm run keep -- backup | downtime | alerts`: asks the server that runs, which alone has the database. */
import { readConfig } from '../config.ts'
import { askControl } from '../control.ts'
import { StartError } from '../start-error.ts'
import { keepUsage } from './keeping.ts'

async function run(words: readonly string[]): Promise<boolean> {
  if (words.length !== 1) throw new StartError(...keepUsage)
  const { dataFolder } = readConfig(process.env, [])
  const said = await askControl(dataFolder, ['keep', ...words])
  if (said === null) throw new StartError(`No server runs on the data folder ${dataFolder}.`)
  for (const line of said.lines) console.log(line)
  return !said.failed
}

try {
  process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1
} catch (error) {
  if (!(error instanceof StartError)) throw error
  for (const line of error.lines) console.error(line)
  process.exitCode = 1
}
