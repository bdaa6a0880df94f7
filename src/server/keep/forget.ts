/** A sealed copy of a scan that has ended is gone from the backups too: in one of them it would outlive its time (HZ-9). */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest, manifestName, manifestText, parseManifest } from './manifest.ts'

const copiesIn = (folder: string) => join(folder, 'copies')

/** Of one backup all copies but those that go on. What a crash left half done is done the next time. */
export function forgetCopies(folder: string, open: ReadonlySet<string>): void {
  if (!existsSync(copiesIn(folder))) return
  const ended = readdirSync(copiesIn(folder)).filter((copyId) => !open.has(copyId))
  const manifest = parseManifest(readFileSync(join(folder, manifestName), 'utf8'))
  // One that does not hold is left as it is: it is no backup any more, and says so when it is looked at.
  if (ended.length === 0 || !manifest) return
  rewrite(folder, withoutCopies(manifest, new Set(ended)))
  for (const copyId of ended) rmSync(join(copiesIn(folder), copyId), { recursive: true, force: true })
}

function withoutCopies(manifest: Manifest, ended: ReadonlySet<string>): Manifest {
  const files = manifest.files.filter(({ name }) => {
    const [folder, copyId = ''] = name.split('/')
    return folder !== 'copies' || !ended.has(copyId)
  })
  return { ...manifest, files }
}

function rewrite(folder: string, manifest: Manifest): void {
  // Beside the backup, so that no reader ever finds a stranger in it.
  const part = `${folder}.manifest.part`
  writeFileSync(part, manifestText(manifest), { mode: 0o600, flush: true })
  renameSync(part, join(folder, manifestName))
}
