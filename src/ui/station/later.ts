/** What nobody needs before the board stands, as a part of its own that follows it by itself. */
export { BedPanel } from './bed-panel.tsx'
export { Devices } from './devices.tsx'
export { EndedPanel } from './ended-panel.tsx'
export { KeysDialog } from './keys-dialog.tsx'
export { PasskeyDialog } from './passkey-dialog.tsx'
export { TrustDialog } from './trust-dialog.tsx'
