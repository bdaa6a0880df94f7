/** What is said in the dialogs of the viewer. */
import type { PhotoFailure, PhotoState } from '../state/scan-photo.ts'
import { scanDialogs } from './texts/scan-dialogs.ts'

export const photoWords = scanDialogs('photo')
export const choiceWords = scanDialogs('choice')
export const scanKeyWords = scanDialogs('keys')
const failureWords: Readonly<Record<PhotoFailure, string>> = scanDialogs('photoFailures')

export function photoStateWord(state: PhotoState): string {
  if (state.type === 'on') return photoWords[state.whose]
  if (state.type === 'failed') return failureWords[state.failure]
  return photoWords[state.type]
}
