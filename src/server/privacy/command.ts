/** `npm run privacy -- …`: asks the running server, or opens its data when none runs; what `access` gives it writes itself. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { atCommandLine, sayOutcome } from '../command-line.ts'
import { readConfig } from '../config.ts'
import { askControl, type Outcome } from '../control.ts'
import { StartError } from '../start-error.ts'
import { databaseFile, openStore } from '../store/store.ts'
import { accessFiles, privacyUsage, runPrivacy } from './commands.ts'
import { createEraser, offlineLedger } from './eraser.ts'
import { erasedFolders } from './privacy.ts'

async function ask(words: readonly string[]): Promise<Outcome> {
  const config = readConfig(process.env, [])
  const { dataFolder, secret, retention, zone, language } = config
  const answered = await askControl(dataFolder, ['privacy', ...words])
  if (answered) return answered
  if (!existsSync(databaseFile(dataFolder))) throw new StartError(`There is no database in ${dataFolder}.`)
  const store = await openStore(dataFolder, secret, Date.now())
  try {
    const { db, digest } = store
    const ledger = offlineLedger(db, Date.now)
    const eraser = createEraser({ db, digest, now: Date.now, folders: erasedFolders(config), ledger })
    const said = await runPrivacy({ db, now: Date.now, eraser, retention, zone, language }, [
      'privacy',
      ...words,
    ])
    return said ?? { lines: privacyUsage, failed: true }
  } finally {
    await store.close()
  }
}

/** The folder that was named, and the words without it. */
function takeOut(words: readonly string[]): { readonly out: string | null; readonly rest: string[] } {
  const at = words.indexOf('--out')
  const out = at < 0 ? undefined : words[at + 1]
  if (out === undefined) return { out: null, rest: [...words] }
  return { out: resolve(out), rest: words.toSpliced(at, 2) }
}

function prepare(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new StartError(`${folder} is not empty: name a folder that is, or is not there yet.`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

async function run(words: readonly string[]): Promise<Outcome> {
  if (words.length === 0) return { lines: privacyUsage, failed: true }
  const { out, rest } = takeOut(words)
  const isAccess = rest[0] === 'access'
  if (isAccess !== (out !== null)) return { lines: privacyUsage, failed: true }
  if (out !== null) prepare(out)
  const said = await ask(rest)
  if (!isAccess || said.failed || out === null) return said
  const files = v.parse(accessFiles, JSON.parse(said.lines[0] ?? '[]'))
  for (const { name, text } of files) writeFileSync(join(out, name), text, { mode: 0o600, flag: 'wx' })
  return {
    lines: [
      `Written into ${out}: ${files.map(({ name }) => name).join(', ')}.`,
      'Read page.html first: it begins with other people’s names.',
    ],
    failed: false,
  }
}

await atCommandLine(async (words) => sayOutcome(await run(words)))
