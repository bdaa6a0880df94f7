/** A link for family, made by a station and opened in a relative's browser, over a real implementation of IndexedDB. */
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { browserFamily, familyCredentials } from '../../src/io/family-keys.ts'
import { codeIdOf, newCode, sealKey, secretOf, stationSeal } from '../../src/io/guest-code.ts'
import { algorithm, base64url, isSealed } from '../../src/io/seal.ts'
import type { FamilyLookAnswer } from '../../src/protocol/family.ts'
import { challengeText } from '../../src/protocol/wire.ts'
import { certify, dayMs } from '../../src/server/authority.ts'
import { guestSubject, newOrganisation, noonMs, stationSubject } from '../fakes/organisation.ts'

Object.assign(globalThis, { location: { origin: 'https://ward.example' } })
const hospital = newOrganisation()
const guest = { type: 'guest', guestId: 'g1', name: 'Timo Virtanen', kind: 'relative' } as const

/** What an honest station makes, and what the server answers to whoever looks. */
async function made(from = hospital) {
  const code = newCode()
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign'])
  const publicKey = base64url(await crypto.subtle.exportKey('spki', pair.publicKey))
  const station = from.device(stationSubject)
  const subject = { ...guestSubject('g1', 'g1'), organisation: 'Hospital', publicKey }
  const certificate = certify(station.signer, subject, noonMs, dayMs)
  const answer: FamilyLookAnswer = {
    ...{ guest, ward: 'Ward 4B', time: { type: 'open' }, nowMs: noonMs },
    chain: [certificate, ...station.chain],
    seal: await stationSeal(await secretOf(code), from.root.keyId, certificate.text),
    sealedKey: await sealKey(code, pair.privateKey),
  }
  return { code, codeId: await codeIdOf(code), publicKey, answer }
}

beforeEach(async () => {
  for (let last = await browserFamily.last(); last; last = await browserFamily.last())
    await browserFamily.forget(last)
})

test('[FAMILY-5] whoever has the code opens the link’s key, and calls are signed with it', async () => {
  const { code, codeId, publicKey, answer } = await made()
  expect(await browserFamily.isKept(codeId)).toBe(false)
  expect(await browserFamily.keep(`https://ward.example/family#${code}`, answer, noonMs)).toBe(true)
  expect(await browserFamily.isKept(codeId)).toBe(true)
  const credentials = await familyCredentials()
  expect(credentials).toMatchObject({ root: hospital.root.keyId, chain: answer.chain })
  expect(credentials?.privateKey.extractable, 'it never leaves this browser again').toBe(false)
  const asked = await browserFamily.prepare(codeId)
  if (!asked) throw new Error('nothing is kept')
  expect(await isSealed({ text: asked.publicKey, signature: asked.seal }, publicKey)).toBe(true)
  const said = await browserFamily.sign(codeId, 'nonce')
  const text = challengeText('https://ward.example', 'g1', 'nonce', 0)
  expect(await isSealed({ text, signature: said?.signature ?? '' }, asked.publicKey)).toBe(true)
})

test('[FAMILY-5] a server that puts another root, another key or another name in its place is not believed (HZ-10)', async () => {
  const mine = await made()
  const theirs = await made(newOrganisation('Hospital'))
  const { code, answer } = mine
  const lies: FamilyLookAnswer[] = [
    { ...answer, chain: theirs.answer.chain },
    { ...answer, chain: theirs.answer.chain, seal: theirs.answer.seal },
    { ...answer, sealedKey: theirs.answer.sealedKey },
    { ...answer, guest: { ...guest, name: 'Somebody else' } },
    { ...answer, guest: { ...guest, guestId: 'g2' } },
    { ...answer, seal: 's'.repeat(43) },
  ]
  for (const lie of lies) expect(await browserFamily.keep(code, lie, noonMs)).toBe(false)
  expect(await familyCredentials()).toBeNull()
  expect(await browserFamily.keep(code, answer, noonMs + 40 * dayMs), 'its time is over').toBe(false)
})

test('[FAMILY-2] of a link that is forgotten nothing is left, and the others stay', async () => {
  const [one, other] = [await made(), await made()]
  await browserFamily.keep(one.code, one.answer, noonMs)
  await browserFamily.keep(other.code, other.answer, noonMs)
  await browserFamily.forget(one.codeId)
  expect(await browserFamily.isKept(one.codeId)).toBe(false)
  expect(await browserFamily.prepare(one.codeId)).toBeNull()
  expect(await browserFamily.last()).toBe(other.codeId)
  await browserFamily.forget(other.codeId)
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('bedside-family')
})

test('what is no link is none', async () => {
  for (const typed of ['', 'half', 'https://ward.example/family#', 'https://ward.example/family'])
    expect(await browserFamily.codeIdOf(typed)).toBeNull()
})
