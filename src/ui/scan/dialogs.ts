/** Dialogs of the viewer: they follow it by themselves, long before one of them is asked for. */
export { Choice } from './choice.tsx'
export { KeysDialog } from './keys-dialog.tsx'
export { PhotoDialog } from './photo-dialog.tsx'
