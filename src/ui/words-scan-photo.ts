/** What is said where a photograph is taken. */
import type { PhotoFailure, PhotoState } from '../state/scan-photo.ts'
import { scanPhoto } from './texts/scan-photo.ts'

export const photoWords = scanPhoto('photo')
const failureWords: Readonly<Record<PhotoFailure, string>> = scanPhoto('failures')

export function photoStateWord(state: PhotoState): string {
  if (state.type === 'on') return photoWords[state.whose]
  if (state.type === 'failed') return failureWords[state.failure]
  return photoWords[state.type]
}
