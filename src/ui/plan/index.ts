/** What the station takes of the plan, as one part of the app that is fetched when it is first shown. */
export { createPlanScreens } from '../../state/plan.ts'
export { createDesk } from './desk.ts'
export { LoudBanner, Over } from './over.tsx'
export { PlanView } from './plan.tsx'
export { Today } from './today.tsx'
