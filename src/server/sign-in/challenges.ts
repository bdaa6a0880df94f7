/** WebAuthn challenges that were handed out and not used yet; lost at a restart, which costs one more press. */
import { newToken } from '../store/secrets.ts'

const challengeMs = 5 * 60_000
/** Beyond so many nobody is asking but a machine; the oldest go. */
const maxOpen = 10_000

/** What a challenge was made for, so that the proof of one thing is never taken for another. */
export type Purpose = `register:${string}` | `unlock:${string}` | 'sign-in'

export type Challenges = ReturnType<typeof createChallenges>

export function createChallenges(now: () => number) {
  const open = new Map<string, { readonly purpose: Purpose; readonly untilMs: number }>()

  return {
    /** 256 random bits, base64url. */
    make(purpose: Purpose): string {
      const oldest = open.keys().next()
      if (open.size >= maxOpen && !oldest.done) open.delete(oldest.value)
      const challenge = newToken()
      open.set(challenge, { purpose, untilMs: now() + challengeMs })
      return challenge
    },

    /** True once, and only for the purpose it was made for. */
    take(challenge: string, purpose: Purpose): boolean {
      const known = open.get(challenge)
      if (known?.purpose !== purpose) return false
      open.delete(challenge)
      return known.untilMs > now()
    },
  }
}
