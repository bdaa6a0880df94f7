/** What is said while an outpatient sends a photo, and why one does not go. */
import type { PhotoTrouble } from '../state/visit-photo.ts'
import { visitPhoto } from './texts/visit-photo.ts'

export const photoWords = visitPhoto('photo')
export const photoTroubleWords: Readonly<Record<PhotoTrouble, string>> = visitPhoto('failures')
