/** The ways to the relay, by their addresses: what a network leaves open of them. */
import { type RelayWay, relayWays, type WayState, type WaysFound } from '../protocol/ice.ts'

export { type RelayWay, relayWays, type WaysFound }

/** By a relay's address (RFC 7065 §3.1); without a word of its own `turns` is TLS over TCP, `turn` is UDP. */
export function wayOf(url: string): RelayWay {
  if (url.startsWith('turns:')) return 'tls'
  return url.endsWith('?transport=tcp') ? 'tcp' : 'udp'
}

/** [TURN-16] A way is open when one relay answers by it, and closed when none does that was tried; `null` says nothing. */
export function summary(tried: readonly (readonly [string, WayState | null])[]): WaysFound {
  const found: { -readonly [W in RelayWay]?: WayState } = {}
  for (const [url, state] of tried) {
    const way = wayOf(url)
    if (state !== null && found[way] !== 'open') found[way] = state
  }
  return found
}
