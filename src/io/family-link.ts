/** A station makes a link for family: a code that no server learns, a key that only its holder can open, and this station's word for that key. */
import { familyLinkMs } from '../protocol/family.ts'
import type { FamilyLinkPort } from '../state/ports.ts'
import { certifyGuest } from './guest-certificate.ts'
import { codeIdOf, linkOf, newCode, sealKey, secretOf, stationSeal } from './guest-code.ts'
import { algorithm, base64url } from './seal.ts'

export const browserFamilyLinks: FamilyLinkPort = {
  async make({ guestId, name }, nowMs) {
    const code = newCode()
    const pair = await crypto.subtle.generateKey(algorithm, true, ['sign'])
    const publicKey = base64url(await crypto.subtle.exportKey('spki', pair.publicKey))
    // Their key is good in all calls by this link, as that of a visit is (PROOF-5).
    const word = { guestId, name, tableId: guestId, publicKey, forMs: familyLinkMs }
    const certified = await certifyGuest(word, nowMs)
    if (!certified) return null
    const { certificate, root } = certified
    const sealed = {
      publicKey,
      certificate,
      codeId: await codeIdOf(code),
      seal: await stationSeal(await secretOf(code), root, certificate.text),
      sealedKey: await sealKey(code, pair.privateKey),
    }
    return { link: linkOf(location.origin, 'family', code), sealed }
  },
}
