/** Sealed copies of scans as one part of the app: it follows the station's start. */
export { BarButton } from './bar-button.tsx'
export { openDesk } from './desk.ts'
export { CopiesDialog } from './dialog.tsx'
export { SendCopy, Sending } from './send.tsx'
export { CopyViewer, Ended } from './shown.tsx'
