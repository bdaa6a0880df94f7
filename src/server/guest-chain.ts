/** Whether a station of the organisation has signed a guest's key: for a table they were asked to, or for a visit of their own. */
import { checkChain } from '../core/proof.ts'
import { guestVisitMs } from '../protocol/guest.ts'
import { type Chain, decodeCertificate, type Signed } from '../protocol/proof.ts'
import { examine } from './authority.ts'
import { chainOf, rootOf } from './certificates.ts'
import type { Db } from './store/store.ts'

/** A station's clock is the server's as it last heard it. */
const clockSlackMs = 60_000

export type Vouchee = {
  readonly guestId: string
  readonly name: string
  readonly tableId: string
  readonly publicKey: string
  /** The longest that a station may vouch for; as long as a visit where nothing is said. */
  readonly forMs?: number
}

/** The whole chain, when the certificate is of this guest at this table, and a station of the organisation signed it. */
export async function chainBehind(
  db: Db,
  { guestId, name, tableId, publicKey, forMs = guestVisitMs }: Vouchee,
  signed: Signed,
  nowMs: number,
): Promise<Chain | null> {
  const issuer = decodeCertificate(signed.text)?.issuer
  const [root, station] = [await rootOf(db), issuer ? await chainOf(db, issuer, nowMs) : null]
  if (!root || !station) return null
  const chain = [signed, ...station]
  const checked = checkChain(examine(chain), root.keyId, nowMs)
  if (!checked.ok || checked.value.kind !== 'guest') return null
  const said = checked.value
  if (said.guestId !== guestId || said.label !== name || said.tableId !== tableId) return null
  if (said.publicKey !== publicKey || said.notAfterMs > nowMs + forMs + clockSlackMs) return null
  return chain
}
