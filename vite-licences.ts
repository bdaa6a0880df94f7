/** `licences.txt` beside the built app: whose work is in it, and on what terms. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const licenceFile = /^(licen[cs]e|copying|notice)/i
const inPackage = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\/[^?]*/

/**
 * Compiled into a package, whose own licence does not name it. The text of BSD licences is that of the projects' own
 * files, which pdf.js brings for OpenJPEG.
 */
const within: Readonly<Record<string, string>> = {
  '@cornerstonejs/codec-charls': 'CharLS (BSD-3-Clause), https://github.com/team-charls/charls',
  '@cornerstonejs/codec-openjpeg': 'OpenJPEG (BSD-2-Clause), https://github.com/uclouvain/openjpeg',
  '@cornerstonejs/codec-openjph': 'OpenJPH (BSD-2-Clause), https://github.com/aous72/OpenJPH',
}

type Manifest = {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly repository?: string | { readonly url: string }
  readonly dependencies?: Readonly<Record<string, string>>
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** Where `name` is found by whoever looks from `folder`, as Node does. */
function folderOf(name: string, folder: string): string | null {
  const found = join(folder, 'node_modules', name)
  if (existsSync(join(found, 'package.json'))) return found
  return dirname(folder) === folder ? null : folderOf(name, dirname(folder))
}

/** A package and all that it needs: what it brings is often built of those already. */
function withNeeded(folder: string, found: Set<string>): Set<string> {
  if (found.has(folder)) return found
  found.add(folder)
  for (const name of Object.keys(manifestOf(folder).dependencies ?? {})) {
    const needed = folderOf(name, folder)
    if (needed) withNeeded(needed, found)
  }
  return found
}

function paragraph(folder: string, texts: ReadonlySet<string>): string {
  const { name, version, license, repository } = manifestOf(folder)
  const url =
    (typeof repository === 'object' ? repository.url : repository) ?? `https://npmjs.com/package/${name}`
  const head = [`${name} ${version} (${license ?? 'see below'})`, url.replace(/^git\+/, '')]
  const inside = within[name]
  return [
    ...head,
    ...(inside ? [`It contains ${inside}`] : []),
    ...[...texts].map((text) => `\n${text}`),
  ].join('\n')
}

/** The text of the file; `modules`: the ids of all that was read for the build. */
export function licencesOf(modules: Iterable<string>): string {
  /** The folders that a package's own modules lie in: parts of it may have licences of their own. */
  const folders = new Map<string, Set<string>>()
  for (const id of modules) {
    const [path = '', folder] = id.match(inPackage) ?? []
    if (!folder) continue
    for (const one of withNeeded(folder, new Set())) folders.set(one, folders.get(one) ?? new Set([one]))
    folders.get(folder)?.add(dirname(path.replace(/^\0/, '')))
  }
  const paragraphs = [...folders].map(([folder, places]) => {
    const files = [...places].sort().flatMap((place) =>
      readdirSync(place)
        .sort()
        .filter((name) => licenceFile.test(name) && !/\.[cm]?js$/.test(name))
        .map((name) => readFileSync(join(place, name), 'utf8').trim()),
    )
    return paragraph(folder, new Set(files))
  })
  const all = [...new Set(paragraphs)].sort((a, b) => (a < b ? -1 : 1))
  const head =
    'Bedside is published under the Apache License 2.0. What else is in the app that a browser runs:'
  return `${[head, ...all].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

/** `read`: notes what is built in, in the app and in its workers, whose bundles are builds of their own. */
export function licences(): { read: () => Plugin; written: Plugin } {
  const modules = new Set<string>()
  return {
    read: () => ({
      name: 'bedside-licences-read',
      // Before whoever answers for a file.
      enforce: 'pre',
      load(id) {
        modules.add(id)
      },
    }),
    written: {
      name: 'bedside-licences',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licencesOf(modules) })
      },
    },
  }
}
