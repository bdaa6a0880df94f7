/** Other builds of the app for a test, made of the one that is there: another text, a page that does not run, a file that is missing. */
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'

const built = fileURLToPath(new URL('../../dist/app', import.meta.url))

export type BuildKind = 'other' | 'later' | 'broken' | 'incomplete'

const idOf = (folder: string) =>
  createHash('sha256')
    .update(readFileSync(join(folder, 'index.html')))
    .digest('hex')
    .slice(0, 12)

export const builtId = idOf(built)

/** `other`, `later`: two good ones. `broken`: its first script throws. `incomplete`: its worker names a file that nobody has. Answers its id. */
export function anotherBuild(folder: string, kind: BuildKind): string {
  cpSync(built, folder, { recursive: true })
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (/\.(br|gz)$/.test(name)) rmSync(join(folder, name))
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const entry = page.match(/src="\/(assets\/[^"]+\.js)"/)?.[1] ?? ''
  const renamed = entry.replace(/-[\w-]{8}\.js$/, `-${kind.slice(0, 5)}000.js`)
  const script = readFileSync(join(folder, entry), 'utf8')
  writeFileSync(join(folder, renamed), kind === 'broken' ? 'throw new Error("a broken build")' : script)
  writeFileSync(join(folder, 'index.html'), page.replaceAll(entry, renamed))
  const id = idOf(folder)
  const worker = readFileSync(join(folder, 'sw.js'), 'utf8')
  const named = worker.replaceAll(builtId, id).replaceAll(entry, renamed)
  writeFileSync(join(folder, 'sw.js'), named)
  if (kind === 'incomplete') rmSync(join(folder, renamed))
  return id
}

/** Which build serves this page, and what its worker remembers. */
export async function servedAt(
  page: Page,
): Promise<{ build: string; trial: unknown; failed: unknown } | null> {
  return await page
    .evaluate(async () => (await (await caches.open('bedside-served')).match('/served'))?.json())
    .catch(() => null)
}
