/** What a provider says of a person, in our words: the role by the configured claim, the name as it may be shown. */
import type { StaffRole } from '../../protocol/people.ts'

export type Claims = Readonly<Record<string, unknown>>

/** OIDC Core §2: never longer than 255 characters of ASCII. */
export const longestSubject = 255
const longestName = 80

/** The first role of the mapping, in its order, that the person has; null: none of them, or no such claim. */
export function roleOf(
  claims: Claims,
  claim: string,
  roles: ReadonlyMap<string, StaffRole>,
): StaffRole | null {
  const theirs = valuesAt(claims, claim)
  for (const [name, role] of roles) if (theirs.includes(name)) return role
  return null
}

/** Whether the claim is there at all, with or without anything in it. */
export function hasClaim(claims: Claims, claim: string): boolean {
  return at(claims, claim) !== undefined
}

/** One role as text or several in a list; anything else is no role. */
function valuesAt(claims: Claims, claim: string): readonly string[] {
  const value = at(claims, claim)
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((one) => typeof one === 'string')
}

/** A claim whose own name has dots in it (an address, say) goes before a path. */
function at(claims: Claims, claim: string): unknown {
  if (Object.hasOwn(claims, claim)) return claims[claim]
  let value: unknown = claims
  for (const step of claim.split('.')) {
    if (!isFields(value) || !Object.hasOwn(value, step)) return undefined
    value = value[step]
  }
  return value
}

function isFields(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A name that fits on a screen, from the first claim that has one (OIDC Core §5.1). */
export function nameOf(claims: Claims, subject: string): string {
  for (const claim of ['name', 'preferred_username', 'email']) {
    const value = claims[claim]
    const name = typeof value === 'string' ? tidyName(value) : ''
    if (name !== '') return name
  }
  return tidyName(subject) || 'No name'
}

/** Without what is invisible or would reorder the text round it, which could make one person look like another. */
export function tidyName(text: string): string {
  const visible = text
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return [...visible].reduce(
    (name, letter) => (name.length + letter.length > longestName ? name : name + letter),
    '',
  )
}
