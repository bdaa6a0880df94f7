/** The key for copies of this device: made once, kept, and believed by others under the root. */
import 'fake-indexeddb/auto'
import { beforeAll, expect, test, vi } from 'vitest'
import { newContentKey, openKey, sealKeyTo, trustedSealingKey } from '../../src/io/scan/sealed.ts'
import { keyIdOf } from '../../src/io/seal.ts'
import { decodeSealingKey } from '../../src/protocol/scan-copy.ts'
import { certify, dayMs } from '../../src/server/authority.ts'
import { newOrganisation, noonMs, stationSubject } from '../fakes/organisation.ts'

beforeAll(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  })
})

const organisation = newOrganisation()
const about = { copyId: 'copy-1', patientNumber: '4711' }

test('[COPY-3] without a certificate a device hands in no key for copies', async () => {
  const { certifiedOwnKey } = await import('../../src/io/sealing-key.ts')
  expect(await certifiedOwnKey(noonMs)).toBeNull()
})

test('[COPY-3] with one it says so with the key it signs calls with, and others seal to it', async () => {
  const { browserTrust } = await import('../../src/io/keyring.ts')
  const { certifiedOwnKey, ownSealingKey } = await import('../../src/io/sealing-key.ts')
  const { publicKey, keyId } = await browserTrust.ownKey('station')
  const subject = { ...stationSubject, organisation: 'Hospital', publicKey }
  const certificate = certify(organisation.admin, subject, noonMs, 30 * dayMs)
  await browserTrust.keep('station', [
    certificate,
    organisation.adminCertificate,
    organisation.rootCertificate,
  ])
  const said = await certifiedOwnKey(noonMs)
  if (!said) throw new Error('nothing said')
  expect(decodeSealingKey(said.statement.text)?.signer).toBe(keyId)
  const root = await keyIdOf(organisation.root.publicKey)
  const trusted = await trustedSealingKey(said, root, noonMs)
  if (!trusted.ok) throw new Error(trusted.failure)
  const content = newContentKey()
  const sealed = await sealKeyTo(trusted.value, content, about)
  if (!sealed) throw new Error('not sealed')
  expect(await openKey(await ownSealingKey(), [sealed], about)).toEqual({ ok: true, value: content })
})

test('[COPY-1] it is one key however often, and by however many tabs, it is asked for; its private half stays', async () => {
  const { ownSealingKey } = await import('../../src/io/sealing-key.ts')
  const all = await Promise.all([ownSealingKey(), ownSealingKey(), ownSealingKey()])
  expect(new Set(all.map(({ keyId }) => keyId)).size).toBe(1)
  const { pair } = await ownSealingKey()
  expect(pair.privateKey.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('pkcs8', pair.privateKey)).rejects.toThrow()
})
