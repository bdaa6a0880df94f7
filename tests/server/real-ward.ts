/** A ward that is no demo: production rules, two beds, a nurse and an administrator, no tablet yet. */
import { onTestFinished } from 'vitest'
import { readConfig } from '../../src/server/config.ts'
import { startServer } from '../../src/server/server.ts'
import { furnish, secret } from '../fakes/furnish.ts'
import { bedHello, makeKeys, post, type Tablet } from './client.ts'
import { builtApp, temporaryFolder } from './ward.ts'
import { openWire } from './wire.ts'

const origin = 'https://bedside.test'

export type RealWard = Awaited<ReturnType<typeof openRealWard>>

export async function openRealWard() {
  const data = temporaryFolder()
  const codes = await furnish(data)
  const server = await startServer({
    config: readConfig(
      {
        BEDSIDE_PORT: '0',
        BEDSIDE_DATA: data,
        BEDSIDE_ORIGIN: origin,
        BEDSIDE_SECRET: secret,
        BEDSIDE_LOG: 'silent',
      },
      ['--production'],
    ),
    appFolder: builtApp(),
    limits: { drainMs: 0 },
    onFault: (error) => {
      throw error
    },
  })
  onTestFinished(() => server.close())
  const at = `http://localhost:${server.port}`

  async function signIn(code: string): Promise<string> {
    const answer = await post(at, '/api/sign-in', { code }, { origin })
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  }

  return {
    data,
    codes,
    admin: await signIn(codes.admin),
    nurse: await signIn(codes.nurse),
    post: (path: string, body: unknown, cookie = '') => post(at, `/api${path}`, body, { origin, cookie }),
    async get(path: string, cookie: string): Promise<unknown> {
      const answer = await fetch(`${at}/api${path}`, { headers: { cookie, 'x-bedside': '1' } })
      return await answer.json()
    },
    /** Enrols a tablet with a key of its own. */
    async enrol(code: string) {
      const { keys, publicKey } = await makeKeys()
      const answer = await post(at, '/api/enrol', { code, publicKey }, { origin })
      const { deviceId, bed } = (await answer.json()) as { deviceId: string; bed: { bedId: string } }
      return { deviceId, bedId: bed.bedId, keys, publicKey }
    },
    async connect(tablet: Tablet) {
      const wire = openWire(at, { origin })
      wire.send(JSON.stringify(await bedHello(origin, tablet, await wire.nonce())))
      return { wire, welcome: await wire.welcome() }
    },
  }
}
