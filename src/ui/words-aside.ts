/** What is said beside the calls: of the curtain, and of a call that may be forgotten. */

import type { CallOverride, CallState, EndReason, Party } from '../core/call-state.ts'
import { clockOfMinute } from '../core/minutes.ts'
import type { DeviceCertificate, ProofFailure } from '../core/proof.ts'
import type { QuietNow } from '../core/quiet.ts'
import type { LedgerLine } from '../state/my-ledger.ts'
import type { CameraFailure } from '../state/ports.ts'
import { aside } from './texts/aside.ts'
import { type By, dayOf, filled, nameOf, roleOfCode, timeOf } from './words.ts'

export { privacyMinutes as privacyLengths } from '../core/privacy.ts'

type Ended = Extract<CallState, { type: 'ended' }>

export const privacyWords = aside('privacy')
export const stillWords = aside('still')

/** `30 minutes`. */
export function lengthWord(minutes: number): string {
  return privacyWords.length({ count: minutes })
}

/** `Nobody can call until 10:15.`, by this tablet's own clock, which stands beside it. */
export function privacyUntil(untilMs: number): string {
  return privacyWords.until({ time: timeOf(untilMs) })
}

export const ledgerWords = aside('ledger')
const ends: Record<EndReason, string> = aside('ledgerEnds')

/** `Sunday 22 November 14:05`. */
export function ledgerTime({ atMs }: LedgerLine): string {
  return `${dayOf(atMs)} ${timeOf(atMs)}`
}

/** `Anna Laine, nurse`. */
export function whoWord({ who, role }: LedgerLine): string {
  return role === null ? who : `${who}, ${roleOfCode(role)}`
}

export function howWord({ how, override }: LedgerLine): string {
  if (override?.over === 'quiet') return ledgerWords.overrodeQuiet
  return ledgerWords[how === 'rang-out' ? 'rangOut' : how]
}

/** What came of it, in one sentence. */
export function cameOutWord({ cameOut }: LedgerLine): string {
  if (cameOut.type === 'goes-on') return ledgerWords.goesOn
  if (cameOut.type === 'ended') return ends[cameOut.reason]
  if ('opened' in cameOut)
    return ledgerWords[cameOut.type === 'copied' ? 'copied' : 'copyGone']({ count: cameOut.opened })
  const minutes = Math.round(cameOut.lastedMs / 60_000)
  if (cameOut.type === 'shown')
    return minutes === 0 ? ledgerWords.shownSec : ledgerWords.shownMin({ count: minutes })
  return minutes === 0 ? ledgerWords.talkedSec : ledgerWords.talkedMin({ count: minutes })
}

export const overrideWords = aside('override')
export const overrideWhys: Record<CallOverride['why'], string> = aside('overrideWhys')

const toldWhys: Record<CallOverride['why'], string> = aside('toldWhys')

/** What was chosen and typed, to the patient: `A treatment cannot wait: insulin is due`. */
export function whyWord({ why, words }: CallOverride): string {
  return `${toldWhys[why]}: ${words}`
}

/** That it is an override, and of what. */
export function toldWord({ over }: CallOverride, name: string): string {
  return over === 'quiet' ? overrideWords.toldQuiet({ name }) : overrideWords.told({ name })
}

/** `Quiet hours until 06:00: …`, by the ward's clock. */
export function quietWord({ untilMinute }: QuietNow): string {
  return overrideWords.quiet({ time: clockOfMinute(untilMinute) })
}

export const callBackWords = aside('callBack')

const endings = aside('patientEndings')

/** The end of a call in one sentence for the patient; `name` is the other person's. */
export function endingForPatient({ reason, by, part, peer }: Ended): string {
  const name = nameOf(peer)
  if (part === 'caller' && reason === 'no-answer') return callBackWords.noAnswer({ name })
  if (part === 'caller' && reason === 'device-unready' && by === 'server')
    return callBackWords.notReached({ name })
  return filled(endings[reason], { by, name })
}

/** Whether a call of the patient's own came to nobody, who then has to be reached another way (HZ-4). */
export function isUnheard({ reason, part }: Ended): boolean {
  return part === 'caller' && !heard.includes(reason)
}

const heard: readonly EndReason[] = ['hung-up', 'cancelled', 'forgotten', 'left', 'verification-failed']

/** Said under the ending when the tablet's own camera was the cause. */
export const cameraEndings: Record<CameraFailure, string> = aside('cameraEndings')

const ended: Record<EndReason, string> = aside('ended')

/** The raw reason, readable: `Call ended: no answer`. */
export function endedWord(reason: EndReason): string {
  return ended[reason]
}

const staffEndings = aside('staffEndings')

/** `duty`: what was called, where it was that and not one person. */
export function endingForStaff(reason: EndReason, by: By, peer: Party, duty?: string): string {
  return filled(staffEndings[reason], { by, who: duty ?? nameOf(peer) })
}

export const soundWords = aside('sound')
export const deviceWords = aside('devices')

export function loudnessWord(step: number, steps: number): string {
  return soundWords.level({ step, steps })
}

const covers = aside('covers')
export type CoverWord = 'connecting' | 'reconnecting' | 'waiting' | 'stopped' | 'cameraOff' | 'held'

export function coverWord(cover: CoverWord, name: string): string {
  return filled(covers[cover], { name })
}

const verified = aside('verified')

/** What the signature says, and whom the sign-in names. */
export function verifiedWord(device: DeviceCertificate, peer: Party): string {
  const { label } = device
  if (device.kind === 'guest') return verified.guest({ label })
  return device.kind === 'bed'
    ? verified.bed({ label, ward: device.ward })
    : verified.station({ label, name: nameOf(peer) })
}

/** Which of it is vouched for by what. */
export function verifiedMeans({ organisation }: DeviceCertificate, peer: Party): string {
  if (peer.type === 'guest') return verified.guestMeans({ name: nameOf(peer) })
  return verified[peer.type === 'bed' ? 'bedMeans' : 'stationMeans']({ organisation })
}

const doubts = aside('doubts')

/** Why a call did not verify, as far as this device found out, and what to do. `here` is what this device is. */
export function doubtWord(failure: ProofFailure, here: 'tablet' | 'station'): string {
  return filled(doubts[failure], { here })
}
