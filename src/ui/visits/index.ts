/** Visits by video as one part of the app: it follows the station's start, for whoever admits patients to them. */

export { visitEndWord } from '../words-visits.ts'
export { AfterVisit } from './after.tsx'
export { Asks } from './asks.tsx'
export { BarButton } from './bar-button.tsx'
export { visitsOf } from './desk.ts'
export { InviteSection } from './invite.tsx'
export { Sheet } from './sheet.tsx'
export { Strip } from './strip.tsx'
