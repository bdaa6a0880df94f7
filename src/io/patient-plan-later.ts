/** The tablet's plan store as a part that is fetched when it is first used: Ready does not wait for it. */
import type { PatientPlanPort } from '../state/patient-plan.ts'

const part = async () => (await import('./patient-plan.ts')).browserPatientPlan

export const laterPatientPlan: PatientPlanPort = {
  load: async (stayEpoch) => await (await part()).load(stayEpoch),
  save: async (stayEpoch, plan) => await (await part()).save(stayEpoch, plan),
  forget: async () => await (await part()).forget(),
}
