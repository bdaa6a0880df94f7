/** What nobody needs before the board stands, as a part of its own that follows it by itself. */
export { BedPanel } from './bed-panel.tsx'
export { CareDialog } from './care-dialog.tsx'
export { Devices } from './devices.tsx'
export { KeysDialog } from './keys-dialog.tsx'
export { Line } from './line.tsx'
export { TrustDialog } from './trust-dialog.tsx'
