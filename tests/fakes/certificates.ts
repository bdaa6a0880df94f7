/** Certificates made when a test needs them (X.509, RFC 5280), so that who signed whom, and until when, is the test's to say. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export type Made = { readonly cert: string; readonly key: string }
type Maker = Made & { readonly name: string; readonly signer: KeyObject }

const dayMs = 86_400_000

/** One that signs others. */
export function makeAuthority(name: string): Maker {
  return make({ name, by: null, endsMs: Date.now() + dayMs })
}

/** For this machine as a server, and for a client, by that authority. */
export function makeCertificate(by: Maker, endsMs = Date.now() + dayMs): Made {
  return make({ name: 'localhost', by, endsMs })
}

function make({ name, by, endsMs }: { name: string; by: Maker | null; endsMs: number }): Maker {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const said = sequence(
    der(0xa0, integer(2)),
    integer(Date.now()),
    algorithm,
    named(by?.name ?? name),
    sequence(time(endsMs - 2 * dayMs), time(endsMs)),
    named(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(by === null))),
  )
  const signature = sign('sha256', said, by?.signer ?? privateKey)
  const whole = sequence(said, algorithm, der(0x03, Buffer.of(0), signature))
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { cert: pem(whole), key, name, signer: privateKey }
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const short = body.length < 0x80 ? Buffer.of(tag, body.length) : null
  const length = Buffer.of(body.length >> 8, body.length & 0xff)
  return Buffer.concat([short ?? Buffer.concat([Buffer.of(tag, 0x82), length]), body])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts)
}

function integer(value: number): Buffer {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return der(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]))
}

/** The first two numbers of each that stands here are already one byte. */
function identifier(...bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes))
}

/** ecdsa-with-SHA256. */
const algorithm = sequence(identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))

/** A common name alone. */
function named(name: string): Buffer {
  return sequence(der(0x31, sequence(identifier(0x55, 4, 3), der(0x0c, Buffer.from(name)))))
}

function time(atMs: number): Buffer {
  const digits = new Date(atMs).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${digits}Z`))
}

/** Whether it may sign others; else that it is this machine's. */
function extensions(isAuthority: boolean): Buffer[] {
  const yes = der(0x01, Buffer.of(0xff))
  const basic = sequence(...(isAuthority ? [yes] : []))
  const constraints = sequence(identifier(0x55, 0x1d, 0x13), yes, der(0x04, basic))
  if (isAuthority) return [constraints]
  const host = der(0x82, Buffer.from('localhost'))
  return [constraints, sequence(identifier(0x55, 0x1d, 0x11), der(0x04, sequence(host)))]
}
