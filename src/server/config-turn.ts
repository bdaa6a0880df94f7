/** The relay the operator runs: where it is, and the secret it shares with this server. */
import * as v from 'valibot'
import { StartError } from './start-error.ts'

export type TurnConfig = {
  readonly urls: readonly string[]
  readonly secret: string
  /** `relay`: no call goes directly, as where the ward's Wi-Fi keeps its clients from each other. */
  readonly ways: 'all' | 'relay'
}

const shortestSecret = 16
const mostUrls = 8

/** `turn:host`, `turns:host:port`, with `?transport=udp` or `tcp` (RFC 7065 §3.1). */
const turnUrl = v.pipe(
  v.string(),
  v.regex(/^turns?:(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/),
  v.maxLength(200),
)
const turnUrls = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').map((url) => url.trim())),
  v.array(turnUrl),
  v.maxLength(mostUrls),
)

export const turnVariables = {
  BEDSIDE_TURN_URLS: v.config(v.optional(turnUrls), {
    message: `up to ${mostUrls} addresses such as turn:relay.example:3478?transport=udp, with commas between`,
  }),
  BEDSIDE_TURN_WAYS: v.config(v.optional(v.picklist(['all', 'relay']), 'all'), {
    message: '`all`, or `relay` where calls go by the relay alone',
  }),
  BEDSIDE_TURN_SECRET: v.config(v.optional(v.pipe(v.string(), v.minLength(shortestSecret))), {
    message: `at least ${shortestSecret} characters`,
  }),
}

/** Null: no relay; the two ends of a call must reach each other directly. */
export function readTurn(
  urls: readonly string[] | undefined,
  secret: string | undefined,
  ways: TurnConfig['ways'],
): TurnConfig | null {
  if (urls === undefined && secret === undefined && ways === 'all') return null
  if (urls === undefined) {
    const set = secret === undefined ? 'BEDSIDE_TURN_WAYS' : 'BEDSIDE_TURN_SECRET'
    throw new StartError(`${set} is set but BEDSIDE_TURN_URLS is not.`)
  }
  if (secret === undefined) throw new StartError('BEDSIDE_TURN_URLS is set but BEDSIDE_TURN_SECRET is not.')
  return { urls, secret, ways }
}
