/** A photo on its way: what is let in of it, what is refused by name, and where it goes on after a lost link. */
import { expect, test } from 'vitest'
import {
  noReceipt,
  type PhotoReceipt,
  type PhotoReceived,
  photoCut,
  photoHeard,
  photoOpened,
} from '../../src/core/visit-photo-receive.ts'
import {
  newSending,
  type PhotoSendEvent,
  type PhotoSending,
  photoPercent,
  photoSendStep,
} from '../../src/core/visit-photo-send.ts'
import { photoSizeFor, photoSizeIn } from '../../src/core/visit-photo-size.ts'
import { maxTalk } from '../../src/protocol/talk.ts'
import {
  decodeFromReceiver,
  decodeFromSender,
  type FromPhotoSender,
  photoLimits,
  piecesOf,
} from '../../src/protocol/visit-photo.ts'
import { jpegHeader } from '../fakes/visit-photo.ts'

const bytes = 2 * photoLimits.pieceBytes + 30
const offer: FromPhotoSender = { type: 'photo.offer', photoId: 'p1', bytes, of: 3 }
const full = 'A'.repeat(16_000)
const pieces = [full, full, 'A'.repeat(40)]
const piece = (index: number, data = pieces[index] ?? '', of = 3): FromPhotoSender => ({
  ...{ type: 'photo.piece', photoId: 'p1', index, of, data },
})

function received(messages: readonly FromPhotoSender[], from: PhotoReceipt = noReceipt) {
  let receipt = from
  let effects: readonly PhotoReceived[] = []
  for (const message of messages) ({ receipt, effects } = photoHeard(receipt, message))
  return { receipt, effects, said: effects.flatMap((one) => (one.type === 'say' ? [one.message] : [])) }
}

const refusal = (messages: readonly FromPhotoSender[], from?: PhotoReceipt) =>
  received(messages, from).said.find(({ type }) => type === 'photo.refused')

test('[VISIT-5] pieces come in their turn, each acknowledged, and the last one opens it', () => {
  expect(received([offer]).said).toEqual([{ type: 'photo.next', photoId: 'p1', index: 0 }])
  const all = received([offer, piece(0), piece(1), piece(2)])
  expect(all.effects.map(({ type }) => type)).toEqual(['keep', 'say', 'open'])
  expect(all.receipt.coming).toMatchObject({ state: 'whole', next: 3 })
  const opened = photoOpened(all.receipt, 'p1', null)
  expect(opened.receipt).toEqual({ coming: null, shown: ['p1'], came: 1 })
  expect(received([offer], opened.receipt).said, 'asked for again it is shown already').toEqual([
    { type: 'photo.shown', photoId: 'p1' },
  ])
})

test.each([
  ['a piece is missing', [offer, piece(1)], 'broken'],
  ['a piece is longer than it may be', [offer, piece(0, `${full}AAAA`)], 'broken'],
  ['a piece is shorter', [offer, piece(0, 'AAAA')], 'broken'],
  ['the last piece is longer than was offered', [offer, piece(0), piece(1), piece(2, full)], 'broken'],
  ['there are other pieces than were offered', [offer, piece(0, full, 4)], 'broken'],
  ['its pieces do not make its size', [{ ...offer, of: 2 }], 'broken'],
  ['the offer changes', [offer, { ...offer, bytes: bytes - 1 }], 'broken'],
  ['another one comes', [offer, { ...offer, photoId: 'p2' }], 'busy'],
  ['it is too large', [{ ...offer, bytes: 3_000_001, of: piecesOf(3_000_001) }], 'too-large'],
] as const)('[VISIT-5] when %s it is refused by name', (_why, messages, why) => {
  expect(refusal(messages as readonly FromPhotoSender[])).toMatchObject({ why })
})

test('[VISIT-5] what is refused on its way is overwritten, and pieces of it are nothing any more', () => {
  const refused = received([offer, piece(0), piece(2)])
  expect(refused.effects[0]).toEqual({ type: 'drop' })
  expect(received([piece(1)], refused.receipt).effects).toEqual([])
})

test('[VISIT-5] ten whole ones a call, those that could not be opened among them', () => {
  let receipt = noReceipt
  for (let count = 0; count < photoLimits.photos; count += 1) {
    const photoId = `p${count}`
    const small = { type: 'photo.offer', photoId, bytes: 3, of: 1 } as const
    const only = { type: 'photo.piece', photoId, index: 0, of: 1, data: 'AAAA' } as const
    receipt = received([small, only], receipt).receipt
    receipt = photoOpened(receipt, photoId, count % 2 === 0 ? 'broken' : null).receipt
  }
  expect(refusal([{ ...offer, photoId: 'more' }], receipt)).toMatchObject({ why: 'too-many' })
})

test('[VISIT-5] after a lost link it goes on where it was cut; another one begins anew instead', () => {
  const cut = photoCut(received([offer, piece(0)]).receipt)
  expect(received([offer], cut).said).toEqual([{ type: 'photo.next', photoId: 'p1', index: 1 }])
  const other = received([{ ...offer, photoId: 'p2' }], cut)
  expect(other.effects.map(({ type }) => type)).toEqual(['drop', 'say'])
  expect(other.receipt.coming).toMatchObject({ photoId: 'p2', next: 0 })
})

test('[VISIT-5] taken back, nothing of it stays', () => {
  const { receipt, effects } = received([offer, piece(0), { type: 'photo.withdrawn', photoId: 'p1' }])
  expect([receipt.coming, effects]).toEqual([null, [{ type: 'drop' }]])
})

function sent(events: readonly PhotoSendEvent[], from = newSending('p1', 120_000)) {
  let sending: PhotoSending = from
  let says: ReturnType<typeof photoSendStep>['says'] = []
  for (const event of events) ({ sending, says } = photoSendStep(sending, event))
  return { sending, says: says.map((one) => (one.type === 'piece' ? one.index : one.type)) }
}
const next = (index: number): PhotoSendEvent => ({
  type: 'heard',
  message: { type: 'photo.next', photoId: 'p1', index },
})
const opened = { type: 'opened' } as const
const ticked = { type: 'ticked' } as const

test('[VISIT-5] it is offered first, and only a few pieces are ahead of what has arrived', () => {
  expect(sent([opened]).says).toEqual(['offer'])
  expect(sent([opened, next(0)]).says).toEqual([0, 1, 2, 3])
  expect(sent([opened, next(0), next(1)]).says).toEqual([4])
  const last = sent([opened, next(0), next(9), next(10)])
  expect([last.says, last.sending.state, photoPercent(last.sending)]).toEqual([[], 'checking', 99])
})

test('[VISIT-5] by a fresh link it goes on from what has arrived', () => {
  const cut = sent([opened, next(0), next(3), { type: 'closed' }]).sending
  expect(cut.state).toBe('cut')
  expect(sent([next(5)], cut).says, 'of the lost link').toEqual([])
  expect(sent([opened, next(3)], cut).says).toEqual([3, 4, 5, 6])
})

test('[VISIT-5] silence is asked about, and given up on; a lost link is waited for', () => {
  expect(sent([opened, ticked, ticked, ticked]).says).toEqual(['offer'])
  const silent = sent([opened, ...Array(20).fill(ticked)])
  expect(silent.sending).toMatchObject({ state: 'refused', why: 'unanswered' })
  expect(sent([opened, { type: 'closed' }, ...Array(60).fill(ticked)]).sending.state).toBe('cut')
})

test('[VISIT-5] what is too large never leaves', () => {
  const large = newSending('p1', photoLimits.bytes + 1)
  expect(large).toMatchObject({ state: 'refused', why: 'too-large' })
  expect(sent([opened], large).says).toEqual([])
})

test('[VISIT-5] a JPEG is known by its first bytes, and its size is read before anything decodes it', () => {
  expect(photoSizeIn(jpegHeader(1_600, 1_200))).toEqual({ width: 1_600, height: 1_200 })
  expect(photoSizeIn(jpegHeader(40_000, 40_000)), 'a bomb').toBe('wrong-size')
  expect(photoSizeIn(jpegHeader(0, 10))).toBe('wrong-size')
  expect(photoSizeIn(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 0, 0, 0]))).toBe('broken')
  expect(photoSizeIn(jpegHeader(10, 10).subarray(0, 12)), 'cut').toBe('broken')
  expect(photoSizeIn(new Uint8Array())).toBe('broken')
})

test('[VISIT-5] what leaves has at most 1,600 pixels on its long side, and is never made larger', () => {
  expect(photoSizeFor({ width: 4_000, height: 3_000 })).toEqual({ width: 1_600, height: 1_200 })
  expect(photoSizeFor({ width: 1_080, height: 1_920 })).toEqual({ width: 900, height: 1_600 })
  expect(photoSizeFor({ width: 640, height: 360 })).toEqual({ width: 640, height: 360 })
})

test('a full piece fits into one word, and what is none of ours is nothing', () => {
  const most = JSON.stringify({ ...piece(0), photoId: 'x'.repeat(64), index: 249, of: 250 })
  expect(most.length).toBeLessThanOrEqual(maxTalk)
  expect(decodeFromSender(most)).toMatchObject({ type: 'photo.piece' })
  for (const text of [
    '',
    '{"type":"photo.',
    '{"type":"share.stop"}',
    JSON.stringify({ ...offer, bytes: -1 }),
  ])
    expect([decodeFromSender(text), decodeFromReceiver(text)]).toEqual([null, null])
  expect(decodeFromReceiver(JSON.stringify(offer)), 'each end says its own').toBeNull()
})
