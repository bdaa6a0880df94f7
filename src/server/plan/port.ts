/** The plan as feeds, files and FHIR use it, so that tests can stand in for the rest of it. */
import type { Plan } from './plan.ts'

export type PlanPort = Pick<Plan, 'book' | 'perform'>
