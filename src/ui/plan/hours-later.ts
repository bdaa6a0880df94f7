/** All about working hours, as a part of its own with its own texts. */
export { HoursDialog } from './hours-dialog.tsx'
export { HoursConcern, hoursBlocking, hoursConcernWord } from './hours-lines.tsx'
