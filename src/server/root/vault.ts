/** The organisation's root key in a file: encrypted under a passphrase, on a machine that is not the server. */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { base64url } from '../../protocol/primitives.ts'
import { type Certificate, decodeCertificate, signed } from '../../protocol/proof.ts'
import { certifyRoot, isSealed, newSigner, pemOf, type Signer, signerFrom } from '../authority.ts'
import { StartError } from '../start-error.ts'

/** RFC 7914, 128 MiB: a guess costs about half a second. */
const cost = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const shortestPassphrase = 12

const rootFile = v.strictObject({
  type: v.literal('bedside-root'),
  certificate: signed,
  salt: base64url(64),
  iv: base64url(64),
  tag: base64url(64),
  /** The private key, PKCS#8 in PEM, under AES-256-GCM. */
  key: base64url(4_096),
})
type RootFile = v.InferOutput<typeof rootFile>

const fileOf = (folder: string) => join(folder, 'root.json')

/** Makes a root in `folder`, once. Throws a StartError when there is one, or when the passphrase is too short. */
export function makeRoot(
  folder: string,
  organisation: string,
  passphrase: string,
  nowMs: number,
): Certificate {
  if (existsSync(fileOf(folder))) throw new StartError(`There is a root in ${folder} already.`)
  if (passphrase.length < shortestPassphrase)
    throw new StartError(`The passphrase must have at least ${shortestPassphrase} characters.`)
  const root = newSigner()
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, cost), iv)
  const key = Buffer.concat([cipher.update(pemOf(root)), cipher.final()])
  const file: RootFile = {
    type: 'bedside-root',
    certificate: certifyRoot(root, organisation, nowMs),
    salt: salt.toString('base64url'),
    iv: iv.toString('base64url'),
    tag: cipher.getAuthTag().toString('base64url'),
    key: key.toString('base64url'),
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeOnce(fileOf(folder), file)
  return readRoot(folder).certificate
}

/** What is no secret of it. Throws a StartError when the folder holds none, or a damaged one. */
export function readRoot(folder: string): { readonly file: RootFile; readonly certificate: Certificate } {
  const file = v.safeParse(rootFile, readJson(fileOf(folder)))
  const certificate = file.success ? decodeCertificate(file.output.certificate.text) : null
  if (!file.success || !certificate || !isSealed(file.output.certificate, certificate.publicKey))
    throw new StartError(`${fileOf(folder)} is no root, or it is damaged.`)
  return { file: file.output, certificate }
}

/** The root's key, for as long as it is needed. Throws a StartError on a wrong passphrase. */
export function unlockRoot({ salt, iv, tag, key }: RootFile, passphrase: string): Signer {
  const bytes = (text: string) => Buffer.from(text, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', scryptSync(passphrase, bytes(salt), 32, cost), bytes(iv))
    decipher.setAuthTag(bytes(tag))
    return signerFrom(Buffer.concat([decipher.update(bytes(key)), decipher.final()]).toString())
  } catch {
    throw new StartError('This is not the passphrase of this root.')
  }
}

/** Throws a StartError when the file cannot be read as JSON. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new StartError(`${path} cannot be read.`)
  }
}

/** Never over another file. */
export function writeOnce(path: string, content: unknown): void {
  if (existsSync(path)) throw new StartError(`${path} is there already, and is not written over.`)
  const handle = openSync(path, 'wx', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(content, null, 2)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
