/** New builds on a simulated day: two that are good, and one that does not run. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { anotherBuild, servedAt } from '../../e2e/another-build.ts'
import { isReady, type Ward } from './ward.ts'

export type Build = { readonly id: string; readonly folder: string }

export function makeBuild(kind: 'other' | 'broken' | 'later'): Build {
  const folder = mkdtempSync(join(tmpdir(), 'bedside-app-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return { id: anotherBuild(folder, kind), folder }
}

/** The server comes back with this build, which all tablets are to run. */
export async function bring({ killServer, startServer }: Ward, { folder }: Build): Promise<void> {
  await killServer()
  await startServer({ folder, updates: 'at-once' })
}

/** Nobody needs the tablet: it takes the build and is Ready by it. */
export async function taken({ bed, comes }: Ward, { id }: Build): Promise<void> {
  await comes(`build ${id}`, async () => {
    const is = await servedAt(bed)
    return is?.build === id && is.trial === null && (await isReady(bed))
  })
}

/** The worker's own minute is a real one: no clock of a page is a worker's. */
export async function rolledBack({ bed, comes }: Ward, broken: Build, before: Build): Promise<void> {
  await comes(
    'the build before',
    async () => {
      const is = await servedAt(bed)
      const isBack = is?.build === before.id && JSON.stringify(is.failed).includes(broken.id)
      return isBack && (await isReady(bed))
    },
    'as it goes',
  )
}
