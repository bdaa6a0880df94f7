/** Builds of the app over updates of the server: what a page that still runs an older one is given. Real sockets, real folders. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWard, temporaryFolder, type Ward } from './ward.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A built app whose page and files bear its name. */
function appOf(name: string): { readonly folder: string; readonly build: string } {
  const folder = temporaryFolder()
  const page = `<!doctype html><title>${name}</title>`
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), page)
  writeFileSync(join(folder, 'sw.js'), `// the worker of ${name}`)
  writeFileSync(join(folder, 'assets', `later-${name}.js`), `export const build = '${name}'`)
  return { folder, build: sha256(page).slice(0, 12) }
}

/** The server, stopped and started on the same data with each build in turn; the last one runs. */
async function updatedThrough(data: string, builds: readonly { readonly folder: string }[]): Promise<Ward> {
  let ward: Ward | null = null
  for (const [day, { folder }] of builds.entries()) {
    await ward?.close()
    ward = await openWard({ dataFolder: data, appFolder: folder, now: () => Date.now() + day })
    // What a build does to the folder of the one before.
    if (day < builds.length - 1) rmSync(folder, { recursive: true })
  }
  if (!ward) throw new Error('no build')
  return ward
}

const get = (ward: Ward, path: string) => fetch(`${ward.origin}${path}`)

test('[BUILD-1] after an update the files of the two builds before are served on, and those of the third are gone', async () => {
  const apps = ['one', 'two', 'three', 'four'].map(appOf)
  const ward = await updatedThrough(temporaryFolder(), apps)
  for (const name of ['two', 'three', 'four']) {
    const answer = await get(ward, `/assets/later-${name}.js`)
    expect([name, answer.status]).toEqual([name, 200])
    expect(await answer.text()).toContain(`'${name}'`)
    expect(answer.headers.get('cache-control')).toContain('immutable')
  }
  expect((await get(ward, '/assets/later-one.js')).status).toBe(404)
  expect(await (await get(ward, '/bed')).text()).toContain('four')
})

test('[BUILD-2] the worker and the page of each kept build are served by its name, and of no other', async () => {
  const apps = ['one', 'two', 'three', 'four'].map(appOf)
  const ward = await updatedThrough(temporaryFolder(), apps)
  const [gone, , third] = apps.map(({ build }) => build)
  expect(await (await get(ward, '/sw.js')).text()).toContain('four')
  expect(await (await get(ward, `/sw.js?build=${third}`)).text()).toContain('three')
  const page = await get(ward, `/builds/${third}/index.html`)
  expect(sha256(await page.text()).slice(0, 12)).toBe(third)
  expect(page.headers.get('cache-control')).toBe('no-cache')
  for (const path of [`/sw.js?build=${gone}`, `/builds/${gone}/index.html`, `/builds/${third}.json`])
    expect([path, (await get(ward, path)).status]).toEqual([path, 404])
  for (const path of [
    '/sw.js?build=..',
    '/sw.js?build=a&build=b',
    '/builds/../bedside.db',
    '/builds/%2e%2e/bedside.db',
  ])
    expect([path, (await get(ward, path)).status >= 400]).toEqual([path, true])
})

test('[BUILD-3] a kept build that is not what was taken in is served no more, and today’s is taken in anew', async () => {
  const data = temporaryFolder()
  const [old, today] = [appOf('one'), appOf('two')]
  await (await updatedThrough(data, [old, today])).close()
  for (const { build } of [old, today]) {
    const file = readdirSync(join(data, 'builds', build, 'assets'))[0] ?? ''
    rmSync(join(data, 'builds', build, 'assets', file))
    writeFileSync(join(data, 'builds', build, 'assets', file), 'something else')
  }
  const ward = await openWard({ dataFolder: data, appFolder: today.folder })
  expect((await get(ward, '/assets/later-one.js')).status).toBe(404)
  expect(await (await get(ward, '/assets/later-two.js')).text()).toContain("'two'")
})

test('[BUILD-3] what a crash left half taken in is forgotten', async () => {
  const data = temporaryFolder()
  const [old, today] = [appOf('one'), appOf('two')]
  await (await updatedThrough(data, [old])).close()
  mkdirSync(join(data, 'builds', `${today.build}.part`))
  writeFileSync(join(data, 'builds', `${today.build}.part`, 'index.html'), 'half')
  const ward = await openWard({ dataFolder: data, appFolder: today.folder })
  expect(await (await get(ward, '/')).text()).toContain('two')
  expect(readdirSync(join(data, 'builds')).filter((name) => name.endsWith('.part'))).toEqual([])
})
