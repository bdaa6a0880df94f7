/** The patient's curtain: how long it is drawn, by the tablet's own count, and what is left of it after a reload. */

export const privacyMinutes = [15, 30, 60] as const
export type PrivacyMinutes = (typeof privacyMinutes)[number]

/** How much longer *15 more* makes it, and how many minutes before the end that is offered. */
export const moreMinutes = 15
export const soonMinutes = 2

/**
 * `untilUpMs`: by the page's uptime, which no correction of any clock touches. `returning`: it is over and nobody has
 * touched the screen since, so a knock only rings.
 */
export type Curtain =
  | { readonly type: 'open' }
  | { readonly type: 'drawn'; readonly untilUpMs: number }
  | { readonly type: 'returning' }

/** What outlives a page. `untilServerMs`: by the server's clock; null when this tablet had not heard it yet. */
export type KeptCurtain =
  | { readonly type: 'drawn'; readonly leftMs: number; readonly untilServerMs: number | null }
  | { readonly type: 'returning' }

export const openCurtain: Curtain = { type: 'open' }

export function leftOf(curtain: Curtain, upMs: number): number {
  return curtain.type === 'drawn' ? Math.max(0, curtain.untilUpMs - upMs) : 0
}

export function isDrawn(curtain: Curtain, upMs: number): boolean {
  return leftOf(curtain, upMs) > 0
}

/** [PRIV-3] It ends by itself, and what may come then is a ring. */
export function curtainAt(curtain: Curtain, upMs: number): Curtain {
  return curtain.type === 'drawn' && !isDrawn(curtain, upMs) ? { type: 'returning' } : curtain
}

/** Drawn for so long from now on; one that is drawn already is lengthened by it. */
export function drawn(curtain: Curtain, lengthMs: number, upMs: number): Curtain {
  return { type: 'drawn', untilUpMs: upMs + leftOf(curtain, upMs) + lengthMs }
}

export function touchedCurtain(curtain: Curtain): Curtain {
  return curtain.type === 'returning' ? openCurtain : curtain
}

/** `serverAheadMs`: how far the server's clock is ahead of the uptime; null before it was heard. */
export function keptOf(curtain: Curtain, upMs: number, serverAheadMs: number | null): KeptCurtain | null {
  if (curtain.type === 'open') return null
  if (!isDrawn(curtain, upMs) || curtain.type === 'returning') return { type: 'returning' }
  const untilServerMs = serverAheadMs === null ? null : Math.round(curtain.untilUpMs + serverAheadMs)
  return { type: 'drawn', leftMs: Math.round(leftOf(curtain, upMs)), untilServerMs }
}

/** [PRIV-4] Until the server is heard the time between two pages counts as none: the patient's side to err on. */
export function resumed(kept: KeptCurtain, upMs: number): Curtain {
  return kept.type === 'drawn' ? { type: 'drawn', untilUpMs: upMs + kept.leftMs } : kept
}

/** [PRIV-4] The server's clock says how long the page was away. It takes something off and never adds anything. */
export function settled(curtain: Curtain, untilServerMs: number, serverAheadMs: number): Curtain {
  if (curtain.type !== 'drawn') return curtain
  return { type: 'drawn', untilUpMs: Math.min(curtain.untilUpMs, untilServerMs - serverAheadMs) }
}
