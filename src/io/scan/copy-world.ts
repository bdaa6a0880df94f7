/** What sending and opening copies is made of: the server, the device's own keys, and the shelf of what waits. */
import type { Chain, Signed } from '../../protocol/proof.ts'
import type { CertifiedSealingKey } from '../../protocol/scan-copy.ts'
import type { ApiFailure, CommonApi } from '../../state/ports.ts'
import { browserTrust, sealAs } from '../keyring.ts'
import { certifiedOwnKey, ownSealingKey } from '../sealing-key.ts'
import type { CopyPieces } from './copy-pieces.ts'
import type { CopyShelf } from './copy-shelf.ts'
import type { OwnSealingKey, TrustedSealingKey } from './sealed.ts'

/** As whom this device signs, and whom it believes. */
export type CopySigner = {
  readonly root: string
  readonly chain: Chain
  readonly keyId: string
  seal(text: string): Promise<Signed>
}

export type CopySelf = {
  own(): Promise<OwnSealingKey & TrustedSealingKey>
  /** These two are null while no administrator has signed this station. */
  certified(nowMs: number): Promise<CertifiedSealingKey | null>
  signer(): Promise<CopySigner | null>
}

export type CopyWorld = {
  readonly ask: CommonApi['ask']
  readonly pieces: CopyPieces
  readonly shelf: CopyShelf
  readonly self: CopySelf
  /** Of what is sent at once. */
  readonly pieceBytes: number
}

export const browserSelf: CopySelf = {
  own: ownSealingKey,
  certified: certifiedOwnKey,
  async signer() {
    const { root, chain } = await browserTrust.held('station')
    if (!root || !chain) return null
    const { keyId } = await browserTrust.ownKey('station')
    return { root, chain, keyId, seal: (text) => sealAs('station', text) }
  },
}

/** What no second try changes: it is not there, or not for whoever asks. */
const final: ReadonlySet<ApiFailure> = new Set([
  'not-found',
  'forbidden',
  'conflict',
  'bad-request',
  'foreign-origin',
])
/** The server has no room for it. */
export const isNoRoom = (failure: string): boolean => failure === 'storage-full'

export const isFinal = (failure: ApiFailure): boolean => final.has(failure)
