/** `npm run staff` as an operator runs it: beside a running server, and with none. */
import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { surroundings } from '../surroundings.ts'
import { acceptByPassword, cookieOf } from './accounts.ts'
import { openStation } from './client.ts'
import { openWard, temporaryFolder } from './ward.ts'

const command = fileURLToPath(new URL('../../src/server/staff-command.ts', import.meta.url))

async function staff(data: string, ...words: string[]) {
  const env = { ...surroundings, BEDSIDE_DATA: data, BEDSIDE_PORT: '8123' }
  const child = spawn(process.execPath, [command, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      said += part
    })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { said, code }
}

function codeIn(said: string): string {
  return said.match(/#invite=([\w-]+)/)?.[1] ?? ''
}

test('[STAFF-1] beside a running server it adds, shows, changes and disables, and open screens follow at once', async () => {
  const ward = await openWard({ limits: { recheckMs: 3_600_000 } })
  expect(statSync(join(ward.data, 'control.sock')).mode & 0o777).toBe(0o600)
  const added = await staff(ward.data, 'add', 'Iris Virta', 'nurse', '--ward', 'Ward 4B')
  expect(added).toMatchObject({ code: 0, said: expect.stringContaining(`${ward.origin}/station#invite=`) })
  const accepted = await acceptByPassword(ward.origin, codeIn(added.said), 'twelve chars')
  const cookie = cookieOf(accepted)
  const nurse = await openStation(ward.origin, cookie)
  expect(nurse.welcome.snapshot?.beds).toHaveLength(8)
  expect((await staff(ward.data, 'list')).said).toMatch(/Iris Virta +nurse +password/)
  expect((await staff(ward.data, 'role', 'iris virta', 'doctor')).code).toBe(0)
  expect((await nurse.closed).code).toBe(1012)
  const doctor = await openStation(ward.origin, cookie)
  expect((await staff(ward.data, 'disable', 'Iris Virta')).code).toBe(0)
  expect((await doctor.closed).code).toBe(4401)
})

test('[STAFF-2] with no server running it does the same to the data, and the link works when one starts', async () => {
  const ward = await openWard()
  await ward.close()
  const added = await staff(ward.data, 'add', 'Iris Virta', 'nurse')
  expect(added.said).toContain('http://localhost:8123/station#invite=')
  const { origin } = await openWard({ dataFolder: ward.data })
  expect((await acceptByPassword(origin, codeIn(added.said), 'twelve chars')).status).toBe(200)
})

test.each([
  [[], 'npm run staff -- add'],
  [['add', 'Iris Virta'], 'A role is one of'],
  [['add', 'Iris Virta', 'cook'], 'A role is one of nurse, doctor, interpreter, admin.'],
  [['add', 'Iris Virta', 'nurse', '--ward', 'Ward 9'], 'There is no ward "Ward 9". There is: Ward 4B.'],
  [['add', 'Anna Laine', 'nurse'], 'Somebody is called Anna Laine already'],
  [['add', ' \u200b ', 'nurse'], 'A name has at least one letter.'],
  [['disable', 'Nobody'], 'There is no Nobody'],
  [['fire', 'Anna Laine'], 'npm run staff -- add'],
  [['list', '--all'], 'npm run staff -- add'],
])('[STAFF-3] %j is refused in a sentence', async (words, sentence) => {
  const ward = await openWard()
  const { said, code } = await staff(ward.data, ...words)
  expect(said).toContain(sentence)
  expect(code).toBe(1)
})

test('[STAFF-4] in an empty folder it begins a real ward, never a demo', async () => {
  const data = join(temporaryFolder(), 'new')
  const added = await staff(data, 'add', 'Iris Virta', 'admin')
  expect(added.code).toBe(0)
  await expect(openWard({ dataFolder: data })).rejects.toThrow('holds a real ward')
})

test('[STAFF-5] only `add` begins a ward: any other word in an empty folder says so and makes nothing', async () => {
  const data = join(temporaryFolder(), 'new')
  for (const words of [['list'], ['disable', 'Nobody'], ['fire', 'Nobody']])
    expect(await staff(data, ...words)).toMatchObject({
      code: 1,
      said: expect.stringContaining('nothing in'),
    })
  expect(existsSync(data)).toBe(false)
  await openWard({ dataFolder: data })
})

test('[STAFF-6] a connection asks once: what follows its line is not done', async () => {
  const ward = await openWard()
  const add = (name: string) => `${JSON.stringify({ words: ['add', name, 'nurse'] })}\n`
  const said = await new Promise<string>((resolve) => {
    let text = ''
    const socket = connect(join(ward.data, 'control.sock'), () =>
      socket.write(`${add('Iris Virta')}${add('Otto Salo')}`),
    )
    socket.on('data', (part) => {
      text += part
    })
    socket.on('close', () => resolve(text))
  })
  expect(said).toContain('#invite=')
  expect(said.trimEnd().split('\n')).toHaveLength(1)
  const names = (await ward.store.db.selectFrom('staff').select('name').execute()).map(({ name }) => name)
  expect([names.includes('Iris Virta'), names.includes('Otto Salo')]).toEqual([true, false])
})
