/** Bytes of a message as text by the character set that it names (MSH-18), and its escapes as what they stand for. */

/** HL7 table 0211, those that contain ASCII as it is; the header can be read before its set is known. */
const decoders: Readonly<Record<string, string>> = {
  'UNICODE UTF-8': 'utf-8',
  UNICODE: 'utf-8',
  'UTF-8': 'utf-8',
  '8859/1': 'iso-8859-1',
  '8859/2': 'iso-8859-2',
  '8859/3': 'iso-8859-3',
  '8859/4': 'iso-8859-4',
  '8859/5': 'iso-8859-5',
  '8859/6': 'iso-8859-6',
  '8859/7': 'iso-8859-7',
  '8859/8': 'iso-8859-8',
  '8859/9': 'iso-8859-9',
  '8859/15': 'iso-8859-15',
}

/** Null: a set that this server does not read, or bytes that are not of it. A name that is guessed at is another name (HZ-1). */
export function decode(bytes: Buffer, charset: string): string | null {
  if (charset === 'ASCII' || charset === 'ISO IR6')
    return bytes.every((byte) => byte < 0x80) ? bytes.toString('latin1') : null
  const label = decoders[charset]
  if (label === undefined) return null
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return null
  }
}

export type Delimiters = {
  readonly field: string
  readonly component: string
  readonly repetition: string
  /** Empty: this sender escapes nothing. */
  readonly escape: string
  readonly subcomponent: string
}

/**
 * Chapter 2.7. Null: it changes to another character set within the text (`\C..\`, `\M..\`), which is not read. Of what has
 * no meaning here, such as highlighting, nothing is left. An escape that does not end is text.
 */
export function unescaped(text: string, marks: Delimiters, charset: string): string | null {
  const mark = marks.escape
  if (mark === '' || !text.includes(mark)) return text
  const parts = text.split(mark)
  let out = parts[0] ?? ''
  for (let at = 1; at < parts.length; at += 2) {
    const code = parts[at] ?? ''
    // The last one: nothing ends it.
    if (at === parts.length - 1) return out + mark + code
    const meant = meaningOf(code, marks, charset)
    if (meant === null) return null
    out += meant + (parts[at + 1] ?? '')
  }
  return out
}

function meaningOf(code: string, marks: Delimiters, charset: string): string | null {
  if (code === 'F') return marks.field
  if (code === 'S') return marks.component
  if (code === 'T') return marks.subcomponent
  if (code === 'R') return marks.repetition
  if (code === 'E') return marks.escape
  if (/^[CM][0-9A-Fa-f]{2,6}$/.test(code)) return null
  if (/^X(?:[0-9A-Fa-f]{2}){1,64}$/.test(code)) return decode(Buffer.from(code.slice(1), 'hex'), charset)
  return /^\.(?:br|sp|ce)/.test(code) ? ' ' : ''
}

/** In one line, without what cannot be seen. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
}
