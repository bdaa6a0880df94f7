/** What the page of family asks of its browser beside what every screen does: the keys of a link. */
import type { FamilyLookAnswer } from '../protocol/family.ts'
import type { CommonPorts } from './ports.ts'

/** A link's own key and this browser's, which never leave it. A link is named by its code's name. */
export type FamilyDevice = {
  /** What the server knows a link, or its bare code, by; null: it is none. */
  codeIdOf(typed: string): Promise<string | null>
  /** The link that was opened here last; null: none is kept here. */
  last(): Promise<string | null>
  /** Whether its keys are kept here. */
  isKept(codeId: string): Promise<boolean>
  /**
   * Keeps a link's key, and trusts its root, when whoever made the link sealed both. False: they are not believed.
   * `nowMs`: by the server's clock.
   */
  keep(typed: string, answer: FamilyLookAnswer, nowMs: number): Promise<boolean>
  /** What `POST /family/enter` takes. Null: it is not kept here. */
  prepare(
    codeId: string,
  ): Promise<{ readonly codeId: string; readonly publicKey: string; readonly seal: string } | null>
  /** For the hello; null: nothing is kept here. */
  sign(
    codeId: string,
    nonce: string,
  ): Promise<{ readonly guestId: string; readonly signature: string } | null>
  /** Nothing of the link is left here. */
  forget(codeId: string): Promise<void>
}

export type FamilyPorts = CommonPorts & { readonly family: FamilyDevice }
