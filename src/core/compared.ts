/**
 * The words that two people compare aloud (a short authentication string, as in ZRTP, RFC 6189 §4.5.2): what an end says next, and when the
 * other has lied. Pure: chance and hashes are `io/compare.ts`'s. Rules are numbered in SPEC.md.
 */
import type { CompareSaid } from '../protocol/compare.ts'

/** A language has so many words; what counts is their number, so that each reads them in their own. */
export const wordsToChooseFrom = 64
/** 18 bits: one try in 262,144 of whoever is between, and each try is a call in which two people notice. */
export const wordsCompared = 3

/** The first three six-bit numbers of a hash. */
export function wordsIn(hash: Uint8Array): number[] {
  const [a = 0, b = 0, c = 0] = hash
  const bits = (a << 16) | (b << 8) | c
  return [18, 12, 6].map((shift) => (bits >> shift) & 0x3f)
}

/** `first`: this end made the first offer, and commits. */
export type Comparing =
  | { readonly type: 'committed'; readonly nonce: string }
  | { readonly type: 'awaiting'; readonly nonce: string }
  | { readonly type: 'answered'; readonly nonce: string; readonly commitment: string }
  | { readonly type: 'done'; readonly first: string; readonly second: string }
  | { readonly type: 'false' }

/** What this end says at last, and what it then waits for. */
export type Compared = { readonly state: Comparing; readonly say: CompareSaid | null }

/** [PROOF-8] `commitment`: the hash of this end's nonce, of whoever commits. */
export function beginComparing(nonce: string, commitment: string | null): Compared {
  if (commitment === null) return { state: { type: 'awaiting', nonce }, say: null }
  return { state: { type: 'committed', nonce }, say: { type: 'compare', step: 'commit', commitment } }
}

/**
 * [PROOF-8] Each thing is heard once: whoever could commit or answer again could try words until they fit. `hashOfNonce`: of the
 * nonce in `said`, where there is one.
 */
export function hearCompared(state: Comparing, said: CompareSaid, hashOfNonce: string): Compared {
  const stay = { state, say: null }
  switch (said.step) {
    case 'commit': {
      if (state.type !== 'awaiting') return stay
      const { nonce } = state
      return {
        state: { type: 'answered', nonce, commitment: said.commitment },
        say: { type: 'compare', step: 'answer', nonce },
      }
    }
    case 'answer': {
      if (state.type !== 'committed') return stay
      const { nonce } = state
      return {
        state: { type: 'done', first: nonce, second: said.nonce },
        say: { type: 'compare', step: 'reveal', nonce },
      }
    }
    case 'reveal': {
      if (state.type !== 'answered') return stay
      if (hashOfNonce !== state.commitment) return { state: { type: 'false' }, say: null }
      return { state: { type: 'done', first: said.nonce, second: state.nonce }, say: null }
    }
  }
}
