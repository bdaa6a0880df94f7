/** Reads a list of beds as people write it, and puts labels in the order in which people look for them. */

const byLabel = new Intl.Collator('en', { numeric: true })

/** `2, 12, 12A, 12B, 100`. */
export function compareLabels(one: string, other: string): number {
  return byLabel.compare(one, other)
}

/** `1-8, 12A` → eight labels and one; null when a part is no label, or there is nothing. Repeats count once. */
export function readBedLabels(text: string): readonly string[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  const read = parts.map(readPart)
  const labels = read.flatMap((some) => some ?? [])
  return labels.length === 0 || read.includes(null) ? null : [...new Set(labels)]
}

/** The most beds one range may stand for: a slip of the finger must not furnish a hospital. */
const longestRange = 96

function readPart(part: string): readonly string[] | null {
  const range = /^(\d{1,4})[-–](\d{1,4})$/.exec(part)
  if (!range) return /^(?=.*\d)[0-9A-Za-z]{1,8}$/.test(part) ? [part.toUpperCase()] : null
  const [first, last] = [Number(range[1]), Number(range[2])]
  const count = last - first + 1
  if (count < 1 || count > longestRange) return null
  return Array.from({ length: count }, (_, index) => String(first + index))
}
