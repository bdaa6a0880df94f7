/** Sealed copies as the server keeps them: it takes what comes, hands it to whom it is for, and can open nothing of it. */
import type { Logger } from 'pino'
import { copyStateOf, mayHave, readersOf } from '../../core/scan/copies.ts'
import { sealedChunks } from '../../core/scan/sealed.ts'
import type { StaffParty } from '../../protocol/people.ts'
import { type CopyEnvelope, copyLimits, type NewCopy } from '../../protocol/scan-copies.ts'
import type { CertifiedSealingKey } from '../../protocol/scan-copy.ts'
import type { CopiesConfig } from '../config-copies.ts'
import type { Answer } from '../routes.ts'
import { devicesOf, takeDevice } from './devices.ts'
import { type CopyEndsParts, createCopyEnds } from './ends.ts'
import { createCopyFiles } from './files.ts'
import {
  addAsk,
  addReaders,
  admissionOf,
  bytesTaken,
  type Copy,
  dropAsk,
  findCopy,
  insertCopy,
  listAsks,
  noteOpened,
  updateCopy,
} from './kept.ts'
import { createLines } from './lines.ts'
import { type CopyNewsParts, createCopyNews } from './news.ts'
import { type CopyPeopleParts, createCopyPeople } from './people.ts'
import { recordCopy, sentDetail } from './record.ts'
import { letterAnew, letterIn } from './trust.ts'

export type CopiesParts = CopyPeopleParts &
  CopyNewsParts &
  CopyEndsParts & { readonly dataFolder: string; readonly config: CopiesConfig; readonly log: Logger }

export type Copies = Awaited<ReturnType<typeof createCopies>>

const notFound: Answer = { refusal: 'not-found' }
const conflict: Answer = { refusal: 'conflict' }
const done: Answer = { answer: {} }

/** Takes up those that are there, and puts right what a crash left. */
export async function createCopies(parts: CopiesParts) {
  const { db, now, dataFolder, config } = parts
  const files = createCopyFiles(dataFolder)
  const lines = createLines()
  /** How much of each file of a copy that comes is there, so that the disk is not asked at each piece. */
  const arriving = new Map<string, readonly number[]>()
  const people = createCopyPeople(parts)
  const news = createCopyNews(parts, people)
  const ends = createCopyEnds(parts, { files, lines, news })
  await ends.begin()

  /** One's own; to everybody else there is none. */
  async function findOwn(copyId: string, { staffId }: StaffParty): Promise<Copy | null> {
    const copy = await findCopy(db, copyId)
    return copy?.senderId === staffId ? copy : null
  }

  /** The letter's device is one on which its sender has signed in. */
  async function isOwnDevice(signer: string, { staffId }: StaffParty): Promise<boolean> {
    return (await devicesOf(db, [staffId], now())).some((device) => device.signer === signer)
  }

  async function begin(by: StaffParty, said: NewCopy): Promise<Answer> {
    const letter = await letterIn(db, said.envelope, now())
    if (!letter.ok) return letter.failure === 'expired' ? conflict : { refusal: 'bad-request' }
    if (!isSendable(said.files)) return { refusal: 'bad-request' }
    const { copyId } = letter.value
    return await lines.run(copyId, async () => {
      const known = await findCopy(db, copyId)
      if (known) return await beginAgain(by, known, said)
      if (!(await isOwnDevice(letter.value.from, by))) return { refusal: 'bad-request' }
      const name = people.nameOf(said.to, by.staffId)
      if (name === null) return notFound
      const { patientNumber, madeMs, expiresMs } = letter.value
      const whose = { patientNumber, admissionId: await admissionOf(db, patientNumber, now()) }
      const readers = (await readersNow(said.to, by, said.envelope)).map((who) => ({ who, openedMs: null }))
      const sizes = { files: said.files, bytes: sum(said.files), saidMs: now() }
      const of = { copyId, senderId: by.staffId, sender: by, to: said.to, name, madeMs, expiresMs }
      const copy = { ...of, ...whose, ...sizes, readers, ...unended, envelope: said.envelope }
      if (!(await insertIfRoom(copy))) return { refusal: 'storage-full' }
      arriving.delete(copyId)
      ends.lookAgain()
      news.tellSender(copy)
      return { answer: { files: said.files.map(() => 0) } }
    })
  }

  /** After a break, or because the answer was lost. */
  async function beginAgain(by: StaffParty, copy: Copy, said: NewCopy): Promise<Answer> {
    if (copy.senderId !== by.staffId) return notFound
    const state = copyStateOf(copy, now())
    const isSame =
      copy.envelope?.letter.text === said.envelope.letter.text &&
      JSON.stringify(copy.files) === JSON.stringify(said.files)
    if (!isSame || (state !== 'coming' && state !== 'there')) return conflict
    arriving.delete(copy.copyId)
    const there = await lengthsOf(copy)
    if (state === 'coming') await updateCopy(db, copy.copyId, { said_ms: now() })
    await finish(copy, there)
    return { answer: { files: there } }
  }

  /** False: it would be more than there may be of all, of one person's, or than the disk has. */
  async function insertIfRoom(copy: Copy & { readonly envelope: CopyEnvelope }): Promise<boolean> {
    if ((await files.freeBytes()) < copy.bytes + config.freeBytes) return false
    return await db.transaction().execute(async (step) => {
      const [all, own] = [await bytesTaken(step, null), await bytesTaken(step, copy.senderId)]
      if (all.bytes + copy.bytes > config.mostBytes || own.bytes + copy.bytes > config.personBytes)
        return false
      if (own.count >= copyLimits.listed) return false
      await insertCopy(step, copy)
      return true
    })
  }

  /** [COPY-7] */
  async function readersNow(to: Copy['to'], by: StaffParty, { keys }: CopyEnvelope): Promise<StaffParty[]> {
    const addressed = people.addressed(to, by.staffId)
    const staffIds = addressed.map(({ staffId }) => staffId)
    return readersOf(addressed, await devicesOf(db, staffIds, now()), new Set(keys.map((key) => key.to)))
  }

  async function take(
    by: StaffParty,
    { copyId, file, from }: { readonly copyId: string; readonly file: number; readonly from: number },
    piece: Uint8Array,
  ): Promise<Answer> {
    return await lines.run(copyId, async () => {
      const copy = await findOwn(copyId, by)
      if (!copy) return notFound
      const whole = copy.files[file]
      if (whole === undefined || from + piece.length > whole) return { refusal: 'bad-request' }
      const state = copyStateOf(copy, now())
      if (state === 'there') return { answer: { bytes: whole } }
      if (state !== 'coming') return conflict
      const there = await lengthsOf(copy)
      const bytes = there[file] ?? 0
      // What came before did, perhaps, and its answer was lost.
      const after = from === bytes && piece.length > 0 ? await append(copy, file, there, piece) : there
      if (after === null) return { refusal: 'storage-full' }
      await finish(copy, after)
      return { answer: { bytes: after[file] ?? 0 } }
    })
  }

  async function lengthsOf({ copyId, files: whole }: Copy): Promise<readonly number[]> {
    const there = arriving.get(copyId) ?? (await files.lengths(copyId, whole.length))
    arriving.set(copyId, there)
    return there
  }

  /** How much is there then; null: there is no room for it. */
  async function append(
    { copyId }: Copy,
    file: number,
    there: readonly number[],
    piece: Uint8Array,
  ): Promise<readonly number[] | null> {
    // Until it is written nobody knows how much is there.
    arriving.delete(copyId)
    if ((await files.freeBytes()) < piece.length + config.freeBytes) return null
    if ((await files.append(copyId, file, piece)) === 'full') return null
    const after = there.with(file, (there[file] ?? 0) + piece.length)
    arriving.set(copyId, after)
    return after
  }

  /** [COPY-6] Once the last byte is there. */
  async function finish(copy: Copy, there: readonly number[]): Promise<void> {
    if (copy.wholeMs !== null || copy.files.some((length, file) => there[file] !== length)) return
    await files.sync(copy.copyId)
    arriving.delete(copy.copyId)
    const whole = { ...copy, wholeMs: now() }
    await db.transaction().execute(async (step) => {
      await updateCopy(step, copy.copyId, { whole_ms: whole.wholeMs })
      await recordCopy(step, copy, now(), { action: 'copy-sent', by: copy.sender, detail: sentDetail(copy) })
    })
    ends.lookAgain()
    news.tell(whole)
    news.phone(whole)
  }

  /** What this person may see of one; null: to them there is none. */
  async function findFor(copyId: string, { staffId }: StaffParty, what: 'envelope' | 'files') {
    const copy = await findCopy(db, copyId)
    return copy && mayHave(what, people.standing(copy, staffId), copyStateOf(copy, now())) ? copy : null
  }

  async function ask(by: StaffParty, copyId: string, key: CertifiedSealingKey): Promise<Answer> {
    return await lines.run(copyId, async () => {
      const copy = await findFor(copyId, by, 'envelope')
      if (!copy || copy.senderId === by.staffId) return notFound
      const device = await takeDevice(db, by.staffId, key, now())
      if (!device) return { refusal: 'bad-request' }
      const asks = await listAsks(db, copyId)
      if (copy.envelope?.keys.some(({ to }) => to === device.keyId)) return done
      if (asks.length >= copyLimits.asked) return { refusal: 'too-many' }
      await addAsk(db, copyId, device, now())
      news.tellSender(copy)
      return done
    })
  }

  /** [COPY-8] */
  async function reseal(by: StaffParty, copyId: string, envelope: CopyEnvelope): Promise<Answer> {
    return await lines.run(copyId, async () => {
      const copy = await findOwn(copyId, by)
      if (!copy) return notFound
      if (!copy.envelope || copyStateOf(copy, now()) !== 'there') return conflict
      if (copy.envelope.letter.text === envelope.letter.text) return done
      const letter = await letterAnew(db, envelope, copy.envelope, now())
      if (!letter.ok || !(await isOwnDevice(letter.value.from, by))) return { refusal: 'bad-request' }
      const readers = await readersNow(copy.to, by, envelope)
      const has = await devicesOf(
        db,
        readers.map(({ staffId }) => staffId),
        now(),
      )
      const sealed = has.filter(({ keyId }) => envelope.keys.some(({ to }) => to === keyId))
      await db.transaction().execute(async (step) => {
        const kept = { envelope: JSON.stringify(envelope), expires_ms: letter.value.expiresMs }
        await updateCopy(step, copyId, kept)
        await addReaders(step, copyId, readers)
        for (const device of sealed) await dropAsk(step, copyId, device)
        const detail = `${envelope.keys.length} devices`
        await recordCopy(step, copy, now(), { action: 'copy-resealed', by, detail })
      })
      ends.lookAgain()
      news.tell((await findCopy(db, copyId)) ?? copy)
      return done
    })
  }

  return {
    begin,
    take,
    ask,
    reseal,
    recipients: (by: StaffParty, to: Copy['to']) => people.recipients(to, by.staffId, now()),
    listFor: (by: StaffParty) => people.listFor(by.staffId, now()),
    takeDevice: (by: StaffParty, key: CertifiedSealingKey) => takeDevice(db, by.staffId, key, now()),

    async envelope(by: StaffParty, copyId: string): Promise<Answer> {
      const copy = await findFor(copyId, by, 'envelope')
      return copy ? { answer: { envelope: copy.envelope, files: copy.files } } : notFound
    },

    /** As fast as it is read, and no longer than it is there. */
    async file(
      by: StaffParty,
      { copyId, file, from }: { readonly copyId: string; readonly file: number; readonly from: number },
    ): Promise<Answer & { readonly length?: number }> {
      const copy = await findFor(copyId, by, 'files')
      if (!copy) return notFound
      const length = copy.files[file]
      if (length === undefined || from > length) return { refusal: 'bad-request' }
      return {
        stream: files.read(copyId, file, from),
        type: 'application/octet-stream',
        length: length - from,
      }
    },

    /** That it was seen is so even when it has ended since. */
    async opened(by: StaffParty, copyId: string): Promise<Answer> {
      return await lines.run(copyId, async () => {
        const copy = await findCopy(db, copyId)
        const isReader = copy?.readers.some(({ who }) => who.staffId === by.staffId)
        if (!copy || copy.wholeMs === null || !isReader) return notFound
        const isFirst = await db.transaction().execute(async (step) => {
          if (!(await noteOpened(step, copyId, by.staffId, now()))) return false
          await recordCopy(step, copy, now(), { action: 'copy-opened', by })
          return true
        })
        if (isFirst) news.tell(copy)
        return done
      })
    },

    async withdraw(by: StaffParty, copyId: string): Promise<Answer> {
      return await lines.run(copyId, async () => {
        const copy = await findOwn(copyId, by)
        if (!copy) return notFound
        const isOver = copyStateOf(copy, now()) === 'expired'
        await ends.end(copy, isOver ? 'expired' : 'withdrawn', isOver ? null : by)
        return done
      })
    },

    async stop(): Promise<void> {
      await ends.stop()
      await lines.settled()
    },
  }
}

const unended = { wholeMs: null, ended: null, endedMs: null }

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

/** Each as long as something that was sealed, and all together no more than one copy may be. */
const isSendable = (lengths: readonly number[]) =>
  sum(lengths) <= copyLimits.bytes && lengths.every((length) => sealedChunks(length) !== null)
