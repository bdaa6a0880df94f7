/** What nobody needs before the board stands, as a part of its own that follows it by itself. */

export { Incoming } from '../parts/incoming.tsx'
export { PasskeyDialog } from '../parts/passkey-dialog.tsx'
export { BedPanel } from './bed-panel.tsx'
export { BreakDialog } from './break-dialog.tsx'
export { CallPanel } from './call-panel.tsx'
export { CareDialog } from './care-dialog.tsx'
export { EndedPanel } from './ended-panel.tsx'
export { KeysDialog } from './keys-dialog.tsx'
export { Override } from './override.tsx'
export { PhoneButton } from './phone.tsx'
export { Count, Mark, Requests } from './requests.tsx'
export { TrustDialog } from './trust-dialog.tsx'
