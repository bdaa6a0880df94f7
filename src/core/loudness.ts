/** How loud a tablet rings and speaks: four steps, none of them silent (HZ-11), as its patient likes it. */

export const loudnesses = [1, 2, 3, 4] as const
export type Loudness = (typeof loudnesses)[number]

export const usualLoudness: Loudness = 3

const rings: Readonly<Record<Loudness, number>> = { 1: 0.35, 2: 0.65, 3: 1, 4: 1.8 }
const voices: Readonly<Record<Loudness, number>> = { 1: 0.3, 2: 0.55, 3: 0.8, 4: 1 }

/** In quiet hours, whatever was asked for: heard in the bed and not in the next one (HZ-15). */
export const quietGain = 0.2

/** By how much a ring or a knock is multiplied. */
export function ringGain(loudness: Loudness): number {
  return rings[loudness]
}

/** How loud the other person is, 0…1. */
export function voiceVolume(loudness: Loudness): number {
  return voices[loudness]
}

export function louder(loudness: Loudness): Loudness {
  return loudnesses.find((one) => one > loudness) ?? loudness
}

export function softer(loudness: Loudness): Loudness {
  return loudnesses.findLast((one) => one < loudness) ?? loudness
}
