/**
 * The demo ward's own root and administrator: keys in its data folder, so that a rehearsal needs no second person. In a
 * real ward the server holds neither; that the demo does is said on its screens and at its start.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { WaitingKey } from '../protocol/keys.ts'
import { type Chain, signed } from '../protocol/proof.ts'
import { recordAct } from './audit/record.ts'
import { certify, certifyRoot, lifetimeMs, newSigner, pemOf, type Signer, signerFrom } from './authority.ts'
import { chainOf, keep } from './certificates.ts'
import type { Db } from './store/store.ts'

/** By this name in a stored root a folder is known to have been a demo's. */
export const demoOrganisation = 'Demo hospital'
const organisation = demoOrganisation

const file = v.strictObject({ root: v.string(), admin: v.string(), certificates: v.array(signed) })
type File = v.InferOutput<typeof file>

/** Signs at once what a real ward's administrator would sign by hand. */
export type DemoAuthority = {
  /** The root's key id, for the links. */
  readonly root: string
  certify(device: WaitingKey, nowMs: number): Promise<void>
}

export function demoRootFile(dataFolder: string): string {
  return join(dataFolder, 'demo-root.json')
}

export async function openDemoAuthority(db: Db, dataFolder: string, nowMs: number): Promise<DemoAuthority> {
  const path = demoRootFile(dataFolder)
  const known = existsSync(path) ? v.parse(file, JSON.parse(readFileSync(path, 'utf8'))) : make(path, nowMs)
  for (const certificate of known.certificates) await keep(db, certificate, nowMs)
  const admin = signerFrom(known.admin)
  return { root: signerFrom(known.root).keyId, certify: (device, now) => sign(db, admin, device, now) }
}

function make(path: string, nowMs: number): File {
  const [root, admin] = [newSigner(), newSigner()]
  const label = 'Demo administrator'
  const subject = { kind: 'admin', organisation, label, publicKey: admin.publicKey } as const
  const certificates = [
    certifyRoot(root, organisation, nowMs),
    certify(root, subject, nowMs, lifetimeMs.root),
  ]
  const made = { root: pemOf(root), admin: pemOf(admin), certificates }
  const handle = openSync(path, 'wx', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(made, null, 2)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return made
}

async function sign(db: Db, admin: Signer, device: WaitingKey, nowMs: number): Promise<void> {
  const { keyId: _, ...subject } = device
  const label = device.kind === 'bed' ? `Bed ${device.bed}` : `${device.ward} station`
  const certificate = certify(admin, { ...subject, organisation, label }, nowMs, lifetimeMs.device)
  await db.transaction().execute(async (step) => {
    await keep(step, certificate, nowMs)
    const entity = { type: 'certificate', id: device.keyId } as const
    const act = { action: 'certificate-signed', agent: { type: 'server' }, entity, detail: 'demo' } as const
    await recordAct(step, nowMs, act)
  })
}

/** A device's chain; in the demo ward it is signed first if need be. */
export async function chainFor(
  db: Db,
  authority: DemoAuthority | null,
  device: WaitingKey,
  nowMs: number,
): Promise<Chain | null> {
  const chain = await chainOf(db, device.keyId, nowMs)
  if (chain || !authority) return chain
  await authority.certify(device, nowMs)
  return await chainOf(db, device.keyId, nowMs)
}
