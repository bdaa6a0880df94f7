/** What is not seen before somebody asks for it, as a part of its own that follows the plan by itself. */
export { Concerns } from './concerns.tsx'
export { EntryDialog } from './entry-dialog.tsx'
export { FormDialog } from './form-dialog.tsx'
export { PrintPage } from './print.tsx'
export { Toast } from './toast.tsx'
export { Waiting } from './waiting.tsx'
