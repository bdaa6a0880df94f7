/** The server as a process: what it refuses to start with, and what it says. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, relative } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/server/config.ts'
import { openDemoAuthority } from '../../src/server/demo-authority.ts'
import { readHazards, unbuiltControls } from '../../src/server/hazard-log.ts'
import { startServer } from '../../src/server/server.ts'
import { openStore } from '../../src/server/store/store.ts'
import { freePort } from '../e2e/server.ts'
import { codeOf, signIn } from './client.ts'
import { launch, linkOf, newProcessWard, readLinks } from './process.ts'
import { builtApp, openWard, talk, temporaryFolder } from './ward.ts'

function lines(text: string): string[] {
  return text.trimEnd().split('\n')
}

test('[START-1] a taken port is one line that names it and another to try', async () => {
  const blocker = createServer()
  const port = await freePort()
  await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void blocker.close())
  const server = launch({ BEDSIDE_PORT: String(port), BEDSIDE_DATA: temporaryFolder() })
  expect(await server.ended).toBe(1)
  expect(lines(server.said.err)).toEqual([
    `Port ${port} is taken. Choose another: BEDSIDE_PORT=${port + 1} npm start`,
  ])
})

test('[START-2] a second server on the same data is refused in one line', async () => {
  const ward = await newProcessWard()
  await ward.start()
  const second = launch({ BEDSIDE_PORT: '0', BEDSIDE_DATA: ward.data })
  expect(await second.ended).toBe(1)
  expect(lines(second.said.err)).toEqual([expect.stringContaining('Another Bedside is using')])
})

test('[START-3] every bad value is named in a line of its own', async () => {
  const server = launch({ BEDSIDE_PORT: 'http', BEDSIDE_ORIGIN: 'https://a.example/', BEDSIDE_LOG: 'loud' })
  expect(await server.ended).toBe(1)
  expect(lines(server.said.err).map((line) => line.split(' ')[0])).toEqual([
    'BEDSIDE_PORT',
    'BEDSIDE_ORIGIN',
    'BEDSIDE_LOG',
  ])
})

test('[START-4] production is refused with demo data or unset secrets, naming each', async () => {
  const ward = await newProcessWard()
  await (await ward.start()).kill()
  const refused = launch({ BEDSIDE_DATA: ward.data, BEDSIDE_TIME_SCALE: '2' }, ['--production'])
  expect(await refused.ended).toBe(1)
  expect(lines(refused.said.err)).toEqual([
    expect.stringContaining('holds demo data'),
    expect.stringContaining('BEDSIDE_SECRET is not set'),
    expect.stringContaining('BEDSIDE_ORIGIN is not set'),
    expect.stringContaining('BEDSIDE_ZONE is not set'),
    expect.stringContaining('BEDSIDE_TIME_SCALE is not 1'),
  ])
  const nearly = launch(
    { BEDSIDE_DATA: temporaryFolder(), BEDSIDE_SECRET: 'short', BEDSIDE_ORIGIN: 'http://ward.example' },
    ['--production'],
  )
  expect(await nearly.ended).toBe(1)
  expect(lines(nearly.said.err)).toEqual([
    expect.stringContaining('BEDSIDE_SECRET is shorter than 32'),
    expect.stringContaining('BEDSIDE_ORIGIN is not https'),
    expect.stringContaining('BEDSIDE_ZONE is not set'),
  ])
})

test('[START-5] production starts empty, says which controls of the hazard log are not built, and a demo does not move into its data', async () => {
  const [port, data] = [await freePort(), temporaryFolder()]
  const environment = {
    BEDSIDE_PORT: String(port),
    BEDSIDE_DATA: data,
    BEDSIDE_SECRET: 's'.repeat(32),
    BEDSIDE_ORIGIN: 'https://ward.example',
    BEDSIDE_ZONE: 'Europe/Helsinki',
  }
  const server = launch(environment, ['--production'])
  await server.ready(`http://localhost:${port}`)
  await expect.poll(() => server.said.out).toContain('Stop it with Ctrl+C.')
  expect(server.said.out).toContain('https://ward.example')
  const missing = unbuiltControls(readHazards())
  expect(missing.length).toBeGreaterThan(0)
  for (const line of missing) expect(server.said.out).toContain(line)
  expect(server.said.out).not.toContain('#signin=')
  await server.kill()
  const demo = launch({ BEDSIDE_PORT: String(port), BEDSIDE_DATA: data, BEDSIDE_SECRET: 's'.repeat(32) })
  expect(await demo.ended).toBe(1)
  expect(lines(demo.said.err)).toEqual([expect.stringContaining('holds a real ward')])
})

/** Every file of a folder with its content. */
function contents(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.map((file) => [relative(folder, file), readFileSync(file, 'base64')]))
}

test('[START-13] a demo that is started on a real ward’s folder leaves it byte for byte as it was', async () => {
  const { data, close } = await realWard()
  await close()
  const before = contents(data)
  expect(Object.keys(before)).toContain('bedside.db')
  await expect(openWard({ dataFolder: data })).rejects.toThrow('holds a real ward')
  expect(contents(data)).toEqual(before)
  await (await realWard(data)).close()
})

test('[START-14] production refuses a folder that ever held a demo’s root, in its file or among the certificates', async () => {
  const { data, close } = await realWard()
  await close()
  writeFileSync(join(data, 'demo-root.json'), '{}')
  await expect(realWard(data)).rejects.toThrow('holds demo data')
  rmSync(join(data, 'demo-root.json'))
  const store = await openStore(data, 's'.repeat(32), Date.now())
  await openDemoAuthority(store.db, data, Date.now())
  await store.close()
  rmSync(join(data, 'demo-root.json'))
  await expect(realWard(data)).rejects.toThrow('holds demo data')
})

test('[START-15] a demo of an older version gets the administrator it lacks, and nobody twice', async () => {
  const ward = await openWard()
  await ward.store.db.deleteFrom('staff').where('role', '=', 'admin').execute()
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const people = await again.store.db.selectFrom('staff').select('name').orderBy('name').execute()
  expect(people.map(({ name }) => name)).toEqual(['Anna Laine', 'Ben Okafor', 'Maria Oja', 'Oskar Berg'])
  await again.signIn('Oskar Berg')
})

/** A server under the rules of production, in this process. */
async function realWard(data = temporaryFolder()) {
  const environment = {
    BEDSIDE_PORT: '0',
    BEDSIDE_DATA: data,
    BEDSIDE_SECRET: 's'.repeat(32),
    BEDSIDE_ORIGIN: 'https://ward.example',
    BEDSIDE_ZONE: 'Europe/Helsinki',
    BEDSIDE_LOG: 'silent',
  }
  const server = await startServer({
    config: readConfig(environment, ['--production']),
    appFolder: builtApp(),
    limits: { drainMs: 0 },
    onFault: (error) => {
      throw error
    },
  })
  return { data, close: () => server.close() }
}

test('[START-6] ready means that demo.json has the links of this start', async () => {
  const ward = await newProcessWard()
  await (await ward.start()).kill()
  const old = readLinks(ward.data)
  await ward.start()
  const fresh = readLinks(ward.data)
  expect(linkOf(fresh, 'Anna Laine')).not.toBe(linkOf(old, 'Anna Laine'))
  await signIn(ward.origin, linkOf(fresh, 'Anna Laine'))
})

test('[START-7] what is printed has the address, every link and how to stop', async () => {
  const ward = await newProcessWard()
  const { said } = await ward.start()
  const { staff, beds } = readLinks(ward.data)
  await expect.poll(() => said.out).toContain('Ctrl+C')
  for (const { url } of [...staff, ...beds]) expect(said.out).toContain(url)
  expect(said.out).toContain(ward.origin)
})

test('[START-8] a second start takes little longer than loading the server’s modules does', async () => {
  const ward = await newProcessWard()
  await (await ward.start()).kill()
  const modules = new URL('../../src/server/server.ts', import.meta.url).href
  const ratios: number[] = []
  for (const _ of Array(3)) {
    const beganAtMs = performance.now()
    spawnSync(process.execPath, ['--eval', `import('${modules}').then(() => process.exit())`])
    const loadedAtMs = performance.now()
    const server = await ward.start()
    ratios.push((performance.now() - loadedAtMs) / (loadedAtMs - beganAtMs))
    await server.kill()
  }
  // What it takes in seconds is the figure `second-start` of `npm run bench`.
  expect(ratios.toSorted((a, b) => a - b)[1]).toBeLessThan(2)
  // Seven starts of a program, one after the other.
}, 120_000)

test('[START-12] the log names nobody and holds no link, token, key or description of media', async () => {
  const ward = await newProcessWard({ BEDSIDE_LOG: 'trace' })
  const server = await ward.start()
  const people = await ward.people()
  const [nurse, bed] = [await people.nurse(), await people.bed()]
  const { callId, epoch } = await talk(nurse, bed)
  nurse.say({
    type: 'call.signal',
    callId,
    epoch,
    signal: { type: 'offer', negotiation: 1, sdp: 'v=0 secret', proof: null },
  })
  await bed.hear('call.signal')
  bed.wire.send('{"seq":9,"ack":0,"message":"secret"}')
  await bed.closed
  server.signal('SIGTERM')
  await server.ended
  expect(server.said.err).toContain('broke the protocol')
  const { staff, beds } = readLinks(ward.data)
  const secrets = [...staff, ...beds].map(({ url }) => codeOf(url))
  for (const word of [...secrets, 'Laine', 'Salonen', 'DEMO-', 'secret', 'cookie'])
    expect(server.said.err).not.toContain(word)
})
