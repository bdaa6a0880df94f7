/** What is said over HTTP of sealed copies of scans: whom one may be sealed to, its pieces, and what became of it. */
import * as v from 'valibot'
import { addressee } from './duty.ts'
import { staffParty } from './people.ts'
import { counter, id, milliseconds, name } from './primitives.ts'
import { chain, signed } from './proof.ts'
import { certifiedSealingKey, mostSealedKeys, sealedKey } from './scan-copy.ts'
import { shareLimits } from './scan-share.ts'

export const copyLimits = {
  /** Of what is sent at once, in bytes. */
  pieceBytes: 1024 * 1024,
  /** Files of one copy, with its list of contents, and what they take in all, sealed. */
  files: shareLimits.files + 1,
  bytes: shareLimits.bytes + 64 * 1024 * 1024,
  /** Copies in one list. */
  listed: 200,
  /** Devices that wait for one copy to be sealed to them. */
  asked: 50,
}

/** `POST /copies/key`, at each sign-in: copies for this person may be sealed to this device from now on. */
export const sealingKeyRequest = v.strictObject({ key: certifiedSealingKey })

/** `POST /copies/recipients`: whom it would be sealed to. */
export const recipientsRequest = v.strictObject({ to: addressee })

/** One device on which somebody who is addressed has signed in. The chain says which device it is. */
export const recipientKey = v.strictObject({ staffId: id, key: certifiedSealingKey })
export type RecipientKey = v.InferOutput<typeof recipientKey>

/** `name`: as the list calls whom it is for. `without`: those of them who have no device yet. */
export const recipients = v.strictObject({
  name,
  people: v.array(staffParty),
  keys: v.pipe(v.array(recipientKey), v.maxLength(mostSealedKeys)),
  without: v.array(staffParty),
})
export type Recipients = v.InferOutput<typeof recipients>

/** What a copy comes with, beside its files. `keys`: whom it is for, and the sender's own device. */
export const copyEnvelope = v.strictObject({
  letter: signed,
  chain,
  keys: v.pipe(v.array(sealedKey), v.minLength(1), v.maxLength(mostSealedKeys)),
})
export type CopyEnvelope = v.InferOutput<typeof copyEnvelope>

/**
 * `POST /copies`: said once before the pieces, and again after each break; whose scan it is and until when it is good
 * stands in the letter. `files`: the sealed length of each, that of the list of contents first.
 */
export const newCopyRequest = v.strictObject({
  to: addressee,
  envelope: copyEnvelope,
  files: v.pipe(
    v.array(v.pipe(counter, v.minValue(1), v.maxValue(copyLimits.bytes))),
    v.minLength(2),
    v.maxLength(copyLimits.files),
  ),
})
export type NewCopy = v.InferOutput<typeof newCopyRequest>
/** How many bytes of each file the server has. */
export const arrived = v.strictObject({ files: v.array(counter) })

/**
 * `POST /copies/piece?copyId=&file=&from=`, its body the bytes (application/octet-stream). The answer says how many bytes
 * of that file are there now: a piece that does not begin where they end is not taken.
 */
export const pieceQuery = v.strictObject({
  copyId: id,
  file: v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number)),
  from: v.pipe(v.string(), v.regex(/^\d{1,10}$/), v.transform(Number)),
})
export const pieceAnswer = v.strictObject({ bytes: counter })

/** `coming`: not all of it is on the server yet, and nobody is told of it. */
export const copyStates = ['coming', 'there', 'withdrawn', 'expired'] as const

const copyParts = {
  copyId: id,
  /** Whom it is for, by name: a person, or a duty. */
  to: name,
  patientNumber: name,
  madeMs: milliseconds,
  expiresMs: milliseconds,
  state: v.picklist(copyStates),
  files: counter,
  bytes: counter,
}

/** Who has it, and when they first opened it; null: not yet. */
export const copyReader = v.strictObject({ who: staffParty, openedMs: v.nullable(milliseconds) })

/** One that this person sent. `asked`: devices that those who may have it use now, and that it is not sealed to. */
export const sentCopy = v.strictObject({
  ...copyParts,
  readers: v.array(copyReader),
  asked: v.pipe(v.array(recipientKey), v.maxLength(copyLimits.asked)),
})
export type SentCopy = v.InferOutput<typeof sentCopy>

/** One that this person was sent. */
export const receivedCopy = v.strictObject({
  ...copyParts,
  from: staffParty,
  openedMs: v.nullable(milliseconds),
})
export type ReceivedCopy = v.InferOutput<typeof receivedCopy>

/** `GET /copies`: newest first. One that has ended stays in the list for a day, without anything of it. */
export const copiesNow = v.strictObject({
  nowMs: milliseconds,
  sent: v.pipe(v.array(sentCopy), v.maxLength(copyLimits.listed)),
  received: v.pipe(v.array(receivedCopy), v.maxLength(copyLimits.listed)),
})
export type CopiesNow = v.InferOutput<typeof copiesNow>

/** `GET /copies/envelope?copyId=` */
export const copyRequest = v.strictObject({ copyId: id })
/** With the sealed length of each file. */
export const envelopeAnswer = v.strictObject({ envelope: copyEnvelope, files: v.array(counter) })

/** `GET /copies/file?copyId=&file=&from=`: the sealed bytes of it, from there on (application/octet-stream). */
export const fileQuery = pieceQuery

/** `POST /copies/opened`: this person has seen it. `POST /copies/withdraw`: its sender takes it back. */
export const openedRequest = copyRequest
export const withdrawRequest = copyRequest

/** `POST /copies/ask`: a device that it is not sealed to asks its sender for it. */
export const askCopyRequest = v.strictObject({ copyId: id, key: certifiedSealingKey })

/** `POST /copies/reseal`: its sender has sealed it to more devices. The letter names the same contents. */
export const resealRequest = v.strictObject({ copyId: id, envelope: copyEnvelope })
