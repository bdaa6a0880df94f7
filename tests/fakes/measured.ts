/** Half a second of a call in which nothing is wrong. */
import type { Measured } from '../../src/core/quality.ts'

export const well: Omit<Measured, 'atMs'> = {
  lost: 0,
  delayMs: 40,
  concealed: 0,
  frozen: 0,
  lostThere: 0,
  uplinkBps: 2_000_000,
  way: 'direct',
  over: 'udp',
}
