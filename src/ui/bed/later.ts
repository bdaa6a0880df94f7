/** What nobody needs before the tablet is Ready, as a part of its own that follows by itself. */
export { StillTalking } from '../parts/still.tsx'
export { Curtain, DrawCurtain } from './curtain.tsx'
export { Overridden } from './overridden.tsx'
export { WhoCalled } from './who-called.tsx'
