/** What is said where a photograph is taken. */
import type { CameraFailure } from '../state/ports.ts'
import type { PhotoState } from '../state/scan-photo.ts'
import { scanPhoto } from './texts/scan-photo.ts'

export const photoWords = scanPhoto('photo')
const cameraWords: Readonly<Record<CameraFailure, string>> = scanPhoto('photo')

export function photoStateWord(state: PhotoState): string {
  if (state.type === 'on') return photoWords[state.whose]
  if (state.type === 'failed') return cameraWords[state.failure]
  return photoWords[state.type]
}
