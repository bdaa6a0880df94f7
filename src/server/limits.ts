/** How much of anything one connection, one person and one address may use; tests and the bench pass their own. */
import type { Rate } from './buckets.ts'

export type Limits = {
  /** A socket that has not said a valid hello by then is closed. */
  readonly helloMs: number
  /** A client this quiet is pinged, one this silent is gone. */
  readonly quietMs: number
  readonly silentMs: number
  /** A tablet whose page has said nothing for so long is told of at the stations, though its browser answers (ALIVE-5). */
  readonly unspokenMs: number
  readonly sweepMs: number
  /** Token bucket of each socket. */
  readonly framesPerSecond: number
  readonly burstFrames: number
  /** Wrong codes one address, and wrong tries of all kinds one name or signed-in person, may make in a minute. */
  readonly failedTriesPerMinute: number
  /** Wrong passwords and passkeys from one address in a minute: a ward behind one router mistypes more than one person. */
  readonly failedSignInsPerMinute: number
  /** How often everyone who is connected is looked at again: whether they still may be. */
  readonly recheckMs: number
  /** How long the sign-in provider may take for an answer. */
  readonly providerMs: number
  /** Over how long a stopping server spreads its goodbyes, so that a ward does not come back as one. */
  readonly drainMs: number
  /** Requests to the API by one address (and as many again by tablets that wait there), and by one signed-in person. */
  readonly askedByAddress: Rate
  readonly askedByPerson: Rate
  /** Pieces of something large that one person sends or fetches. */
  readonly piecesByPerson: Rate
  /** Questions about the plan by one address: every station of a ward asks when there is news. */
  readonly syncedByAddress: Rate
  /** Sockets one address may open; a ward that comes back from a power cut is one address behind a router. */
  readonly openedByAddress: Rate
  /** Sockets that one address, and one person or bed, may hold open. */
  readonly socketsOfAddress: number
  readonly socketsOfParty: number
  /** Sockets that have said no hello yet, of one address and in all: beyond it the oldest of them goes. */
  readonly greetersOfAddress: number
  readonly greeters: number
  /** Plain connections of one address. */
  readonly connectionsOfAddress: number
  /** Until then the head of a request must be here, and all of it. */
  readonly headMs: number
  readonly requestMs: number
  /** How often the server looks after itself: backups, disks, certificates, the clock. */
  readonly keepMs: number
  /** The same for a message of the hospital's record, and for its sender to take the answer. */
  readonly frameMs: number
  /** How often one caller may ring one callee. */
  readonly rings: Rate
  /** Of PBKDF2 for each try of a staff code: half a second of a slow tablet. */
  readonly codeRounds: number
}

export const standardLimits: Limits = {
  helloMs: 10_000,
  quietMs: 5_000,
  silentMs: 12_000,
  unspokenMs: 30_000,
  sweepMs: 1_000,
  framesPerSecond: 60,
  burstFrames: 200,
  failedTriesPerMinute: 10,
  failedSignInsPerMinute: 60,
  recheckMs: 10_000,
  providerMs: 5_000,
  drainMs: 1_500,
  askedByAddress: { perSecond: 60, burst: 400 },
  askedByPerson: { perSecond: 10, burst: 60 },
  piecesByPerson: { perSecond: 60, burst: 600 },
  syncedByAddress: { perSecond: 600, burst: 3_000 },
  openedByAddress: { perSecond: 100, burst: 5_000 },
  socketsOfAddress: 8_000,
  socketsOfParty: 32,
  greetersOfAddress: 250,
  greeters: 1_000,
  connectionsOfAddress: 10_000,
  headMs: 10_000,
  requestMs: 20_000,
  keepMs: 60_000,
  frameMs: 30_000,
  rings: { perSecond: 20 / 60, burst: 30 },
  codeRounds: 300_000,
}
