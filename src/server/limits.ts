/** How much of anything one connection may use; tests and the bench pass their own. */

export type Limits = {
  /** A socket that has not said a valid hello by then is closed. */
  readonly helloMs: number
  /** A client this quiet is pinged, one this silent is gone. */
  readonly quietMs: number
  readonly silentMs: number
  readonly sweepMs: number
  /** Token bucket of each socket. */
  readonly framesPerSecond: number
  readonly burstFrames: number
  /** Wrong codes one address may try in a minute. */
  readonly failedTriesPerMinute: number
  /** How often everyone who is connected is looked at again: whether they still may be. */
  readonly recheckMs: number
  /** How long the sign-in provider may take for an answer. */
  readonly providerMs: number
  /** Over how long a stopping server spreads its goodbyes, so that a ward does not come back as one. */
  readonly drainMs: number
}

export const standardLimits: Limits = {
  helloMs: 10_000,
  quietMs: 5_000,
  silentMs: 12_000,
  sweepMs: 1_000,
  framesPerSecond: 60,
  burstFrames: 200,
  failedTriesPerMinute: 10,
  recheckMs: 10_000,
  providerMs: 5_000,
  drainMs: 1_500,
}
