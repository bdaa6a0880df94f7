/** The short code an administrator reads out and a tablet's keyboard takes: eight letters that cannot be mixed up. */

/** Crockford's base 32: no I, L, O and U. */
export const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const codeLength = 8

/** `7kqd 9m2x`, `7KQD-9M2X` or `7KQD9M2X` as the one text that is hashed; null when it cannot be such a code. */
export function readTypedCode(typed: string): string | null {
  const text = typed.replaceAll(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  const isCode = text.length === codeLength && [...text].every((letter) => codeAlphabet.includes(letter))
  return isCode ? text : null
}

/** In two groups, as it is shown: `7KQD-9M2X`. */
export function showCode(code: string): string {
  return `${code.slice(0, codeLength / 2)}-${code.slice(codeLength / 2)}`
}

/** The six digits a person typed, or null: blanks between them are no mistake. */
export function readTypedDigits(typed: string): string | null {
  const digits = typed.replaceAll(/\s/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}
