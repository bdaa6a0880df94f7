/** What nobody needs before the tablet is Ready, as a part of its own that follows by itself. */
export { StillTalking } from '../parts/still.tsx'
export { Astray } from './astray.tsx'
export { CallScreen } from './call-screen.tsx'
export { Curtain, DrawCurtain } from './curtain.tsx'
export { Ended } from './ended.tsx'
export { NeedsStart, Unbound } from './setup.tsx'
export { Waiting } from './waiting.tsx'
export { WhoCalled } from './who-called.tsx'
