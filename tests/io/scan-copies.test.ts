/** Copies from one station to another through a server that cannot open them: real ciphers, a real shelf, any break. */
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { createCopiesPort } from '../../src/io/scan/copies.ts'
import { browserShelf, type CopyShelf } from '../../src/io/scan/copy-shelf.ts'
import type { CopySelf } from '../../src/io/scan/copy-world.ts'
import { sha256 } from '../../src/io/scan/sha256.ts'
import type { Manifest } from '../../src/protocol/scan-share.ts'
import type { CopiesPort, CopyDraft } from '../../src/state/scan-copies-ports.ts'
import { doctor, fakeCopyServer, newStation, selfOf } from '../fakes/copy-server.ts'
import { noonMs } from '../fakes/organisation.ts'
import { randomBytes } from '../fakes/scan-files.ts'

const hour = 3_600_000
const [anna, ben] = [doctor('Anna'), doctor('Ben')]
/** The second one takes several pieces. */
const plain = [randomBytes(1, 300), randomBytes(2, 1_500), randomBytes(3, 70)]
const pieceBytes = 700
const marker = 'Eero Salonen'
const person = {
  ...{ patientName: marker, patientId: '4711', patientBirthDate: null },
}

async function manifestOf(copyId: string): Promise<Manifest> {
  const files = await Promise.all(
    plain.map(async (bytes) => {
      const named = { sha256: await sha256(bytes), bytes: bytes.length }
      return { ...named, kind: 'dicom' as const, frames: 1 }
    }),
  )
  return {
    ...{ shareId: copyId, files, identity: person },
    series: [{ label: 'Thorax', modality: 'CT', studyDate: null, files: [0, 1, 2] }],
  }
}

async function draftOf(copyId: string, staffId = 'anna'): Promise<CopyDraft> {
  return {
    ...{ copyId, staffId, to: { type: 'staff', staffId: 'ben' }, toName: 'Ben', patientNumber: '4711' },
    ...{ madeMs: noonMs, lastsMs: 72 * hour },
    ...{ contents: JSON.stringify(await manifestOf(copyId)), files: plain.length },
  }
}

/** Compared as bytes: a matcher looks at each by itself. */
const isPlain = (files: readonly Uint8Array[]) =>
  files.length === plain.length &&
  plain.every((bytes, file) => Buffer.compare(bytes, files[file] ?? new Uint8Array(0)) === 0)

const bytesOf = (file: number) => plain[file]?.slice().buffer ?? null

const { organisation, device } = newStation()
const [annasSelf, bensSelf] = await Promise.all([
  selfOf(device(), organisation),
  selfOf(device(), organisation),
])
let copies = 0
const newCopyId = () => `copy-${++copies}`

function world(shelf: CopyShelf = browserShelf) {
  const fake = fakeCopyServer([anna, ben])
  const portOf = (self: CopySelf, who: string, its = shelf) =>
    createCopiesPort({ ...fake.wayOf(who), shelf: its, self, pieceBytes })
  return { ...fake, portOf, annas: portOf(annasSelf, 'anna'), bens: portOf(bensSelf, 'ben') }
}

const never = new AbortController().signal
const now = () => noonMs
const post = (port: CopiesPort, copyId: string, nowMs = now) => port.post(copyId, nowMs, () => {}, never)
const askedOf = (copyId: string, lastsMs = 72 * hour) => ({
  copyId,
  patientNumber: '4711',
  expiresMs: noonMs + lastsMs,
})

async function opened(port: CopiesPort, copyId: string, nowMs = noonMs, asked = askedOf(copyId)) {
  const files: Uint8Array[] = []
  const said: Manifest[] = []
  const outcome = await port.open(
    asked,
    nowMs,
    {
      contents: (manifest) => void said.push(manifest),
      file: async (_, bytes) => void files.push(new Uint8Array(bytes)),
      progress() {},
    },
    never,
  )
  return { outcome, files, said }
}

async function sent(there = world()) {
  const copyId = newCopyId()
  await there.bens.enrol(noonMs)
  expect(await there.annas.keep(await draftOf(copyId), bytesOf)).toEqual({ ok: true, value: null })
  expect(await post(there.annas, copyId)).toEqual({ type: 'sent' })
  return { ...there, copyId }
}

beforeEach(async () => {
  for (const { copyId } of await browserShelf.all()) await browserShelf.drop(copyId)
})

/** All that lies in the database, as text. */
async function atRest(): Promise<string> {
  const databases = await indexedDB.databases()
  const texts: string[] = []
  for (const { name = '' } of databases) {
    const request = indexedDB.open(name)
    const db = await new Promise<IDBDatabase>((done) => (request.onsuccess = () => done(request.result)))
    for (const store of db.objectStoreNames) {
      const all = db.transaction(store).objectStore(store).getAll()
      const rows = await new Promise<unknown[]>((done) => (all.onsuccess = () => done(all.result)))
      const text = (_: string, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value
      texts.push(JSON.stringify(rows, text))
    }
    db.close()
  }
  return texts.join('\n')
}

describe('sending', () => {
  test('a copy comes whole to whom it was sealed, whose it is with it; nothing of it stays at the sender', async () => {
    const { bens, annas, copyId } = await sent()
    const { outcome, files, said } = await opened(bens, copyId)
    expect(outcome).toEqual({ ok: true, value: null })
    expect(isPlain(files)).toBe(true)
    expect(said[0]?.identity?.patientName).toBe(marker)
    expect(await annas.waiting('anna')).toEqual([])
    expect(await browserShelf.file(copyId, 0)).toBeNull()
  })

  test('[HZ-9] neither the shelf nor the server holds a name, a number or a pixel that can be read', async () => {
    const there = world()
    const copyId = newCopyId()
    await there.annas.keep(await draftOf(copyId), bytesOf)
    const kept = await atRest()
    expect(kept).toContain(copyId)
    for (const word of [marker, '4711', 'Ben', 'Thorax']) expect(kept.includes(word)).toBe(false)
    for (const bytes of plain)
      expect(kept.includes(Buffer.from(bytes.subarray(0, 32)).toString('latin1'))).toBe(false)
    await there.bens.enrol(noonMs)
    await post(there.annas, copyId)
    const files = there.server.copies.get(copyId)?.files ?? []
    for (const [file, bytes] of plain.entries())
      expect(Buffer.from(files[file + 1] ?? []).includes(Buffer.from(bytes.subarray(0, 32)))).toBe(false)
    expect(files.some((one) => Buffer.from(one).includes(marker))).toBe(false)
  })

  test('made offline it waits for the one who made it, by whom and of whom it is, and goes with the network', async () => {
    const there = world()
    const copyId = newCopyId()
    const offline = createCopiesPort({
      ...{
        shelf: browserShelf,
        self: annasSelf,
        pieceBytes,
        ask: async () => ({ ok: false, failure: 'unreachable' }),
      },
      pieces: there.wayOf('anna').pieces,
    })
    await offline.keep(await draftOf(copyId), bytesOf)
    expect(await post(offline, copyId)).toEqual({ type: 'later' })
    expect(await offline.waiting('anna')).toMatchObject([
      { copyId, about: { toName: 'Ben', patientNumber: '4711' }, files: 3, stop: null },
    ])
    expect([await offline.waiting('ben'), await offline.othersWaiting('ben')]).toEqual([[], 1])
    await there.bens.enrol(noonMs)
    expect(await post(there.annas, copyId)).toEqual({ type: 'sent' })
    expect(isPlain((await opened(there.bens, copyId)).files)).toBe(true)
  })

  test('what the server does not take stops, is said, and goes again when it is wished', async () => {
    const there = world()
    const copyId = newCopyId()
    await there.annas.keep(await draftOf(copyId), bytesOf)
    there.server.refuse = 'forbidden'
    expect(await post(there.annas, copyId)).toEqual({ type: 'stopped', why: 'refused' })
    expect(await there.annas.waiting('anna')).toMatchObject([{ copyId, stop: 'refused' }])
    there.server.refuse = null
    expect(await post(there.annas, copyId)).toEqual({ type: 'stopped', why: 'refused' })
    await there.annas.tryAgain(copyId)
    expect(await post(there.annas, copyId)).toEqual({ type: 'sent' })
  })

  test('a server that is full says so; with room again the same copy goes on', async () => {
    const there = world()
    const copyId = newCopyId()
    await there.bens.enrol(noonMs)
    await there.annas.keep(await draftOf(copyId), bytesOf)
    const { ask, pieces } = there.wayOf('anna')
    const full = createCopiesPort({
      ...{ ask, shelf: browserShelf, self: annasSelf, pieceBytes },
      // A refusal that this version of the program may not know by its type.
      pieces: { ...pieces, send: async () => JSON.parse('{"ok":false,"failure":"storage-full"}') },
    })
    expect(await post(full, copyId)).toEqual({ type: 'stopped', why: 'no-room' })
    await there.annas.tryAgain(copyId)
    expect(await post(there.annas, copyId)).toEqual({ type: 'sent' })
    expect(there.server.copies.size).toBe(1)
  })

  test('[COPY-5] (HZ-9) one whose time is over before it went does not go, and its files are deleted', async () => {
    const there = world()
    const copyId = newCopyId()
    await there.annas.keep(await draftOf(copyId), bytesOf)
    expect(await post(there.annas, copyId, () => noonMs + 73 * hour)).toEqual({
      type: 'stopped',
      why: 'expired',
    })
    await there.annas.enrol(noonMs + 73 * hour)
    expect(await browserShelf.file(copyId, 1)).toBeNull()
    expect(await there.annas.waiting('anna')).toMatchObject([{ copyId, stop: 'expired' }])
    expect(there.server.copies.size).toBe(0)
  })

  test('[COPY-3] (HZ-10) nothing is sealed to a key that does not lead to the root that is pinned here', async () => {
    const there = world()
    const foreign = newStation()
    const mallory = await selfOf(foreign.device(), foreign.organisation)
    await there.portOf(mallory, 'ben').enrol(noonMs)
    const copyId = newCopyId()
    await there.annas.keep(await draftOf(copyId), bytesOf)
    expect(await post(there.annas, copyId)).toEqual({ type: 'stopped', why: 'untrusted' })
    // Beside a true one it is left out.
    await there.bens.enrol(noonMs)
    await there.annas.tryAgain(copyId)
    expect(await post(there.annas, copyId)).toEqual({ type: 'sent' })
    expect(there.server.copies.get(copyId)?.envelope.keys).toHaveLength(2)
    expect((await opened(there.portOf(mallory, 'ben'), copyId)).outcome).toMatchObject({ ok: false })
  })

  test('of two tabs one sends; what was given up on the way is gone', async () => {
    const there = world()
    const copyId = newCopyId()
    await there.annas.keep(await draftOf(copyId), bytesOf)
    const both = await Promise.all([post(there.annas, copyId), post(there.portOf(annasSelf, 'anna'), copyId)])
    expect(both.map(({ type }) => type)).toEqual(['sent', 'elsewhere'])
    const next = newCopyId()
    await there.annas.keep(await draftOf(next), bytesOf)
    await there.annas.drop(next)
    expect(await post(there.annas, next)).toEqual({ type: 'gone' })
    expect(await there.annas.waiting('anna')).toEqual([])
  })

  test('a disk that is full keeps nothing of it, and says so', async () => {
    const { annas } = world({
      ...browserShelf,
      keep: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
    })
    expect(await annas.keep(await draftOf(newCopyId()), bytesOf)).toEqual({ ok: false, failure: 'full' })
    expect(await annas.waiting('anna')).toEqual([])
  })

  test('a copy that could not be kept whole leaves nothing behind', async () => {
    const { annas } = world()
    const copyId = newCopyId()
    const broken = (file: number) => {
      if (file === 1) throw new Error('the page is short of memory')
      return bytesOf(file)
    }
    expect(await annas.keep(await draftOf(copyId), broken)).toEqual({ ok: false, failure: 'failed' })
    expect([await annas.waiting('anna'), await browserShelf.file(copyId, 0)]).toEqual([[], null])
  })
})

class Reload extends Error {}

/** Everything that a page asks of server and shelf, until it is reloaded: before the `at`th thing is done, or right after. */
function dying(at: number, when: 'before' | 'after', there: ReturnType<typeof world>): CopiesPort {
  let steps = 0
  const mortal =
    <A extends unknown[], R>(work: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      const mine = steps++
      if (mine === at && when === 'before') throw new Reload()
      const done = await work(...given)
      if (mine >= at) throw new Reload()
      return done
    }
  const { ask, pieces } = there.wayOf('anna')
  const shelf: CopyShelf = {
    ...browserShelf,
    get: mortal(browserShelf.get),
    file: mortal(browserShelf.file),
    change: mortal(browserShelf.change),
    drop: mortal(browserShelf.drop),
  }
  const self = annasSelf
  return createCopiesPort({
    // Its type is one for each schema.
    ask: mortal(ask) as typeof ask,
    pieces: { ...pieces, send: mortal(pieces.send) },
    ...{ shelf, self, pieceBytes },
  })
}

/** 16 things are done for one copy of these files: more are tried, so that the last of them is. */
const mostSteps = 18

describe('whatever is cut', () => {
  async function survives(
    deaths: readonly (readonly [at: number, when: 'before' | 'after'])[],
  ): Promise<void> {
    const there = world()
    const copyId = newCopyId()
    await there.bens.enrol(noonMs)
    await there.annas.keep(await draftOf(copyId), bytesOf)
    for (const [at, when] of deaths) {
      const died = await post(dying(at, when, there), copyId).catch((error: unknown) => error)
      if (!(died instanceof Reload)) expect(['sent', 'gone']).toContain((died as { type: string }).type)
    }
    expect(['sent', 'gone']).toContain((await post(there.annas, copyId)).type)
    expect([...there.server.copies.values()].filter(there.isWhole)).toHaveLength(1)
    expect(there.server.copies.size).toBe(1)
    expect(isPlain((await opened(there.bens, copyId)).files)).toBe(true)
    expect(await there.annas.waiting('anna')).toEqual([])
  }

  test('[COPY-10] reloaded at any one step of sending, it ends as one whole copy', async () => {
    for (let at = 0; at < mostSteps; at += 1)
      for (const when of ['before', 'after'] as const) await survives([[at, when]])
  })

  test('[COPY-10] reloaded again and again, it ends as one whole copy', async () => {
    const death = fc.tuple(fc.nat(mostSteps), fc.constantFrom('before' as const, 'after' as const))
    await fc.assert(fc.asyncProperty(fc.array(death, { minLength: 2, maxLength: 5 }), survives), {
      seed: 7,
      numRuns: 8,
    })
  })
})

describe('opening', () => {
  const failureOf = async (port: CopiesPort, copyId: string, nowMs = noonMs, asked = askedOf(copyId)) => {
    const { outcome, files } = await opened(port, copyId, nowMs, asked)
    return outcome.ok ? files.length : outcome.failure
  }

  test('a device that it was not sealed to says so, asks, and opens it once its sender sealed it anew', async () => {
    const { copyId, server, annas, portOf } = await sent()
    const other = portOf(await selfOf(device(), organisation), 'ben')
    expect(await failureOf(other, copyId)).toBe('not-for-us')
    await other.ask(copyId, noonMs)
    const wanting = server.copies.get(copyId)?.asked ?? []
    expect(await annas.reseal(askedOf(copyId), wanting, noonMs)).toEqual({ ok: true, value: ['ben'] })
    expect(await failureOf(other, copyId)).toBe(plain.length)
  })

  test('[COPY-13] (HZ-10) only its sender’s own device seals it anew, and to no key that is not believed', async () => {
    const { copyId, annas, bens, portOf } = await sent()
    const foreign = newStation()
    const mallory = await selfOf(foreign.device(), foreign.organisation)
    const [theirs, third] = [
      await mallory.certified(noonMs),
      await (await selfOf(device(), organisation)).certified(noonMs),
    ]
    if (!theirs || !third) throw new Error('no keys')
    const to = [{ staffId: 'ben', key: theirs }]
    expect(await annas.reseal(askedOf(copyId), to, noonMs)).toEqual({ ok: false, failure: 'untrusted' })
    expect(await bens.reseal(askedOf(copyId), [{ staffId: 'x', key: third }], noonMs)).toEqual({
      ok: false,
      failure: 'not-for-us',
    })
    expect(await failureOf(portOf(mallory, 'ben'), copyId)).toBe('untrusted')
  })

  test('[COPY-11] (HZ-1) under another patient’s number nothing of it is seen', async () => {
    const { copyId, bens } = await sent()
    expect(await failureOf(bens, copyId, noonMs, { ...askedOf(copyId), patientNumber: '4712' })).toBe(
      'wrong-patient',
    )
  })

  test('[COPY-5] (HZ-9) expired or withdrawn it is not opened', async () => {
    const { copyId, bens, server } = await sent()
    expect(await failureOf(bens, copyId, noonMs + 72 * hour)).toBe('expired')
    const copy = server.copies.get(copyId)
    if (copy) copy.isWithdrawn = true
    expect(await failureOf(bens, copyId)).toBe('withdrawn')
  })

  test('[COPY-11] changed, cut or swapped at the server it is nothing', async () => {
    const { copyId, bens, server } = await sent()
    const copy = server.copies.get(copyId)
    const file = copy?.files[2]
    if (!copy || !file) throw new Error('no copy')
    file[1_000] = (file[1_000] ?? 0) ^ 1
    expect(await failureOf(bens, copyId)).toBe('tampered')
    file[1_000] = (file[1_000] ?? 0) ^ 1
    expect(await failureOf(bens, copyId)).toBe(plain.length)
    copy.lengths = copy.lengths.with(2, file.length - 1)
    copy.files[2] = file.slice(0, -1)
    expect(await failureOf(bens, copyId)).toBe('tampered')
  })

  test('a server that never ends, or says that it holds more than there can be, is stopped', async () => {
    const { copyId, wayOf } = await sent()
    const { ask, pieces } = wayOf('ben')
    const endless = createCopiesPort({
      ...{ ask, shelf: browserShelf, self: bensSelf, pieceBytes },
      pieces: {
        ...pieces,
        async fetch(...[, , , hear]) {
          while (hear(new Uint8Array(1_000)) === 'more');
          return { ok: true, value: null }
        },
      },
    })
    expect(await failureOf(endless, copyId)).toBe('tampered')
  })

  test('a way that breaks in the middle of a file goes on where it broke; one that is gone is said', async () => {
    const { copyId, wayOf } = await sent()
    const { ask, pieces } = wayOf('ben')
    const broken = (most: number) =>
      createCopiesPort({
        ...{ ask, shelf: browserShelf, self: bensSelf, pieceBytes },
        pieces: {
          ...pieces,
          async fetch(id, file, from, hear, over) {
            await pieces.fetch(id, file, from, (bytes) => hear(bytes.slice(0, most)), over)
            return { ok: false, failure: 'unreachable' }
          },
        },
      })
    expect(isPlain((await opened(broken(400), copyId)).files)).toBe(true)
    expect(await failureOf(broken(0), copyId)).toBe('unreachable')
  })
})

test('files whose record was never written are deleted at the next start', async () => {
  const { annas } = world()
  const copyId = newCopyId()
  await annas.keep(await draftOf(copyId), bytesOf)
  const request = indexedDB.open('bedside-copies')
  const db = await new Promise<IDBDatabase>((done) => (request.onsuccess = () => done(request.result)))
  const writing = db.transaction('copies', 'readwrite')
  writing.objectStore('copies').delete(copyId)
  await new Promise((done) => (writing.oncomplete = done))
  db.close()
  expect(await browserShelf.file(copyId, 1)).not.toBeNull()
  await annas.enrol(noonMs)
  expect(await browserShelf.file(copyId, 1)).toBeNull()
})
