/** Tablets brought to another build: from one bed to all, stopped, taken back, and what a bad build does. Real sockets. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { minuteAt } from '../../src/core/minutes.ts'
import { updatesView } from '../../src/protocol/rollout.ts'
import { ringTestAnswer, tabletList } from '../../src/protocol/tablet-list.ts'
import { dayMinutes, unspoken } from '../../src/protocol/wishes.ts'
import { type Client, openBed, post } from './client.ts'
import { bedIdOf, healthy, openWard, talk, temporaryFolder, type Ward, type WardOptions } from './ward.ts'

function appOf(name: string): { readonly folder: string; readonly build: string } {
  const folder = temporaryFolder()
  const page = `<!doctype html><title>${name}</title>`
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), page)
  return { folder, build: createHash('sha256').update(page).digest('hex').slice(0, 12) }
}

type App = ReturnType<typeof appOf>

/** A ward that was started with `old` and is started now with `fresh`, by hand unless told otherwise. */
async function updatedWard(
  old: App,
  fresh: App,
  environment: WardOptions['environment'] = {},
): Promise<Ward> {
  const dataFolder = temporaryFolder()
  const settings = { dataFolder, environment: { BEDSIDE_UPDATES: 'by-hand', ...environment } }
  await (await openWard({ ...settings, appFolder: old.folder })).close()
  return await openWard({ ...settings, appFolder: fresh.folder })
}

const admins = new Map<string, string>()
/** Their link works once, and a restart signs nobody out. */
async function admin(ward: Ward): Promise<string> {
  const cookie = admins.get(ward.data) ?? (await ward.signIn('Oskar Berg'))
  admins.set(ward.data, cookie)
  return cookie
}

async function asks(ward: Ward, said: object): Promise<Response> {
  const cookie = await admin(ward)
  return await post(ward.origin, '/api/tablets/rollout', said, { cookie })
}

async function done(ward: Ward, said: object) {
  const answer = await asks(ward, said)
  expect(answer.status).toBe(200)
  return v.parse(updatesView, await answer.json())
}

async function list(ward: Ward) {
  const headers = { cookie: await admin(ward), 'x-bedside': '1' }
  return v.parse(tabletList, await (await fetch(`${ward.origin}/api/tablets`, { headers })).json())
}

/** It is told to run this build; a tablet that runs another says so. */
async function offered(bed: Client, build: string) {
  return await bed.hear('update.offer', (offer) => offer.build === build)
}

const saysItRuns = (bed: Client, build: string) =>
  bed.say({ type: 'tablet.health', health: { ...healthy, build } })

/** It runs this build now, and the server knows. */
async function runs(ward: Ward, bed: Client, build: string): Promise<void> {
  saysItRuns(bed, build)
  await expect.poll(async () => (await rowOf(ward, bed))?.health?.build).toBe(build)
}

async function rowOf(ward: Ward, bed: Client) {
  return (await list(ward)).tablets.find(({ bedId }) => bedId === bedIdOf(bed))
}

test('[UPDATE-1] after an update of the server tablets are told to stay; an administrator brings one bed, then all', async () => {
  const [old, fresh] = [appOf('one'), appOf('two')]
  const ward = await updatedWard(old, fresh)
  const [one, two] = [await ward.bed('1'), await ward.bed('2')]
  await runs(ward, one, old.build)
  await runs(ward, two, old.build)
  for (const bed of [one, two]) expect(bed.heard().map(({ type }) => type)).not.toContain('update.offer')
  const begun = await done(ward, { act: 'begin', build: fresh.build, bedId: bedIdOf(one) })
  expect(begun.builds.map(({ build }) => build)).toEqual([fresh.build, old.build])
  expect(begun.rollout).toMatchObject({ before: old.build, meant: 1, running: 0, next: null })
  const { number } = begun.rollout
  await offered(one, fresh.build)
  expect((await asks(ward, { act: 'wider', number })).status).toBe(409)
  await runs(ward, one, fresh.build)
  expect((await list(ward)).updates.rollout).toMatchObject({ running: 1, next: { type: 'all' } })
  await done(ward, { act: 'wider', number })
  await offered(two, fresh.build)
})

test('[UPDATE-3] a roll-out outlives a restart, can be taken back, and is on record with who did it', async () => {
  const [old, fresh] = [appOf('one'), appOf('two')]
  const ward = await updatedWard(old, fresh)
  const bed = await ward.bed('1')
  const { rollout } = await done(ward, { act: 'begin', build: fresh.build, bedId: bedIdOf(bed) })
  await ward.close()
  const again = await openWard({
    dataFolder: ward.data,
    appFolder: fresh.folder,
    environment: { BEDSIDE_UPDATES: 'by-hand' },
  })
  const back = await openBed(again.origin, bed.tablet)
  saysItRuns(back, old.build)
  await offered(back, fresh.build)
  await runs(again, back, fresh.build)
  await done(again, { act: 'back', number: rollout.number })
  await offered(back, old.build)
  const acts = await again.store.db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', 'ward-changed')
    .where('text', 'like', '%"app %')
    .execute()
  const told = acts.map(({ text }) => JSON.parse(text).act).map(({ agent, detail }) => [agent.type, detail])
  expect(told).toEqual([
    ['staff', `app ${fresh.build} for one bed`],
    ['staff', `app ${old.build} again for all`],
  ])
})

test('[UPDATE-4] a bad build stops its roll-out by itself, which says where and why; no other tablet is told to take it (HZ-11)', async () => {
  const [old, fresh] = [appOf('one'), appOf('two')]
  const ward = await updatedWard(old, fresh, { BEDSIDE_UPDATES: 'at-once' })
  const [one, two] = [await ward.bed('1'), await ward.bed('2')]
  saysItRuns(one, old.build)
  const { build, number } = await offered(one, fresh.build)
  one.say({ type: 'update.failed', build, number, why: 'not-ready' })
  await expect
    .poll(async () => (await list(ward)).updates.rollout)
    .toMatchObject({ state: 'stopped', failed: { label: '1', why: 'not-ready' } })
  const fresher = await openBed(ward.origin, two.tablet)
  await runs(ward, fresher, old.build)
  expect(fresher.heard().filter(({ type }) => type === 'update.offer')).toEqual([])
  await done(ward, { act: 'begin', build, bedId: bedIdOf(one) })
  await offered(one, build)
})

test('[UPDATE-5] what tablets are meant to run is served however many builds come after it', async () => {
  const apps = ['one', 'two', 'three', 'four', 'five'].map(appOf)
  const [first = appOf('none'), ...later] = apps
  const dataFolder = temporaryFolder()
  const environment = { BEDSIDE_UPDATES: 'by-hand' }
  let ward = await openWard({ dataFolder, environment, appFolder: first.folder })
  for (const { folder } of later) {
    await ward.close()
    ward = await openWard({ dataFolder, environment, appFolder: folder })
  }
  const bed = await ward.bed('1')
  saysItRuns(bed, apps[4]?.build ?? '')
  await offered(bed, first.build)
  expect((await fetch(`${ward.origin}/builds/${first.build}/index.html`)).status).toBe(200)
  expect((await fetch(`${ward.origin}/builds/${apps[1]?.build}/index.html`)).status).toBe(404)
})

test('[UPDATE-5] tablets whose build is not there any more are told to take today’s', async () => {
  const [old, fresh] = [appOf('one'), appOf('two')]
  const ward = await updatedWard(old, fresh)
  await ward.close()
  writeFileSync(join(ward.data, 'builds', old.build, 'index.html'), 'spoilt')
  const again = await openWard({
    dataFolder: ward.data,
    appFolder: fresh.folder,
    environment: { BEDSIDE_UPDATES: 'by-hand' },
  })
  const bed = await again.bed('1')
  saysItRuns(bed, old.build)
  await offered(bed, fresh.build)
})

async function ringTest(ward: Ward, bed: Client, atNight = false) {
  const cookie = await admin(ward)
  const said = { bedId: bedIdOf(bed), atNight }
  const answer = await post(ward.origin, '/api/tablets/ring-test', said, { cookie })
  return v.parse(ringTestAnswer, await answer.json()).outcome
}

test('[FLEET-1] a ring test from afar sounds at an idle tablet, and never in a call or where nobody is (HZ-11)', async () => {
  const ward = await openWard()
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  expect(await ringTest(ward, bed)).toBe('played')
  await bed.hear('sound.play')
  await talk(station, bed)
  expect(await ringTest(ward, bed)).toBe('busy')
  await bed.cut()
  await expect.poll(() => ringTest(ward, bed)).toBe('away')
})

test('[FLEET-1] behind a curtain it is not played, and in quiet hours only for who confirms it (HZ-15)', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const report = { sound: 'on', knock: false, cleanEpoch: null } as const
  bed.say({ type: 'bed.report', report: { ...report, privacyUntilMs: Date.now() + 600_000 } })
  await expect.poll(() => ringTest(ward, bed)).toBe('privacy')
  bed.say({ type: 'bed.report', report: { ...report, privacyUntilMs: null } })
  await expect.poll(() => ringTest(ward, bed)).toBe('played')
  const minute = minuteAt(Date.now(), null)
  const quiet = {
    fromMinute: (minute + dayMinutes - 60) % dayMinutes,
    untilMinute: (minute + 60) % dayMinutes,
  }
  const wishes = { ...unspoken, quiet }
  const admissionId = bed.welcome.stay?.admissionId ?? ''
  const station = await ward.station()
  station.say({ type: 'admission.wish', actId: 'act-1', admissionId, wishes })
  await expect.poll(() => ringTest(ward, bed)).toBe('quiet')
  expect(await ringTest(ward, bed, true)).toBe('played')
})
