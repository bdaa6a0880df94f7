/** What the operator chose about the hospital's PACS: where its DICOMweb is, and as whom this server asks it. */
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import * as v from 'valibot'
import { StartError } from './start-error.ts'

export type PacsConfig = {
  /** Without a slash at its end; `/studies` follows. */
  readonly url: string
  /** What is sent as `Authorization`; null: nothing. In no log, and told to nobody. */
  readonly authorization: string | null
  /** Issuer of Patient ID (0010,0021), where the PACS has numbers of several hospitals; null: numbers stand by themselves. */
  readonly issuer: string | null
  /** How long it may be silent. */
  readonly silentMs: number
  /** Of one series. */
  readonly mostBytes: number
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

/** https, or http on this machine; an address that no PACS can have is none. */
function isPacs(text: string): boolean {
  const url = URL.parse(text)
  if (!url || url.search || url.hash || url.username || url.password || text.includes('?')) return false
  if (isLinkLocal(url.hostname.replace(/^\[(.*)\]$/, '$1'))) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.includes(url.hostname))
}

/** Where machines keep what only they may know (RFC 3927, RFC 4291 section 2.5.6), and what is nobody's address. */
export function isLinkLocal(address: string): boolean {
  if (isIP(address) === 4) return /^(?:0|169\.254|22[4-9]|2[345]\d)\./.test(address)
  return isIP(address) === 6 && /^(?:::$|fe[89ab]|ff|::ffff:)/i.test(address)
}

const number = (most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number), v.minValue(1), v.maxValue(most))
const header = v.pipe(v.string(), v.regex(/^[^\p{Cc}]{1,200}$/u))

export const pacsVariables = {
  BEDSIDE_PACS_URL: v.config(v.optional(v.pipe(v.string(), v.check(isPacs))), {
    message:
      'the https address of a DICOMweb, without name and password, ? and # (http only on this machine)',
  }),
  BEDSIDE_PACS_USER: v.config(v.optional(v.pipe(header, v.excludes(':'))), {
    message: 'a name without a colon',
  }),
  BEDSIDE_PACS_PASSWORD: v.config(v.optional(header), { message: 'a password in one line' }),
  BEDSIDE_PACS_PASSWORD_FILE: v.optional(v.string()),
  BEDSIDE_PACS_ISSUER: v.config(v.optional(v.pipe(header, v.maxLength(64))), {
    message: 'at most 64 characters',
  }),
  BEDSIDE_PACS_SECONDS: v.config(v.optional(number(120), '20'), {
    message: 'a number of seconds from 1 to 120',
  }),
  BEDSIDE_PACS_MOST_MB: v.config(v.optional(number(2048), '512'), { message: 'a number from 1 to 2048' }),
}

const schema = v.object(pacsVariables)
type Chosen = v.InferOutput<typeof schema>

/** Null when no PACS is named. Throws a StartError when only half of it is. */
export function readPacs(chosen: Chosen): PacsConfig | null {
  const { BEDSIDE_PACS_URL: url, BEDSIDE_PACS_USER: user } = chosen
  const password = passwordOf(chosen)
  if (url === undefined) {
    for (const name of ['BEDSIDE_PACS_USER', 'BEDSIDE_PACS_PASSWORD', 'BEDSIDE_PACS_PASSWORD_FILE'] as const)
      if (chosen[name] !== undefined) throw new StartError(`${name} is set but BEDSIDE_PACS_URL is not.`)
    return null
  }
  if (user === undefined && password !== null)
    throw new StartError('A password for the PACS is set but BEDSIDE_PACS_USER is not.')
  if (user !== undefined && password === null)
    throw new StartError('BEDSIDE_PACS_USER is set but neither BEDSIDE_PACS_PASSWORD_FILE nor _PASSWORD is.')
  return {
    url: url.replace(/\/+$/, ''),
    // RFC 7617 section 2.1: in UTF-8.
    authorization:
      user === undefined ? null : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    issuer: chosen.BEDSIDE_PACS_ISSUER ?? null,
    silentMs: chosen.BEDSIDE_PACS_SECONDS * 1_000,
    mostBytes: chosen.BEDSIDE_PACS_MOST_MB * 1024 * 1024,
  }
}

function passwordOf({
  BEDSIDE_PACS_PASSWORD: plain,
  BEDSIDE_PACS_PASSWORD_FILE: file,
}: Chosen): string | null {
  if (file === undefined) return plain ?? null
  if (plain !== undefined)
    throw new StartError('Set BEDSIDE_PACS_PASSWORD or BEDSIDE_PACS_PASSWORD_FILE, not both.')
  const read = readPassword(file)
  if (!v.is(header, read))
    throw new StartError('BEDSIDE_PACS_PASSWORD_FILE must hold a password in one line.')
  return read
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch {
    throw new StartError(`BEDSIDE_PACS_PASSWORD_FILE names a file that cannot be read: ${file}`)
  }
}
