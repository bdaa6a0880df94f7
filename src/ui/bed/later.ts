/** What nobody needs before the tablet is Ready, as a part of its own that follows by itself. */
export { StillTalking } from '../parts/still.tsx'
export { CodeField } from './code-field.tsx'
export { Curtain, DrawCurtain } from './curtain.tsx'
export { Ended } from './ended.tsx'
export { LouderSofter } from './loudness.tsx'
export { Overridden } from './overridden.tsx'
export { Waiting } from './waiting.tsx'
export { WhoCalled } from './who-called.tsx'
