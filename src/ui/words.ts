/** The only map from codes to language: what bed and station both say. Each side's own words lie beside it. */
import type { CallState, Party } from '../core/call-state.ts'
import type { ApiFailure, CameraFailure, DeviceNews, Tracks } from '../state/ports.ts'
import type { StaffParty } from '../state/station.ts'
import { both } from './texts/both.ts'
import { clockOf, listOf, longDayOf } from './texts/dates.ts'

/** Whose act the end of a call was. */
export type By = Extract<CallState, { type: 'ended' }>['by']

export const appWords = both('app')
export const tracksWords = both('tracks')
export const stageWords = both('stage')

const roles: Record<StaffParty['role'], string> = both('roles')
const guestKinds: Record<Extract<Party, { type: 'guest' }>['kind'], string> = both('guestKinds')
const places = both('places')
const incoming = both('incoming')

/** What happened to a link, and what to do. */
export type Advice = { readonly said: string; readonly todo: string }

export function nameOf(party: Party): string {
  return party.type === 'bed' ? places.bed({ label: party.label }) : party.name
}

export function roleWord(role: StaffParty['role']): string {
  return roles[role]
}

export function bedWord(label: string): string {
  return places.bed({ label })
}

/** `Beds 1, 2, 3`. */
export function bedsWord(labels: readonly string[]): string {
  return places.beds({ count: labels.length, labels: listOf(labels) })
}

/** The role as a person reads it; a code that is no staff member's stays as it is. */
export function roleOfCode(code: string): string {
  return isStaffRole(code) ? roles[code] : code
}

function isStaffRole(code: string): code is StaffParty['role'] {
  return code === 'nurse' || code === 'doctor' || code === 'interpreter' || code === 'admin'
}

/** What stands beside the name: a role, or the ward of a bed. */
export function roleOf(party: Party): string {
  if (party.type === 'guest') return guestKinds[party.kind]
  return party.type === 'staff' ? roles[party.role] : party.ward
}

export function placeOf(label: string, ward: string): string {
  return places.bedInWard({ label, ward })
}

/** At most two letters for the round mark beside a name; a bed shows its label. */
export function initialsOf(party: Party): string {
  if (party.type === 'bed') return party.label
  const words = party.name.split(/\s+/).filter((word) => /\p{L}/u.test(word))
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) =>
    firstLetter(word ?? ''),
  )
  return letters.join('').toUpperCase()
}

function firstLetter(word: string): string {
  return word.match(/\p{L}/u)?.[0] ?? ''
}

/** `14:05`, by this device's clock and place. */
export function timeOf(ms: number): string {
  return clockOf(ms)
}

/** `Sunday 22 November`. */
export function dayOf(ms: number): string {
  return longDayOf(ms)
}

/** The dialog of a ring or a knock. */
export const incomingWords = incoming

/** The name a screen reader hears first, and the one tests rely on. */
export function incomingName(peer: Party, how: 'ringing' | 'knocking'): string {
  return incoming[how]({ name: nameOf(peer), role: roleOf(peer) })
}

/** What leaves this device, as its own tracks tell it (HZ-2). */
export function tracksWord({ camera, microphone }: Tracks): string {
  if (camera && microphone) return tracksWords.both
  if (camera) return tracksWords.camera
  return microphone ? tracksWords.microphone : tracksWords.none
}

/** The same between calls, where off is the rule and said as a sentence. */
export function atRestWord(tracks: Tracks): string {
  return tracks.camera || tracks.microphone ? tracksWord(tracks) : tracksWords.atRest
}

/** A text that may have parameters, with them. */
export function filled<V>(text: string | ((values: V) => string), values: V): string {
  return typeof text === 'string' ? text : text(values)
}

export function mutedWord(name: string): string {
  return stageWords.muted({ name })
}

/** What is used instead of a device that was unplugged, or that there is none. */
export function unpluggedWord(news: Exclude<DeviceNews, { type: 'arrived' }>): string {
  if (news.type === 'gone') return stageWords[news.kind === 'camera' ? 'cameraGone' : 'microphoneGone']
  return stageWords.replaced({ device: news.label })
}

export type Trouble = { readonly said: string; readonly steps: readonly string[] }

const cameraTroubles: Record<CameraFailure, { said: string; steps: string }> = both('cameraTroubles')

const cameraFailures: readonly string[] = ['denied', 'missing', 'taken'] satisfies CameraFailure[]

export function isCameraFailure(problem: string): problem is CameraFailure {
  return cameraFailures.includes(problem)
}

/** Why a camera would not open, and what a person can do about it. */
export function cameraTrouble(failure: CameraFailure): Trouble {
  const { said, steps } = cameraTroubles[failure]
  return { said, steps: steps.split('\n') }
}

/** Refusals that mean the same wherever they are met. */
export const refusals: Record<Exclude<ApiFailure, 'unknown-code' | 'used-code'>, Advice> = both('refusals')
