/** A body of several parts while it streams (RFC 2046 section 5.1.1): the same parts, in whatever pieces it comes. */

/** `bytes` are of the part that was told of last, and a view of what was pushed. `end`: the closing delimiter was met. */
export type MultipartNews =
  | { readonly type: 'part'; readonly headers: ReadonlyMap<string, string> }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'end' }

export type Multipart = {
  /** What is known now. `isBroken`: this is no such body, and nothing more is read of it. */
  push(piece: Uint8Array): { readonly news: readonly MultipartNews[]; readonly isBroken: boolean }
}

/** What may stand before the first part, and above one. */
const mostPreambleBytes = 65_536
const mostHeadBytes = 8_192

const [cr, lf, dash] = [13, 10, 45]
const blankLine = bytesOf('\r\n\r\n')

/** The boundary that a Content-Type names (RFC 2045 section 5.1), null where it names none that may be one. */
export function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/related\s*(?:;|$)/i.test(contentType)) return null
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain ?? ''
  return /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/.test(boundary) ? boundary : null
}

export function createMultipart(boundary: string): Multipart {
  const delimiter = bytesOf(`\r\n--${boundary}`)
  let state: 'preamble' | 'head' | 'body' | 'end' | 'broken' = 'preamble'
  // The first delimiter may have no line before it.
  let held: Uint8Array = bytesOf('\r\n')
  let skipped = 0

  /** Up to the next delimiter; what could be the beginning of one waits. */
  function pass(rest: Uint8Array, news: MultipartNews[]): Uint8Array | null {
    const at = find(rest, delimiter)
    const passed = at < 0 ? beforeTail(rest, delimiter.length) : at
    if (state === 'preamble') skipped += passed
    else if (passed > 0) news.push({ type: 'bytes', bytes: rest.subarray(0, passed) })
    if (skipped > mostPreambleBytes) state = 'broken'
    else if (at >= 0) state = 'head'
    if (at >= 0) return rest.subarray(at + delimiter.length)
    held = rest.slice(passed)
    return null
  }

  /** From behind a delimiter to the blank line above a part's bytes. */
  function open(rest: Uint8Array, news: MultipartNews[]): Uint8Array | null {
    if (rest[0] === dash && rest[1] === dash) {
      state = 'end'
      news.push({ type: 'end' })
      return null
    }
    const at = find(rest, blankLine)
    if (at < 0 && rest.length <= mostHeadBytes) {
      held = rest.slice()
      return null
    }
    const headers = at < 0 || at > mostHeadBytes ? null : headersOf(rest.subarray(0, at))
    if (!headers) {
      state = 'broken'
      return null
    }
    state = 'body'
    news.push({ type: 'part', headers })
    return rest.subarray(at + blankLine.length)
  }

  return {
    push(piece) {
      const news: MultipartNews[] = []
      let rest: Uint8Array | null = held.length === 0 ? piece : joined(held, piece)
      held = new Uint8Array()
      while (rest !== null && state !== 'end' && state !== 'broken')
        rest = state === 'head' ? open(rest, news) : pass(rest, news)
      return { news, isBroken: state === 'broken' }
    },
  }
}

/** Behind a delimiter nothing but blanks may stand on its line; names of headers in small letters. Null: no headers. */
function headersOf(bytes: Uint8Array): ReadonlyMap<string, string> | null {
  const [padding = '', ...lines] = String.fromCharCode(...bytes)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  if (!/^[ \t]*$/.test(padding)) return null
  const headers = new Map<string, string>()
  for (const line of lines) {
    const [, name, value] = /^([!-9;-~]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
    if (name === undefined || value === undefined) return null
    headers.set(name.toLowerCase(), value)
  }
  return headers
}

/** How much of it cannot belong to a delimiter of this length, which has its one carriage return at the beginning. */
function beforeTail(bytes: Uint8Array, length: number): number {
  const at = bytes.lastIndexOf(cr)
  return at >= 0 && bytes.length - at < length ? at : bytes.length
}

function find(bytes: Uint8Array, sought: Uint8Array): number {
  for (let at = bytes.indexOf(cr); at >= 0; at = bytes.indexOf(cr, at + 1)) {
    if (at + sought.length > bytes.length) return -1
    if (bytes[at + 1] === lf && sought.every((byte, index) => bytes[at + index] === byte)) return at
  }
  return -1
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}

function bytesOf(ascii: string): Uint8Array {
  return Uint8Array.from(ascii, (one) => one.charCodeAt(0))
}
