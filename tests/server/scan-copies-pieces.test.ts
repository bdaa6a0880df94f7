/** However pieces come, in which order, how large, how often and through which crash: the file is the one that was sent. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Addressee } from '../../src/protocol/duty.ts'
import { refusalOf, signIn } from './client.ts'
import { copiesFolder, copyPerson, type Sealed, sealCopy } from './copies.ts'
import { linkOf, newProcessWard, readLinks } from './process.ts'
import { openWard } from './ward.ts'

async function openPieces() {
  const ward = await openWard()
  const nurse = await copyPerson(ward, await ward.signIn('Ben Okafor'))
  await copyPerson(ward, await ward.signIn('Maria Oja'))
  const { staff_id: staffId } = await ward.store.db
    .selectFrom('staff')
    .select('staff_id')
    .where('name', '=', 'Maria Oja')
    .executeTakeFirstOrThrow()
  const to: Addressee = { type: 'staff', staffId }
  const make = async (bytes: number, copyId = randomUUID()) => {
    const files = [new Uint8Array(bytes).fill(7)]
    return await sealCopy(ward, nurse, { to, keys: [], files, about: { copyId } })
  }
  return { ward, nurse, make }
}

const onDisk = (data: string, copyId: string) => readFileSync(join(copiesFolder({ data }), copyId, '1'))

test('pieces in any order, of any size, doubled and overlapping end in the same file', async () => {
  const { ward, nurse, make } = await openPieces()
  const place = fc.record({ from: fc.nat(400), length: fc.nat(200) })
  await fc.assert(
    fc.asyncProperty(
      fc.nat(300),
      fc.array(place, { maxLength: 12 }),
      fc.boolean(),
      async (bytes, places, atOnce) => {
        const copy = await make(bytes)
        await nurse.begun(copy)
        const whole = copy.sealed[1] ?? new Uint8Array()
        const put = async ({ from, length }: { readonly from: number; readonly length: number }) => {
          const piece = whole.slice(from, from + length)
          const answer = await nurse.piece(copy.copyId, 1, Math.min(from, whole.length), piece)
          expect(answer.status).toBe(200)
        }
        if (atOnce) await Promise.all(places.map(put))
        else for (const one of places) await put(one)
        await nurse.send(copy)
        expect(onDisk(ward.data, copy.copyId)).toEqual(Buffer.from(whole))
        expect((await nurse.envelope(copy.copyId)).files[1]).toBe(whole.length)
        await nurse.say('/copies/withdraw', { copyId: copy.copyId })
      },
    ),
    { seed: 11, numRuns: 25 },
  )
})

test('a server that is killed between pieces, or in the middle of one, goes on where the bytes end', async () => {
  const ward = await newProcessWard()
  const server = await ward.start()
  const cookie = await signIn(ward.origin, linkOf(readLinks(ward.data), 'Ben Okafor'))
  const nurse = await copyPerson(ward, cookie)
  const [dutyId = ''] = await dutiesOf(ward.origin, cookie)
  const to: Addressee = { type: 'duty', dutyId }
  const copy: Sealed = await sealCopy(ward, nurse, { to, keys: [], files: [new Uint8Array(700_000).fill(3)] })
  const whole = copy.sealed[1] ?? new Uint8Array()
  await nurse.begun(copy)
  expect(await nurse.put(copy.copyId, 1, 0, whole.slice(0, 300_000))).toBe(300_000)
  const cut = nurse.piece(copy.copyId, 1, 300_000, whole.slice(300_000, 650_000)).catch(() => null)
  await server.kill()
  await cut
  await ward.start()
  const [, there = 0] = await nurse.begun(copy)
  expect(there).toBeGreaterThanOrEqual(300_000)
  expect(onDisk(ward.data, copy.copyId)).toEqual(Buffer.from(whole.slice(0, there)))
  await nurse.send(copy)
  expect(onDisk(ward.data, copy.copyId)).toEqual(Buffer.from(whole))
  expect((await nurse.list()).sent).toMatchObject([{ copyId: copy.copyId, state: 'there' }])
})

async function dutiesOf(origin: string, cookie: string): Promise<string[]> {
  const answer = await fetch(`${origin}/api/colleagues`, { headers: { cookie } })
  const { duties } = await answer.json()
  return duties.map(({ dutyId }: { readonly dutyId: string }) => dutyId)
}

test('a disk that is full says so, and takes the rest once there is room', async () => {
  const { ward, nurse, make } = await openPieces()
  const copy = await make(500)
  await nurse.begun(copy)
  const folder = join(copiesFolder(ward), copy.copyId)
  mkdirSync(folder, { recursive: true })
  // Whatever is written there finds no room (full(4)).
  symlinkSync('/dev/full', join(folder, '1'))
  const answer = await nurse.piece(copy.copyId, 1, 0, (copy.sealed[1] ?? new Uint8Array()).slice(0, 100))
  expect(await refusalOf(answer)).toEqual({ status: 507, body: { refusal: 'storage-full' } })
  rmSync(join(folder, '1'))
  await nurse.send(copy)
  expect(onDisk(ward.data, copy.copyId)).toEqual(Buffer.from(copy.sealed[1] ?? new Uint8Array()))
})
