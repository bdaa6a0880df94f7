/** A ward that is no demo: production rules, two beds, a nurse and an administrator, no tablet yet. */
import { createHash, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { onTestFinished } from 'vitest'
import { codeAnswer } from '../../src/protocol/tablet-desk.ts'
import { beginAnswer, commitmentText, digitsOf, digitsText, waitAnswer } from '../../src/protocol/tablets.ts'
import { readConfig } from '../../src/server/config.ts'
import { startServer } from '../../src/server/server.ts'
import { furnish, secret } from '../fakes/furnish.ts'
import { bedHello, makeKeys, post, type Tablet } from './client.ts'
import { builtApp, temporaryFolder } from './ward.ts'
import { openWire } from './wire.ts'

const origin = 'https://bedside.test'

const sha256 = (text: string) => createHash('sha256').update(text).digest()

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
        BEDSIDE_ZONE: 'Europe/Helsinki',
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

  const [admin, nurse] = [await signIn(codes.admin), await signIn(codes.nurse)]

  return {
    data,
    codes,
    admin,
    nurse,
    post: (path: string, body: unknown, cookie = '') => post(at, `/api${path}`, body, { origin, cookie }),
    async get(path: string, cookie: string): Promise<unknown> {
      const answer = await fetch(`${at}/api${path}`, { headers: { cookie, 'x-bedside': '1' } })
      return await answer.json()
    },
    /** Enrols a tablet with a key of its own: a code, six digits, somebody who types them. */
    async enrol(bedId: string) {
      const ask = async (path: string, said: unknown, cookie = '') =>
        await (await post(at, `/api${path}`, said, { origin, cookie })).json()
      const { keys, publicKey } = await makeKeys()
      const nonce = randomBytes(32).toString('base64url')
      const commitment = sha256(commitmentText(publicKey, nonce)).toString('base64url')
      const { code } = v.parse(codeAnswer, await ask('/tablets/code', { bedId }, admin))
      const begun = v.parse(beginAnswer, await ask('/enrol/begin', { code, commitment }))
      const { enrolmentId } = begun
      await ask('/enrol/reveal', { enrolmentId, publicKey, nonce })
      const digits = digitsOf(sha256(digitsText(enrolmentId, publicKey, nonce, begun.nonce)))
      await ask('/tablets/confirm', { bedId, digits }, nurse)
      const waited = v.parse(waitAnswer, await ask('/enrol/wait', { enrolmentId }))
      if (waited.state !== 'confirmed') throw new Error(waited.state)
      return { deviceId: waited.deviceId, bedId, keys, publicKey, counter: 0 }
    },
    async connect(tablet: Tablet) {
      const wire = openWire(at, { origin })
      wire.send(JSON.stringify(await bedHello(origin, tablet, await wire.nonce())))
      return { wire, welcome: await wire.welcome() }
    },
  }
}
