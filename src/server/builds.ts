/** The builds of the app that are served: today's and those before it, so that a page of an older one finds its later parts (HZ-11). */
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Logger } from 'pino'
import * as v from 'valibot'
import { counter, milliseconds, protocolVersion } from '../protocol/primitives.ts'
import { buildId } from '../protocol/tablet-health.ts'

/** What is written down of a build when it is taken in. `wire`: the version of the wire that it speaks. */
const record = v.strictObject({
  wire: counter,
  builtMs: milliseconds,
  takenMs: milliseconds,
  hashes: v.record(v.string(), v.string()),
})
type BuildRecord = v.InferOutput<typeof record>

export type KeptBuild = Pick<BuildRecord, 'wire' | 'builtMs' | 'takenMs'> & {
  readonly build: string
  readonly folder: string
}

/** `kept`: the newest first. */
export type Builds = {
  readonly folder: string
  readonly newest: KeptBuild
  readonly kept: readonly KeptBuild[]
}

/** Today's and so many before it; those that tablets are meant to run besides. */
const keptBefore = 2

/**
 * Takes in the build in `appFolder`, and forgets what nobody needs. What is on the disk and is not what was taken in is
 * not served: a tablet would keep it.
 */
export function takeBuilds(
  parts: { readonly appFolder: string; readonly dataFolder: string; readonly log: Pick<Logger, 'error'> },
  meant: readonly string[],
  nowMs: number,
): Builds {
  const { appFolder, dataFolder, log } = parts
  const folder = resolve(dataFolder, 'builds')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const hash = rememberedHash()
  const newest = takeIn(appFolder, folder, hash, nowMs)
  const older = readdirSync(folder)
    .filter((name) => v.is(buildId, name) && name !== newest.build)
    .flatMap((build) => readKept(folder, build, hash, log))
    .sort((one, other) => other.takenMs - one.takenMs)
  const kept = older.filter(({ build }, index) => index < keptBefore || meant.includes(build))
  const needed = new Set([newest, ...kept].flatMap(({ build }) => [build, `${build}.json`]))
  for (const name of readdirSync(folder))
    if (!needed.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
  return { folder, newest, kept: [newest, ...kept] }
}

function takeIn(appFolder: string, folder: string, hash: Hash, nowMs: number): KeptBuild {
  const index = join(appFolder, 'index.html')
  const build = hash(index).slice(0, 12)
  const hashes = hashesIn(appFolder, hash)
  const there = join(folder, build)
  if (!existsSync(there) || !isSame(hashesIn(there, hash), hashes)) bringIn(appFolder, there, hashes)
  const taken: BuildRecord = {
    ...{ wire: protocolVersion, builtMs: Math.floor(statSync(index).mtimeMs), takenMs: nowMs },
    hashes,
  }
  writeFileSync(`${there}.json`, JSON.stringify(taken))
  return { build, folder: there, ...taken }
}

/** Whole or not at all: what a crash or a full disk leaves bears another name. */
function bringIn(from: string, to: string, hashes: BuildRecord['hashes']): void {
  const part = `${to}.part`
  rmSync(part, { recursive: true, force: true })
  for (const name of Object.keys(hashes)) {
    mkdirSync(dirname(join(part, name)), { recursive: true })
    linkOrCopy(join(from, name), join(part, name))
  }
  if (!isSame(hashesIn(part, sha256), hashes))
    throw new Error(`the build in ${from} changed while it was read`)
  rmSync(to, { recursive: true, force: true })
  renameSync(part, to)
}

/** A link costs no room; whatever builds removes its files before it writes new ones. Another disk takes a copy. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
    const { atime, mtime } = statSync(from)
    utimesSync(to, atime, mtime)
  }
}

function readKept(folder: string, build: string, hash: Hash, log: Pick<Logger, 'error'>): KeptBuild[] {
  const there = join(folder, build)
  const { hashes, ...taken } = readRecord(`${there}.json`)
  if (isSame(hashesIn(there, hash), hashes)) return [{ build, folder: there, ...taken }]
  log.error({ build }, 'a kept build is not what was taken in: it is not served any more')
  return []
}

function readRecord(path: string): BuildRecord {
  try {
    return v.parse(record, JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // Its files cannot be what it says then.
    return { wire: 0, builtMs: 0, takenMs: 0, hashes: { unknown: '' } }
  }
}

function hashesIn(folder: string, hash: Hash): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
      .sort()
      .map((name) => [name, hash(join(folder, name))]),
  )
}

type Hash = (path: string) => string

/** What is kept is mostly what was built, by another link: one file, read once. */
function rememberedHash(): Hash {
  const known = new Map<string, string>()
  return (path) => {
    const { dev, ino } = statSync(path)
    const file = `${dev} ${ino}`
    const hash = known.get(file) ?? sha256(path)
    known.set(file, hash)
    return hash
  }
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

function isSame(some: Readonly<Record<string, string>>, others: Readonly<Record<string, string>>): boolean {
  return JSON.stringify(some) === JSON.stringify(others)
}
