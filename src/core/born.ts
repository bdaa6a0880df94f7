/** A date of birth as people type it, in three fields: a day that there was, or none. */

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const oldest = 1880

export type BornFields = { readonly day: string; readonly month: string; readonly year: string }

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** `1948-11-04`; null: there was no such day, or the year is not whole. */
export function bornFrom(fields: BornFields): string | null {
  const [day, month, year] = [fields.day, fields.month, fields.year].map((text) => text.trim())
  if (![day, month].every((text) => /^\d{1,2}$/.test(text ?? '')) || !/^\d{4}$/.test(year ?? '')) return null
  const [d, m, y] = [Number(day), Number(month), Number(year)]
  const days = m === 2 && !isLeap(y) ? 28 : (monthDays[m - 1] ?? 0)
  if (d < 1 || d > days || y < oldest) return null
  return `${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
}
