/** Shifts, as a part of their own: nobody needs them before the board stands. */

export { ShiftButton, StartOffer } from './begin.tsx'
export { ShiftDialog } from './dialog.tsx'
export { Offers } from './offers.tsx'
