/** `npm run hashes`: the SHA-256 of every file of the built app, to publish with a release and to check against it. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One line for each file below `folder`, sorted by path, as `sha256sum -c` reads them. */
export function hashesOf(folder: string): string[] {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      // Their smaller forms are the same files, as whatever built them squeezes them.
      .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path, name: relative(folder, path).split(sep).join('/') }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ path, name }) => `${createHash('sha256').update(readFileSync(path)).digest('hex')}  ${name}`)
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = fileURLToPath(new URL('../../dist/app', import.meta.url))
  process.stdout.write(`${hashesOf(process.argv[2] ?? built).join('\n')}\n`)
}
