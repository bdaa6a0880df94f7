/** What one end of a verified link writes to the other over it: no server passes it on, keeps it or sees it. */
import * as v from 'valibot'

/** As much as a screen shows in large letters without scrolling. */
export const longestLine = 160

const line = v.strictObject({
  type: v.literal('line'),
  text: v.pipe(v.string(), v.maxLength(longestLine)),
})

export function encodeLine(text: string): string {
  return JSON.stringify({ type: 'line', text: text.slice(0, longestLine) })
}

/** The text, empty when it was taken back; null for anything else. Never throws. */
export function decodeLine(said: string): string | null {
  try {
    const decoded = v.safeParse(line, JSON.parse(said))
    return decoded.success ? decoded.output.text.trim() : null
  } catch {
    return null
  }
}
