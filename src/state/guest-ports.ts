/** What the guest's page asks of its browser beside what every screen does: a key that is made for one visit. */
import type { Chain } from '../protocol/proof.ts'
import type { CommonPorts } from './ports.ts'

/** A guest's visit as their own device knows it; `isAdmitted`: it has their certificates. */
export type GuestVisit = {
  readonly guestId: string
  readonly codeId: string
  readonly isAdmitted: boolean
}

/** A guest's own key, for one visit; it never leaves their browser. */
export type GuestDevice = {
  /** What the server knows a code by; null: it is no code. */
  codeIdOf(typed: string): Promise<string | null>
  /** Null: no code was redeemed here, or the visit is over. */
  visit(): Promise<GuestVisit | null>
  /** What `POST /join` takes; the same again for the same code, so that it may be asked again. Null: it is no code. */
  prepare(
    typed: string,
  ): Promise<{ readonly codeId: string; readonly publicKey: string; readonly seal: string } | null>
  /** The code was redeemed: who this is from now on. */
  begin(guestId: string): Promise<void>
  /** For the hello; null: no code was redeemed here. */
  sign(nonce: string): Promise<{ readonly guestId: string; readonly signature: string } | null>
  /**
   * Keeps the certificates of `guest.admitted` and trusts their root for this visit, when whoever made the code sealed them.
   * False: they are not believed. `nowMs`: by the server's clock.
   */
  admit(chain: Chain, seal: string, nowMs: number): Promise<boolean>
  /** Nothing of the visit is left here. */
  forget(): Promise<void>
}

export type GuestPorts = CommonPorts & { readonly guest: GuestDevice }
