/** The ward's staff code: made by chance, sealed, told to tablets as a check, and what they say of their settings. Real sockets. */
import { pbkdf2Sync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { type CodeCheck, staffCodeAnswer } from '../../src/protocol/staff-code.ts'
import { tabletList } from '../../src/protocol/tablet-list.ts'
import { databaseFile } from '../../src/server/store/store.ts'
import { type Client, openBed, post } from './client.ts'
import { actsIn, bedIdOf, openWard, type Ward } from './ward.ts'

async function read(ward: Ward, cookie: string) {
  const headers = { cookie, 'x-bedside': '1' }
  return await fetch(`${ward.origin}/api/staff-code`, { headers })
}

async function codeOf(ward: Ward, cookie: string) {
  return v.parse(staffCodeAnswer, await (await read(ward, cookie)).json())
}

const renew = (ward: Ward, cookie: string) => post(ward.origin, '/api/staff-code', {}, { cookie })

function fits(code: string, { salt, rounds, hash }: CodeCheck): boolean {
  return pbkdf2Sync(code, salt, rounds, 32, 'sha256').toString('base64url') === hash
}

/** As its welcome said it. */
function checkOf({ welcome }: Client): CodeCheck {
  if (!welcome.staffCode) throw new Error('told no staff code')
  return welcome.staffCode
}

test('[CODE-7] a ward has six digits from its beginning, which staff read and a restart keeps', async () => {
  const ward = await openWard()
  const nurse = await ward.signIn('Anna Laine')
  const { code } = await codeOf(ward, nurse)
  expect(code).toMatch(/^\d{6}$/)
  expect(await actsIn(ward, 'staff-code-made')).toEqual([])
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  expect((await codeOf(again, nurse)).code).toBe(code)
})

test('[CODE-7] two wards have two codes: nobody chose them', async () => {
  const codes = new Set<string>()
  for (let count = 0; count < 3; count += 1) {
    const ward = await openWard()
    codes.add((await codeOf(ward, await ward.signIn('Anna Laine'))).code)
    await ward.close()
  }
  expect(codes.size).toBeGreaterThan(1)
})

test('[CODE-7] neither the code nor what it is checked by lies in the data folder as it is', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const check = checkOf(bed)
  const { code } = await codeOf(ward, await ward.signIn('Anna Laine'))
  await ward.close()
  const bytes = readFileSync(databaseFile(ward.data)).toString('latin1')
  for (const secret of [`"${code}"`, check.hash, check.salt]) expect(bytes).not.toContain(secret)
})

test('[CODE-7] a tablet is told what to check codes by when it comes, and what it is told fits the code alone', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const check = checkOf(bed)
  const { code } = await codeOf(ward, await ward.signIn('Anna Laine'))
  expect(fits(code, check)).toBe(true)
  expect(fits(code === '000000' ? '000001' : '000000', check)).toBe(false)
  const station = await ward.station('Ben Okafor')
  expect(station.welcome.staffCode).toBeUndefined()
})

test('[CODE-7] an administrator alone makes a new one; every tablet hears of it at once, and it is on record without a digit', async () => {
  const ward = await openWard()
  const [one, two] = [await ward.bed('1'), await ward.bed('2')]
  const [nurse, admin] = [await ward.signIn('Anna Laine'), await ward.signIn('Oskar Berg')]
  const { code: before } = await codeOf(ward, nurse)
  expect((await renew(ward, nurse)).status).toBe(403)
  expect((await codeOf(ward, nurse)).code).toBe(before)
  const { code } = v.parse(staffCodeAnswer, await (await renew(ward, admin)).json())
  expect(code).not.toBe(before)
  for (const bed of [one, two]) {
    const { check } = await bed.hear('staff-code.changed', ({ check }) => fits(code, check))
    expect(fits(before, check)).toBe(false)
  }
  const [made] = await actsIn(ward, 'staff-code-made')
  expect(made).toMatchObject({
    agent: { type: 'staff', role: 'admin' },
    entity: { type: 'ward' },
    detail: null,
  })
  expect(JSON.stringify(made)).not.toContain(code)
})

test('[CODE-7] a tablet that was away hears of a new code when it comes back', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  await bed.cut()
  const admin = await ward.signIn('Oskar Berg')
  const { code } = v.parse(staffCodeAnswer, await (await renew(ward, admin)).json())
  const back = await openBed(ward.origin, bed.tablet)
  expect(fits(code, checkOf(back))).toBe(true)
})

test('[CODE-7] a server whose secret is another one makes another code, on record, and starts', async () => {
  const ward = await openWard({ environment: { BEDSIDE_SECRET: 'a'.repeat(64) } })
  await ward.close()
  const again = await openWard({ dataFolder: ward.data, environment: { BEDSIDE_SECRET: 'b'.repeat(64) } })
  const { code } = await codeOf(again, await again.signIn('Anna Laine'))
  const bed = await again.bed('1')
  const check = checkOf(bed)
  expect(fits(code, check)).toBe(true)
  expect(await actsIn(again, 'staff-code-made')).toMatchObject([{ agent: { type: 'server' } }])
})

test('[CODE-8] that settings were opened, and that codes were refused, is on record by the bed', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  bed.say({ type: 'settings.tried', outcome: 'refused' })
  bed.say({ type: 'settings.tried', outcome: 'opened' })
  await bed.settled()
  const bedId = bedIdOf(bed)
  const by = { agent: { type: 'bed', bedId }, entity: { type: 'bed', id: bedId }, patient: null }
  expect(await actsIn(ward, 'settings-opened')).toMatchObject([
    { outcome: 'refused', ...by },
    { outcome: 'done', ...by },
  ])
})

test('[CODE-5] a tablet that leaves its bed is sent away and shown as none, its key is good for nothing, and all of it is on record', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const station = await ward.station()
  const bedId = bedIdOf(bed)
  bed.say({ type: 'bed.leave' })
  expect((await bed.closed).code).toBe(4401)
  await station.hear('bed.changed', ({ bed: now }) => now.bedId === bedId && now.tablet === 'none')
  const headers = { cookie: await ward.signIn('Oskar Berg'), 'x-bedside': '1' }
  const list = await (await fetch(`${ward.origin}/api/tablets`, { headers })).json()
  expect(v.parse(tabletList, list).tablets.find((row) => row.bedId === bedId)).toMatchObject({
    state: 'none',
  })
  expect(await actsIn(ward, 'tablet-revoked')).toMatchObject([
    { agent: { type: 'bed', bedId }, entity: { type: 'bed', id: bedId }, detail: 'at-the-tablet' },
  ])
  await expect(openBed(ward.origin, bed.tablet)).rejects.toThrow()
})
