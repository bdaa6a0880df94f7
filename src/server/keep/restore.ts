/** `npm run restore -- --verify BACKUP` and `npm run restore -- BACKUP --to FOLDER`: looks at a backup, or puts it back. */
import { createHmac } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { atCommandLine } from '../command-line.ts'
import { addErased, erasedName, foreignLine, readErasedFile } from '../privacy/erased-list.ts'
import { createEraser, offlineLedger } from '../privacy/eraser.ts'
import { StartError } from '../start-error.ts'
import { newestShape } from '../store/migrations.ts'
import { openSecrets } from '../store/secrets.ts'
import { openStore } from '../store/store.ts'
import { type Checked, checkBackup } from './check.ts'
import { type Manifest, secretProof } from './manifest.ts'
import { putBack } from './put-back.ts'

const usage = `npm run restore -- COMMAND:

  --verify BACKUP          Looks at every byte, the database and the record. Exit code 1 when anything is wrong.
  BACKUP --to FOLDER       Looks at it, and puts it into a folder that is empty or not there yet.
         [--erased FILE]   Whom somebody erased since: erased.log of the old data folder, if there is none beside BACKUP.

BACKUP is a folder that the server made in BEDSIDE_BACKUP_DIR, such as /var/backups/bedside/bedside-20261202T030000000Z.
`

type Asked =
  | { readonly type: 'verify'; readonly backup: string }
  | { readonly type: 'restore'; readonly backup: string; readonly to: string; readonly erased: string }

function readAsked(args: readonly string[]): Asked {
  try {
    const options = {
      verify: { type: 'string' },
      to: { type: 'string' },
      erased: { type: 'string' },
    } as const
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    const [backup, ...others] = positionals
    if (values.verify !== undefined && values.to === undefined && backup === undefined)
      return { type: 'verify', backup: resolve(values.verify) }
    if (values.verify === undefined && values.to !== undefined && backup !== undefined && others.length === 0)
      return {
        ...{ type: 'restore', backup: resolve(backup), to: resolve(values.to) },
        erased: resolve(values.erased ?? join(backup, '..', erasedName)),
      }
  } catch {
    // Said below.
  }
  throw new StartError(usage)
}

function wholeLines(backup: string, { madeMs, files, audit, secret }: Manifest, heads: number): string[] {
  const bytes = files.reduce((all, file) => all + file.bytes, 0)
  const copies = files.filter(({ name }) => name.startsWith('copies/')).length
  return [
    'This backup is whole.',
    `  Made: ${new Date(madeMs).toISOString()}; everything acknowledged before is in it.`,
    `  Files: ${files.length} (${copies} of sealed copies of scans), ${(bytes / 1_048_576).toFixed(1)} MB; every hash holds.`,
    '  Database: sound.',
    `  Record: ${audit.rows} rows in an unbroken chain, and ${heads} signed heads agree with them.`,
    ...secretLines(backup, files, secret),
  ]
}

/** Whether this environment has the secret that the server had. */
type SecretState = 'in-backup' | 'right' | 'other' | 'missing'

function secretLines(backup: string, files: Manifest['files'], proof: string): string[] {
  switch (secretState(backup, files, proof)) {
    case 'in-backup':
      return ['  Secret: its key file is in the backup. Keep the backup like the data itself.']
    case 'right':
      return ['  Secret: BEDSIDE_SECRET is the one that this backup needs.']
    case 'other':
      return [
        '  Secret: BEDSIDE_SECRET IS ANOTHER THAN THE SERVER HAD. With it, tablets stay enrolled, and nobody’s sign-in,',
        '          link or sealed setting opens. Find the old one before you start.',
      ]
    case 'missing':
      return [
        '  Secret: the server had a BEDSIDE_SECRET of its own, which is in no backup. It needs the same one again.',
      ]
  }
}

function secretState(backup: string, files: Manifest['files'], proof: string): SecretState {
  const chosen = process.env.BEDSIDE_SECRET
  if (chosen !== undefined && chosen !== '') {
    const isRight = openSecrets(backup, chosen).digest(secretProof) === proof
    return isRight ? 'right' : 'other'
  }
  if (!files.some(({ name }) => name === 'secret.key')) return 'missing'
  const own = createHmac('sha256', readFileSync(join(backup, 'secret.key'))).update(secretProof)
  return own.digest('base64url') === proof ? 'in-backup' : 'missing'
}

/** Says what was found; null: it must not be used. */
function say(backup: string, checked: Checked): Manifest | null {
  switch (checked.type) {
    case 'whole':
      for (const line of wholeLines(backup, checked.manifest, checked.heads)) console.log(line)
      return checked.manifest
    case 'newer':
      console.error(
        `This backup is of a newer Bedside (shape ${checked.manifest.shape}; this one knows ${newestShape}): use that one, or a newer one.`,
      )
      return null
    case 'broken':
      console.error('This backup is NOT whole and must not be used:')
      for (const line of checked.said) console.error(`  ${line}`)
      return null
  }
}

/** [ERASE-4] Before any server reads it. What is kept by keyed hashes is found only with the secret of before. */
async function eraseAnew(folder: string, list: string): Promise<string[]> {
  if (!existsSync(list))
    return [
      `There is no list of those who were erased (${list}): whoever was erased since the backup is back.`,
    ]
  const chosen = process.env.BEDSIDE_SECRET || null
  // Without one none must be made: it would not be that of before.
  if (chosen === null && !existsSync(join(folder, 'secret.key'))) return leaveToStart(folder, list)
  const store = await openStore(folder, chosen, Date.now())
  try {
    const { db, digest } = store
    const listed = readErasedFile(list, digest)
    addErased(folder, listed.ids, Date.now(), digest)
    const ledger = offlineLedger(db, Date.now)
    const back = await createEraser({ db, digest, now: Date.now, folders: [folder], ledger }).eraseAnew()
    const foreign = foreignLine(list, listed)
    return [`Erased anew, by ${list}: ${back}.`, ...(foreign === null ? [] : [foreign])]
  } finally {
    await store.close()
  }
}

/** [ERASE-7] Whom the list may have erased only the secret says; every start asks it before it serves anybody. */
function leaveToStart(folder: string, list: string): string[] {
  copyFileSync(list, join(folder, erasedName))
  return [
    `NOT YET erased anew: only BEDSIDE_SECRET tells whether the server wrote ${list}. It was copied along, and is applied`,
    'at the first start with the secret of before, and by nobody without it.',
  ]
}

async function run(args: readonly string[]): Promise<boolean> {
  const asked = readAsked(args)
  const manifest = say(asked.backup, checkBackup(asked.backup))
  if (manifest === null) return false
  if (asked.type === 'verify') return true
  await putBack(asked.backup, manifest, asked.to, Date.now())
  for (const line of await eraseAnew(asked.to, asked.erased)) console.log(line)
  console.log(`It was put back into ${asked.to}. Now, in this order:`)
  console.log('  1. Make sure that the old server is stopped, and stays so.')
  console.log(
    `  2. Start this one with BEDSIDE_DATA=${asked.to}, and with the settings and the BEDSIDE_SECRET of before.`,
  )
  console.log(
    '  3. What was done since the backup is lost: look at Staff and Tablets for whom was disabled or revoked since.',
  )
  return true
}

await atCommandLine(run)
