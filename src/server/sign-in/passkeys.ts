/** Passkeys (WebAuthn Level 3): made, kept and checked. The person is always verified by the device, never only present. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import * as v from 'valibot'
import type { StaffParty } from '../../protocol/people.ts'
import type { NewPasskey, UsedPasskey } from '../../protocol/sign-in.ts'
import type { Db } from '../store/store.ts'
import type { Challenges, Purpose } from './challenges.ts'

export type Passkeys = ReturnType<typeof createPasskeys>

/** COSE: Ed25519, ES256, RS256. Named, because asking the runtime for its newest ones prints warnings. */
const supportedAlgorithmIDs = [-8, -7, -257]

const transportList = v.array(v.string())

/** A passkey that was found true and is not kept yet. */
export type FreshPasskey = {
  readonly credentialId: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
}

/** The relying party is the origin's host: a passkey of another site cannot even be offered here. */
export function createPasskeys(db: Db, origin: string, challenges: Challenges) {
  const rpID = new URL(origin).hostname

  async function listOf(staffId: string) {
    const rows = await db.selectFrom('passkeys').selectAll().where('staff_id', '=', staffId).execute()
    return rows.map(({ credential_id, transports }) => ({
      id: credential_id,
      transports: v.parse(transportList, JSON.parse(transports)),
    }))
  }

  return {
    async newOptions({ staffId, name }: StaffParty, purpose: Purpose) {
      return await generateRegistrationOptions({
        rpName: 'Bedside',
        supportedAlgorithmIDs,
        rpID,
        userName: name,
        userDisplayName: name,
        userID: Uint8Array.from(Buffer.from(staffId)),
        challenge: Uint8Array.from(Buffer.from(challenges.make(purpose), 'base64url')),
        excludeCredentials: await listOf(staffId),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
    },

    /** Null: not an answer to our challenge, or not from our page. */
    async checkNew({ response, ...rest }: NewPasskey, purpose: Purpose): Promise<FreshPasskey | null> {
      const { clientDataJSON, attestationObject, transports = [] } = response
      const { id, rawId, type } = rest
      try {
        const { verified, registrationInfo } = await verifyRegistrationResponse({
          response: {
            id,
            rawId,
            type,
            clientExtensionResults: {},
            response: { clientDataJSON, attestationObject },
          },
          expectedChallenge: (challenge) => challenges.take(challenge, purpose),
          expectedOrigin: origin,
          expectedRPID: rpID,
          requireUserVerification: true,
          supportedAlgorithmIDs,
        })
        if (!verified) return null
        const { id: credentialId, publicKey, counter } = registrationInfo.credential
        return { credentialId, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports }
      } catch {
        return null
      }
    },

    /** `staffId` null: whoever has a passkey of ours on this device. */
    async useOptions(staffId: string | null, purpose: Purpose) {
      return await generateAuthenticationOptions({
        rpID,
        userVerification: 'required',
        challenge: Uint8Array.from(Buffer.from(challenges.make(purpose), 'base64url')),
        ...(staffId === null ? {} : { allowCredentials: await listOf(staffId) }),
      })
    },

    /** Whose passkey this is; null when it proves nothing. A counter that went back is a copy of the key (§6.1.1). */
    async checkUsed(
      { response, id, rawId, type }: UsedPasskey,
      purpose: Purpose,
      nowMs: number,
    ): Promise<string | null> {
      const row = await db
        .selectFrom('passkeys')
        .selectAll()
        .where('credential_id', '=', id)
        .executeTakeFirst()
      if (!row) return null
      const { clientDataJSON, authenticatorData, signature } = response
      try {
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: {
            id,
            rawId,
            type,
            clientExtensionResults: {},
            response: { clientDataJSON, authenticatorData, signature },
          },
          expectedChallenge: (challenge) => challenges.take(challenge, purpose),
          expectedOrigin: origin,
          expectedRPID: rpID,
          requireUserVerification: true,
          credential: {
            id,
            publicKey: Uint8Array.from(Buffer.from(row.public_key, 'base64url')),
            counter: row.counter,
          },
        })
        if (!verified) return null
        await db
          .updateTable('passkeys')
          .set({ counter: authenticationInfo.newCounter, used_ms: nowMs })
          .where('credential_id', '=', id)
          .execute()
        return row.staff_id
      } catch {
        return null
      }
    },
  }
}

/** False: this very key is known already, as somebody's. */
export async function keepPasskey(
  db: Db,
  staffId: string,
  fresh: FreshPasskey,
  nowMs: number,
): Promise<boolean> {
  const { credentialId, publicKey, counter, transports } = fresh
  const known = db.selectFrom('passkeys').select('staff_id').where('credential_id', '=', credentialId)
  if (await known.executeTakeFirst()) return false
  await db
    .insertInto('passkeys')
    .values({
      credential_id: credentialId,
      staff_id: staffId,
      public_key: publicKey,
      counter,
      transports: JSON.stringify(transports),
      created_ms: nowMs,
      used_ms: null,
    })
    .execute()
  return true
}
