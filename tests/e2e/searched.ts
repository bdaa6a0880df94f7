/** A tablet whose browser may write into two folders alone, and what is looked for in all that it has written (HZ-9). */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright/test'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { cameraClip } from '../fakes/clip.ts'
import { decodedByNode } from '../fakes/decoded.ts'
import { dicomFolder } from './shared-scan.ts'
import { runsOf, searchFor, type Trace, textTraces } from './traces.ts'
import { test as base, expect, startBed } from './ward.ts'
import { installWitness } from './witness.ts'

type Tablet = {
  readonly page: Page
  readonly context: BrowserContext
  /** Where its browser may write: its profile, and what it takes for a temporary folder. */
  readonly folders: readonly string[]
  readonly profile: string
}

export const test = base.extend<{ home: string; tablet: Tablet }>({
  home: async ({ browserName: _ }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'bedside-forgotten-'))
    await use(home)
    rmSync(home, { recursive: true, force: true })
  },
  tablet: async ({ home, server }, use) => {
    const [profile, temporary] = [join(home, 'profile'), join(home, 'tmp')]
    for (const folder of [profile, temporary]) mkdirSync(folder)
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: ensureChromium(),
      args: chromiumFlags(cameraClip('patient', 'light')),
      env: { ...process.env, TMPDIR: temporary },
      viewport: { width: 1280, height: 800 },
    })
    await context.addInitScript(installWitness)
    const page = await startBed(await context.newPage(), server)
    await use({ page, context, profile, folders: [profile, temporary] })
    await context.close().catch(() => {})
  },
})

/** Runs of what a slice's pixels are, decoded, and of what leaves of it. */
export async function tracesOfSlice(path: string, sent: Uint8Array): Promise<Trace[]> {
  const { samples } = (await decodedByNode(path)).picture
  const decoded = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  // JPEG-LS leaves as it was coded: behind the header all of a file is pixels.
  return [...runsOf(`${path} as sent`, sent, 8), ...runsOf(`${path} decoded`, decoded, 8)]
}

/** Hashes of all that this page hands over, as they are made: the manifest's. */
export async function recordHashes(station: Page): Promise<() => Promise<Trace[]>> {
  await station.evaluate(() => {
    const found: string[] = []
    Object.assign(window, { hashed: found })
    const digest = SubtleCrypto.prototype.digest
    SubtleCrypto.prototype.digest = async function (algorithm, content) {
      const hash = await digest.call(this, algorithm, content)
      if (content.byteLength > 50_000)
        found.push(Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join(''))
      return hash
    }
  })
  return async () => {
    const hashes: string[] = await station.evaluate(() => Reflect.get(window, 'hashed'))
    return hashes.flatMap((hash) => [
      ...textTraces('a hash', hash),
      { what: 'a hash (bytes)', bytes: new Uint8Array(Buffer.from(hash, 'hex')) },
    ])
  }
}

/** What would be found if it were kept: bytes of a coded picture, grey values and words, in a database and a cache of this origin. */
export async function keepMarkers(page: Page): Promise<Trace[]> {
  const coded = readFileSync(join(dicomFolder, 'ct_jpegls_lossless_s16.dcm'))
  const { samples } = (await decodedByNode('ct_rle_s16.dcm')).picture
  const grey = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  const word = 'Marker^Kept-on-purpose'
  await page.evaluate(
    async (texts) => {
      const asked = indexedDB.open('kept-on-purpose')
      asked.onupgradeneeded = () => asked.result.createObjectStore('all')
      const db = await new Promise<IDBDatabase>((done) => {
        asked.onsuccess = () => done(asked.result)
      })
      const write = db.transaction('all', 'readwrite', { durability: 'strict' })
      for (const [at, text] of texts.entries())
        write.objectStore('all').put(
          Uint8Array.from(atob(text), (one) => one.charCodeAt(0)),
          at,
        )
      write.objectStore('all').put('Marker^Kept-on-purpose', 'word')
      await new Promise((done) => {
        write.oncomplete = done
      })
      db.close()
      const kept = await caches.open('kept-on-purpose')
      for (const [at, text] of texts.entries())
        await kept.put(
          `/kept-on-purpose/${at}`,
          new Response(Uint8Array.from(atob(text), (one) => one.charCodeAt(0))),
        )
    },
    [coded, grey].map((one) => one.toString('base64')),
  )
  return [
    ...runsOf('marker, coded', coded, 64),
    ...runsOf('marker, decoded', new Uint8Array(grey), 64),
    ...textTraces('marker, word', word),
  ]
}

/** Each kind of trace that was left on purpose is found; nothing else is. */
export function expectOnlyMarkers(
  markers: readonly Trace[],
  traces: readonly Trace[],
  folders: readonly string[],
): void {
  const control = searchFor(markers, folders)
  for (const kind of ['marker, coded', 'marker, decoded', 'marker, word'])
    expect(control.found.join('\n'), 'the search finds what is there').toContain(kind)
  const { found, files, bytes } = searchFor(traces, folders)
  expect(found).toEqual([])
  expect(files, 'a whole profile was looked through').toBeGreaterThan(20)
  expect(bytes).toBeGreaterThan(1_000_000)
}
