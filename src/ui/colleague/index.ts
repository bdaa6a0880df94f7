/** Calling colleagues, as a part of its own: nobody needs it before the board and its panels are there. */

export { AfterCall } from './ask.tsx'
export { Consults } from './consults.tsx'
export { ColleagueDialog } from './dialog.tsx'
