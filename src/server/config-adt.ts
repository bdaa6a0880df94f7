/** What the operator chose about the hospital's record: where its messages come in, from whom, and what it calls this ward. */
import { createSecureContext } from 'node:tls'
import * as v from 'valibot'
import { isRange, loopback } from './address.ts'
import { readPem } from './config-pem.ts'
import { StartError } from './start-error.ts'

export type AdtTls = { readonly cert: Buffer; readonly key: Buffer; readonly ca: Buffer | null }

export type AdtConfig = {
  readonly port: number
  readonly host: string
  /** Addresses and networks that may send. */
  readonly from: readonly string[]
  readonly tls: AdtTls | null
  /** What the hospital calls this ward; empty: as the ward itself is called. */
  readonly wards: readonly string[]
  /** The hospital's `ward^room^bed`, and the label it is here. */
  readonly beds: readonly (readonly [location: string, label: string])[]
  /** Whose numbers count (CX.4), where a message brings several; null: those that say MR, then PI, then none. */
  readonly authority: string | null
  /** Where MSH-18 says nothing. */
  readonly charset: string
  /** Silent for longer, the feed is behind. */
  readonly expectedMs: number
}

const list = (part: (text: string) => boolean) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.split(',').map((one) => one.trim())),
    v.array(v.pipe(v.string(), v.check(part))),
  )
const minutes = v.pipe(
  v.string(),
  v.regex(/^\d{1,4}$/),
  v.transform(Number),
  v.minValue(1),
  v.maxValue(1_440),
)
const port = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65_535))
const isName = (text: string) => /^[^\p{Cc}]{1,40}$/u.test(text)

export const adtVariables = {
  BEDSIDE_ADT_PORT: v.config(v.optional(port), { message: 'a port from 0 to 65535' }),
  BEDSIDE_ADT_HOST: v.config(v.optional(v.pipe(v.string(), v.minLength(1))), { message: 'an address' }),
  BEDSIDE_ADT_FROM: v.config(v.optional(list(isRange)), {
    message: 'addresses or networks such as 10.0.0.5,10.1.0.0/24, with commas between',
  }),
  BEDSIDE_ADT_TLS_CERT: v.optional(v.string()),
  BEDSIDE_ADT_TLS_KEY: v.optional(v.string()),
  BEDSIDE_ADT_TLS_CA: v.optional(v.string()),
  BEDSIDE_ADT_WARD: v.config(v.optional(list(isName)), { message: 'names with commas between' }),
  BEDSIDE_ADT_BEDS: v.config(
    v.optional(list((text) => /^[^=^]{0,40}(?:\^[^=^]{0,40}){0,2}=[0-9A-Za-z-]{1,8}$/.test(text))),
    { message: 'pairs such as 4B^12^1=12A, with commas between' },
  ),
  BEDSIDE_ADT_AUTHORITY: v.config(v.optional(v.pipe(v.string(), v.check(isName))), { message: 'a name' }),
  BEDSIDE_ADT_CHARSET: v.config(
    v.optional(v.picklist(['UNICODE UTF-8', '8859/1', '8859/15']), 'UNICODE UTF-8'),
    {
      message: 'UNICODE UTF-8, 8859/1 or 8859/15',
    },
  ),
  BEDSIDE_ADT_MINUTES: v.config(v.optional(minutes, '60'), { message: 'a number from 1 to 1440' }),
}

const schema = v.object(adtVariables)
type Chosen = v.InferOutput<typeof schema>

/** Null without a port: nothing listens. Whoever reaches the port can admit, so a wider one names who may. */
export function readAdt(chosen: Chosen): AdtConfig | null {
  const { BEDSIDE_ADT_PORT: port, BEDSIDE_ADT_HOST: host = '127.0.0.1', BEDSIDE_ADT_FROM: from } = chosen
  if (port === undefined) {
    for (const name of ['BEDSIDE_ADT_HOST', 'BEDSIDE_ADT_FROM', 'BEDSIDE_ADT_TLS_CERT'] as const)
      if (chosen[name] !== undefined) throw new StartError(`${name} is set but BEDSIDE_ADT_PORT is not.`)
    return null
  }
  if (from === undefined && !['localhost', ...loopback].includes(host))
    throw new StartError(
      'BEDSIDE_ADT_FROM must name who may send, where BEDSIDE_ADT_HOST is not this machine.',
    )
  return {
    ...{ port, host, from: from ?? loopback, tls: readAdtTls(chosen) },
    wards: chosen.BEDSIDE_ADT_WARD ?? [],
    beds: (chosen.BEDSIDE_ADT_BEDS ?? []).map((pair) => pairOf(pair)),
    authority: chosen.BEDSIDE_ADT_AUTHORITY ?? null,
    charset: chosen.BEDSIDE_ADT_CHARSET,
    expectedMs: chosen.BEDSIDE_ADT_MINUTES * 60_000,
  }
}

/** A location is written with as many parts as it has. */
function pairOf(pair: string): readonly [string, string] {
  const [location = '', label = ''] = pair.split('=')
  const parts = [...location.split('^'), '', ''].slice(0, 3)
  return [parts.join('^'), label.toUpperCase()]
}

function readAdtTls(chosen: Chosen): AdtTls | null {
  const { BEDSIDE_ADT_TLS_CERT: cert, BEDSIDE_ADT_TLS_KEY: key, BEDSIDE_ADT_TLS_CA: ca } = chosen
  if (cert === undefined && key === undefined && ca === undefined) return null
  if (cert === undefined || key === undefined)
    throw new StartError('BEDSIDE_ADT_TLS_CERT and BEDSIDE_ADT_TLS_KEY must be set together.')
  const tls = {
    cert: readPem('BEDSIDE_ADT_TLS_CERT', cert),
    key: readPem('BEDSIDE_ADT_TLS_KEY', key),
    ca: ca === undefined ? null : readPem('BEDSIDE_ADT_TLS_CA', ca),
  }
  try {
    createSecureContext({ ...tls, ca: tls.ca ?? undefined })
  } catch {
    throw new StartError(
      'BEDSIDE_ADT_TLS_CERT and BEDSIDE_ADT_TLS_KEY must be a PEM certificate and its own key.',
    )
  }
  return tls
}
