/** A push service of one's own (RFC 8030) with its browsers: it opens what it is sent (RFC 8291) and checks by whom (RFC 8292). */
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { importJWK, jwtVerify } from 'jose'

export type Delivered = {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** As the browser would hand it to the service worker. */
  readonly text: string
  /** As the push service sees it. */
  readonly sealed: Buffer
  /** Who signed for it. */
  readonly subject: string
  readonly key: string
}

export type PushService = Awaited<ReturnType<typeof openPushService>>

/** `answers` says by the subscription's path what is answered; 201 where it says nothing. */
export async function openPushService(answers: ReadonlyMap<string, number> = new Map()) {
  const delivered: Delivered[] = []
  const browsers = new Map<string, ReturnType<typeof newBrowser>>()
  const failures: unknown[] = []
  let hear = () => {}

  const server = createServer((asked, answer) => {
    const parts: Buffer[] = []
    asked.on('data', (part) => parts.push(part))
    asked.on('end', async () => {
      const path = asked.url ?? ''
      try {
        const sealed = Buffer.concat(parts)
        const browser = browsers.get(path)
        if (!browser) throw new Error(`nobody subscribed at ${path}`)
        const who = await signerOf(asked.headers, origin())
        delivered.push({ path, headers: asked.headers, text: browser.open(sealed), sealed, ...who })
        answer.writeHead(answers.get(path) ?? 201, { location: `${origin()}/message` }).end()
      } catch (error) {
        failures.push(error)
        answer.writeHead(400).end()
      }
      hear()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  const origin = () => `http://${host}`

  return {
    host,
    delivered,
    failures,
    /** A browser's new subscription. */
    subscribe(name = 'phone') {
      const browser = newBrowser()
      browsers.set(`/${name}`, browser)
      return { endpoint: `${origin()}/${name}`, ...browser.keys }
    },
    /** Resolves with what came once there are so many. */
    async until(count: number): Promise<readonly Delivered[]> {
      while (delivered.length < count && failures.length === 0)
        await new Promise<void>((done) => {
          hear = done
        })
      if (failures.length > 0) throw failures[0]
      return delivered
    },
    close: () => new Promise((done) => server.close(done)),
  }
}

const bytes = (text: string) => Buffer.from(text, 'base64url')

function newBrowser() {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  const auth = randomBytes(16)
  return {
    keys: { p256dh: pair.getPublicKey().toString('base64url'), auth: auth.toString('base64url') },
    /** RFC 8291 §3.4 over RFC 8188 with one record. */
    open(sealed: Buffer): string {
      const salt = sealed.subarray(0, 16)
      const idLength = sealed[20] ?? 0
      const theirs = sealed.subarray(21, 21 + idLength)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), theirs])
      const shared = Buffer.from(hkdfSync('sha256', pair.computeSecret(theirs), auth, info, 32))
      const derive = (name: string, length: number) =>
        Buffer.from(hkdfSync('sha256', shared, salt, `Content-Encoding: ${name}\0`, length))
      const cipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
      const record = sealed.subarray(21 + idLength)
      cipher.setAuthTag(record.subarray(-16))
      const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()])
      // The last record ends with a 2 and its padding.
      return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8')
    },
  }
}

async function signerOf({ authorization = '' }: IncomingHttpHeaders, audience: string) {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? []
  const point = bytes(key)
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
  const jwk = await importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256')
  const { payload } = await jwtVerify(token, jwk, { audience })
  const lastsMs = (payload.exp ?? 0) * 1_000 - Date.now()
  if (lastsMs > 24 * 60 * 60_000) throw new Error('longer than RFC 8292 §2 allows')
  return { subject: payload.sub ?? '', key }
}
