/** A station lets a guest in: it made their code, knows its secret, and signs for the key that was sealed with it. */
import * as v from 'valibot'
import type { GuestsPort } from '../state/ports.ts'
import { certifyGuest } from './guest-certificate.ts'
import { codeIdOf, guestSeal, linkOf, newCode, secretOf, stationSeal } from './guest-code.ts'

const storeKey = 'guests'
/** As whoever is here asked for it: what the server says of a guest later is compared with it. */
const invited = v.object({ secret: v.string(), name: v.string(), tableId: v.string() })
type Invited = v.InferOutput<typeof invited>
/** By guest. */
const kept = v.record(v.string(), invited)

function read(): Record<string, Invited> {
  try {
    return v.parse(kept, JSON.parse(sessionStorage.getItem(storeKey) ?? '{}'))
  } catch {
    return {}
  }
}

/** Of one table: what was kept of one before is over with it. */
function keep(guestId: string, guest: Invited): void {
  const ofTable = Object.entries(read()).filter(([, { tableId }]) => tableId === guest.tableId)
  sessionStorage.setItem(storeKey, JSON.stringify({ ...Object.fromEntries(ofTable), [guestId]: guest }))
}

export const browserGuests: GuestsPort = {
  async newCode() {
    const code = newCode()
    const secret = await secretOf(code)
    return {
      link: linkOf(location.origin, 'join', code),
      codeId: await codeIdOf(code),
      keep: (guestId, name, tableId) => keep(guestId, { secret, name, tableId }),
    }
  },

  async vouch({ guest, tableId, publicKey, seal }, nowMs) {
    const { guestId, name } = guest
    const own = read()[guestId]
    if (own?.name !== name || own.tableId !== tableId) return { ok: false, failure: 'unknown' }
    if ((await guestSeal(own.secret, publicKey)) !== seal) return { ok: false, failure: 'false-seal' }
    const certified = await certifyGuest({ guestId, name, tableId, publicKey }, nowMs)
    if (!certified) return { ok: false, failure: 'uncertified' }
    const { certificate, root } = certified
    const sealed = await stationSeal(own.secret, root, certificate.text)
    return { ok: true, value: { certificate, seal: sealed } }
  },

  forget: () => sessionStorage.removeItem(storeKey),
}
