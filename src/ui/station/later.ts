/** What nobody needs before the board stands, as a part of its own that follows it by itself. */
export { BreakDialog } from './break-dialog.tsx'
export { Devices } from './devices.tsx'
export { KeysDialog } from './keys-dialog.tsx'
export { Count, Mark, Requests } from './requests.tsx'
export { TrustDialog } from './trust-dialog.tsx'
