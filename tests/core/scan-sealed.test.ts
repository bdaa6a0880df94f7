/** Copies that a server keeps and cannot open (SPEC.md, COPY). */
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainChunks, sealedChunks, sealedLength, sealing } from '../../src/core/scan/sealed.ts'
import {
  type Envelope,
  newContentKey,
  type OwnSealingKey,
  openCopy,
  openFile,
  openKey,
  sealFile,
  sealKeyTo,
  trustedSealingKey,
  writeLetter,
} from '../../src/io/scan/sealed.ts'
import { base64url, keyIdOf, seal } from '../../src/io/seal.ts'
import type { CertifiedSealingKey } from '../../src/protocol/scan-copy.ts'
import { bedSubject, credentialsOf, newOrganisation, noonMs, stationSubject } from '../fakes/organisation.ts'
import { randomBytes } from '../fakes/scan-files.ts'

const bound = { copyId: 'copy-1', patientNumber: '4711', file: 1 }
const hour = 3_600_000

async function ownKey(): Promise<OwnSealingKey & { readonly publicKey: string }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
  const publicKey = base64url(await crypto.subtle.exportKey('spki', pair.publicKey))
  return { keyId: await keyIdOf(publicKey), publicKey, pair }
}

describe('the library', () => {
  const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
  const word = (text: string) => base64url(hex(text))

  /** RFC 9180 A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence numbers 0 to 2. */
  test('[COPY-1] it opens what RFC 9180 seals, by a key that cannot be taken out of it', async () => {
    const point =
      'fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0'
    const jwk = { kty: 'EC', crv: 'P-256', x: word(point.slice(0, 64)), y: word(point.slice(64)) }
    const d = word('f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2')
    const ecdh = { name: 'ECDH', namedCurve: 'P-256' }
    const recipientKey = {
      privateKey: await crypto.subtle.importKey('jwk', { ...jwk, d }, ecdh, false, ['deriveBits']),
      publicKey: await crypto.subtle.importKey('jwk', jwk, ecdh, true, []),
    }
    const suite = new CipherSuite({
      kem: new DhkemP256HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Aes128Gcm(),
    })
    const recipient = await suite.createRecipientContext({
      recipientKey,
      info: hex('4f6465206f6e2061204772656369616e2055726e'),
      enc: hex(
        '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
      ),
    })
    const sealed = [
      '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
      'fa6f037b47fc21826b610172ca9637e82d6e5801eb31cbd3748271affd4ecb06646e0329cbdf3c3cd655b28e82',
      '895cabfac50ce6c6eb02ffe6c048bf53b7f7be9a91fc559402cbc5b8dcaeb52b2ccc93e466c28fb55fed7a7fec',
    ]
    for (const [sequence, ct] of sealed.entries()) {
      const plain = await recipient.open(hex(ct), new TextEncoder().encode(`Count-${sequence}`))
      expect(new TextDecoder().decode(plain)).toBe('Beauty is truth, truth beauty')
    }
  })
})

describe('files', () => {
  const { chunkBytes, tagBytes, saltBytes } = sealing
  const sizes = [0, 1, 100, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, 3 * chunkBytes + 7]

  test.each(sizes)('[COPY-2] a file of %i bytes comes back as it was', async (size) => {
    const [content, file] = [newContentKey(), randomBytes(size + 1, size)]
    const sealed = await sealFile(content, bound, file)
    expect(sealed.length).toBe(sealedLength(size))
    expect(await openFile(content, bound, sealed)).toEqual({ ok: true, value: file })
  })

  test('[COPY-2] what is sealed twice repeats nothing, and shows nothing of what it is', async () => {
    const [content, file] = [newContentKey(), new Uint8Array(200)]
    const [one, two] = [await sealFile(content, bound, file), await sealFile(content, bound, file)]
    for (let at = 0; at + 16 <= one.length; at += 16)
      expect(Buffer.from(two).includes(Buffer.from(one.subarray(at, at + 16)))).toBe(false)
  })

  test('[COPY-2] one changed bit, anywhere, opens nothing', async () => {
    const [content, file] = [newContentKey(), randomBytes(5, 2 * chunkBytes + 50)]
    const sealed = await sealFile(content, bound, file)
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), async (at, bit) => {
        const changed = sealed.slice()
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        expect(await openFile(content, bound, changed)).toEqual({ ok: false, failure: 'tampered' })
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  test('[COPY-2] cut at any place it opens nothing, also where a chunk ends', async () => {
    const content = newContentKey()
    const sealed = await sealFile(content, bound, randomBytes(6, 3 * chunkBytes))
    const ends = [0, 1, 2, 3].map((count) => saltBytes + count * (chunkBytes + tagBytes))
    for (const length of [...ends.slice(0, 3), sealed.length - 1, sealed.length - tagBytes, 3, 0])
      expect(await openFile(content, bound, sealed.slice(0, length))).toEqual({
        ok: false,
        failure: 'tampered',
      })
    const longer = new Uint8Array(sealed.length + 40)
    longer.set(sealed)
    expect(await openFile(content, bound, longer)).toEqual({ ok: false, failure: 'tampered' })
  })

  test('[COPY-2] chunks in another order, doubled or left out open nothing', async () => {
    const content = newContentKey()
    const sealed = await sealFile(content, bound, randomBytes(7, 4 * chunkBytes))
    const size = chunkBytes + tagBytes
    const chunks = [0, 1, 2, 3].map((at) => sealed.slice(saltBytes + at * size, saltBytes + (at + 1) * size))
    for (const order of [[1, 0, 2, 3], [0, 2, 1, 3], [0, 1, 1, 3], [0, 1, 3], [3], [0, 1, 2, 3, 3]]) {
      const parts = [sealed.slice(0, saltBytes), ...order.flatMap((at) => chunks[at] ?? [])]
      const whole = new Uint8Array(await new Blob(parts).arrayBuffer())
      expect(await openFile(content, bound, whole)).toEqual({ ok: false, failure: 'tampered' })
    }
  })

  test('[COPY-2] [HZ-1] under another patient, copy, place or key it does not open', async () => {
    const content = newContentKey()
    const sealed = await sealFile(content, bound, randomBytes(8, 100))
    const others = [{ patientNumber: '4712' }, { copyId: 'copy-2' }, { file: 2 }]
    for (const other of others)
      expect(await openFile(content, { ...bound, ...other }, sealed)).toEqual({
        ok: false,
        failure: 'tampered',
      })
    expect(await openFile(newContentKey(), bound, sealed)).toEqual({ ok: false, failure: 'tampered' })
  })

  test('[COPY-2] chunks of every length fit together, and a length that nothing has is none', () => {
    fc.assert(
      fc.property(fc.nat(5 * chunkBytes), (length) => {
        const [plain, sealed] = [plainChunks(length), sealedChunks(sealedLength(length)) ?? []]
        expect(sealed.map(({ from, to }) => to - from)).toEqual(
          plain.map(({ from, to }) => to - from + tagBytes),
        )
        expect(plain.filter(({ isLast }) => isLast)).toEqual([plain.at(-1)])
        expect(plain.at(-1)?.to).toBe(length)
      }),
      { seed: 4 },
    )
    const full = sealedLength(chunkBytes)
    expect([15, 31, full + 1, full + tagBytes].map(sealedChunks)).toEqual([null, null, null, null])
  })
})

describe('keys', () => {
  const about = { copyId: 'copy-1', patientNumber: '4711' }

  test('[COPY-1] each recipient opens what was sealed to it, and nobody else', async () => {
    const [anna, berta, carl] = [await ownKey(), await ownKey(), await ownKey()]
    const content = newContentKey()
    const keys = []
    for (const one of [anna, berta]) keys.push((await sealKeyTo(one, content, about)) ?? never())
    expect(await openKey(anna, keys, about)).toEqual({ ok: true, value: content })
    expect(await openKey(berta, keys, about)).toEqual({ ok: true, value: content })
    expect(await openKey(carl, keys, about)).toEqual({ ok: false, failure: 'not-for-us' })
    const [first, second] = keys
    const exchanged = [{ ...(first ?? never()), enc: second?.enc ?? '', key: second?.key ?? '' }]
    expect(await openKey(anna, exchanged, about)).toEqual({ ok: false, failure: 'tampered' })
  })

  test('[COPY-1] a content key is of one copy and one patient', async () => {
    const anna = await ownKey()
    const keys = [(await sealKeyTo(anna, newContentKey(), about)) ?? never()]
    for (const other of [{ copyId: 'copy-2' }, { patientNumber: '4712' }])
      expect(await openKey(anna, keys, { ...about, ...other })).toEqual({ ok: false, failure: 'tampered' })
    const bad = [{ ...(keys[0] ?? never()), enc: base64url(new Uint8Array(65)) }]
    expect(await openKey(anna, bad, about)).toEqual({ ok: false, failure: 'tampered' })
  })

  test('[COPY-1] nothing is sealed to what is no key', async () => {
    for (const publicKey of ['', 'x'.repeat(122), base64url(new Uint8Array(91))])
      expect(await sealKeyTo({ keyId: 'k', publicKey }, newContentKey(), about)).toBeNull()
  })
})

function never(): never {
  throw new Error('nothing there')
}

const organisation = newOrganisation()
const root = await keyIdOf(organisation.root.publicKey)
const sender = organisation.device(stationSubject)
const { privateKey } = await credentialsOf(sender, organisation)
const sign = (text: string) => seal(privateKey, text)
const senderId = await keyIdOf(sender.signer.publicKey)

describe('a device’s key', () => {
  async function stated(
    changes: Readonly<Record<string, unknown>> = {},
    device = sender,
  ): Promise<CertifiedSealingKey & { own: OwnSealingKey }> {
    const own = await ownKey()
    const statement = {
      v: 1,
      context: 'bedside-sealing-key/1',
      signer: await keyIdOf(device.signer.publicKey),
      publicKey: own.publicKey,
      madeMs: noonMs,
      ...changes,
    }
    const { privateKey: key } = await credentialsOf(device, organisation)
    return { statement: await seal(key, JSON.stringify(statement)), chain: [...device.chain], own }
  }

  test('[COPY-3] is believed where its station signed for it, under the root that is pinned here', async () => {
    const { own, ...said } = await stated()
    expect(await trustedSealingKey(said, root, noonMs)).toMatchObject({
      ok: true,
      value: { keyId: own.keyId },
    })
  })

  test('[COPY-3] not under another root, not signed by another, not of a bed, not from before its certificate or from tomorrow', async () => {
    const [said, foreign] = [await stated(), newOrganisation('Elsewhere')]
    const untrusted = { ok: false, failure: 'untrusted' }
    expect(await trustedSealingKey(said, await keyIdOf(foreign.root.publicKey), noonMs)).toEqual(untrusted)
    const other = organisation.device(stationSubject)
    expect(await trustedSealingKey({ ...said, chain: [...other.chain] }, root, noonMs)).toEqual(untrusted)
    expect(
      await trustedSealingKey(await stated({}, organisation.device(bedSubject('3'))), root, noonMs),
    ).toEqual(untrusted)
    for (const changes of [{ madeMs: noonMs - 2 * hour }, { madeMs: noonMs + 2 * hour }, { signer: root }])
      expect(await trustedSealingKey(await stated(changes), root, noonMs)).toEqual(untrusted)
    expect(await trustedSealingKey(said, root, noonMs + 400 * 24 * hour)).toEqual(untrusted)
    const changed = {
      ...said,
      statement: { ...said.statement, text: said.statement.text.replace('"v":1', '"v": 1') },
    }
    expect(await trustedSealingKey(changed, root, noonMs)).toEqual(untrusted)
  })

  test('[COPY-3] what is no statement, or holds no key of the curve, is malformed', async () => {
    const malformed = { ok: false, failure: 'malformed' }
    for (const changes of [{ context: 'bedside/1' }, { publicKey: 'A'.repeat(122) }, { more: 1 }])
      expect(await trustedSealingKey(await stated(changes), root, noonMs)).toEqual(malformed)
  })
})

describe('a copy', () => {
  const contents = JSON.stringify({ files: ['one', 'two'] })
  const about = { copyId: 'copy-1', patientNumber: '4711' }
  const expected = { ...about, nowMs: noonMs + hour }

  async function sent(letterChanges: { madeMs?: number; expiresMs?: number } = {}) {
    const [content, anna] = [newContentKey(), await ownKey()]
    const keys = [(await sealKeyTo(anna, content, about)) ?? never()]
    const times = { madeMs: noonMs, expiresMs: noonMs + sealing.usualMs, ...letterChanges }
    const letter = await writeLetter({ ...about, from: senderId, ...times }, contents, keys, sign)
    const list = await sealFile(content, { ...about, file: 0 }, new TextEncoder().encode(contents))
    const files = [
      await sealFile(content, { ...about, file: 1 }, randomBytes(1, 100)),
      await sealFile(content, { ...about, file: 2 }, randomBytes(2, 100)),
    ]
    const envelope: Envelope = { letter, chain: sender.chain, keys }
    return { anna, content, envelope, list, files }
  }

  test('[COPY-4] is opened by its recipient, file by file, each in its own place', async () => {
    const { anna, envelope, list, files } = await sent()
    const copy = await openCopy(envelope, list, anna, root, expected)
    if (!copy.ok) throw new Error(copy.failure)
    expect([copy.value.contents, copy.value.letter.from]).toEqual([contents, senderId])
    const [one = new Uint8Array(), two = new Uint8Array()] = files
    expect(await copy.value.file(1, one)).toEqual({ ok: true, value: randomBytes(1, 100) })
    expect(await copy.value.file(1, two)).toEqual({ ok: false, failure: 'tampered' })
  })

  test('[COPY-4] [HZ-1] another patient, another copy, other keys or another list under a letter are refused', async () => {
    const { anna, content, envelope, list } = await sent()
    const open = (changes: Partial<Envelope>, wanted = expected, sealed = list) =>
      openCopy({ ...envelope, ...changes }, sealed, anna, root, wanted)
    expect(await open({}, { ...expected, patientNumber: '4712' })).toEqual({
      ok: false,
      failure: 'wrong-patient',
    })
    expect(await open({}, { ...expected, copyId: 'copy-2' })).toEqual({ ok: false, failure: 'tampered' })
    const again = [(await sealKeyTo(anna, newContentKey(), about)) ?? never()]
    expect(await open({ keys: again })).toEqual({ ok: false, failure: 'tampered' })
    // Whoever may open a copy has its key; a list of their own is not the sender's.
    const forged = await sealFile(content, { ...about, file: 0 }, new TextEncoder().encode('{"files":[]}'))
    expect(await open({}, expected, forged)).toEqual({ ok: false, failure: 'tampered' })
  })

  test('[COPY-4] a letter that nobody under the root signed, or somebody else, or that is changed, opens nothing', async () => {
    const { anna, envelope, list } = await sent()
    const open = (changes: Partial<Envelope>) =>
      openCopy({ ...envelope, ...changes }, list, anna, root, expected)
    const untrusted = { ok: false, failure: 'untrusted' }
    const foreign = newOrganisation('Elsewhere').device(stationSubject)
    expect(await open({ chain: foreign.chain })).toEqual(untrusted)
    expect(await open({ chain: organisation.device(stationSubject).chain })).toEqual(untrusted)
    const text = envelope.letter.text.replace('4711', '4712')
    expect(await open({ letter: { ...envelope.letter, text } })).toEqual(untrusted)
    expect(await open({ letter: { ...envelope.letter, text: '{}' } })).toEqual({
      ok: false,
      failure: 'malformed',
    })
  })

  test('[COPY-5] [HZ-9] after its time it is not opened, nor one whose time is longer than any may be, or begins tomorrow', async () => {
    const { anna, envelope, list } = await sent()
    const at = (nowMs: number, one = envelope) => openCopy(one, list, anna, root, { ...expected, nowMs })
    expect((await at(noonMs + sealing.usualMs - 1)).ok).toBe(true)
    expect(await at(noonMs + sealing.usualMs)).toEqual({ ok: false, failure: 'expired' })
    const long = await sent({ expiresMs: noonMs + sealing.mostMs + 1 })
    expect(await openCopy(long.envelope, long.list, long.anna, root, expected)).toEqual({
      ok: false,
      failure: 'tampered',
    })
    const early = await sent({ madeMs: noonMs + 3 * hour })
    expect(await openCopy(early.envelope, early.list, early.anna, root, expected)).toEqual({
      ok: false,
      failure: 'tampered',
    })
  })
})
