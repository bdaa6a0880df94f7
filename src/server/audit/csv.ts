/** Comma-separated values that a spreadsheet opens without running anything in them. */

/** What a spreadsheet takes for a formula (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r\n＝＋－＠]/

/** One field: guarded by an apostrophe when it could be a formula, quoted by RFC 4180 §2 when it must be. */
function fieldOf(value: string | number | null): string {
  if (typeof value === 'number') return String(value)
  const text = value ?? ''
  const guarded = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

/** A record with its line break. */
export function csvRecord(values: readonly (string | number | null)[]): string {
  return `${values.map(fieldOf).join(',')}\r\n`
}
