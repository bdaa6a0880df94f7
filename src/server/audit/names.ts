/** The names behind the audit's ids, as they are now; the chain itself holds none. */
import type { Language } from '../../core/languages.ts'
import type { AuditAgent, AuditEntity } from '../../protocol/audit.ts'
import type { Db } from '../store/store.ts'
import { reportWords } from './report-words.ts'

export type Names = {
  /** Staff and guests by name, a bed by label, anyone else by what they are. */
  agent(agent: AuditAgent): string
  staff(staffId: string): string | null
  bed(bedId: string): string | null
  /** What was acted upon, when it has a name. */
  entity(entity: AuditEntity): string | null
}

/** People who left keep their names: they are disabled, never deleted. Files for other programs are in English. */
export async function loadNames(db: Db, language: Language = 'en'): Promise<Names> {
  const words = reportWords[language].agents
  const people = await db.selectFrom('staff').select(['staff_id', 'name']).execute()
  const places = await db.selectFrom('beds').select(['bed_id', 'label']).execute()
  const programs = await db.selectFrom('plan_integrations').select(['integration_id', 'name']).execute()
  const offices = await db.selectFrom('duties').select(['duty_id', 'name']).execute()
  const duties = new Map(offices.map(({ duty_id, name }) => [duty_id, name]))
  const outsiders = await db.selectFrom('guests').select(['guest_id', 'name']).execute()
  const outpatients = await db.selectFrom('visits').select(['visit_id', 'name']).execute()
  const relatives = await db.selectFrom('family').select(['guest_id', 'name']).execute()
  const visits = new Map(outpatients.map(({ visit_id, name }) => [visit_id, name]))
  const comers = [...outsiders, ...relatives].map(({ guest_id, name }) => [guest_id, name] as const)
  const guests = new Map([...visits, ...comers])
  const integrations = new Map(programs.map(({ integration_id, name }) => [integration_id, name]))
  const staff = new Map(people.map(({ staff_id, name }) => [staff_id, name]))
  const beds = new Map(places.map(({ bed_id, label }) => [bed_id, words.bed(label)]))
  return {
    agent(agent) {
      if (agent.type === 'integration') return integrations.get(agent.integrationId) ?? agent.integrationId
      if (agent.type === 'guest') return guests.get(agent.guestId) ?? agent.guestId
      if (agent.type === 'staff') return staff.get(agent.staffId) ?? agent.staffId
      return agent.type === 'bed' ? (beds.get(agent.bedId) ?? agent.bedId) : words[agent.type]
    },
    staff: (staffId) => staff.get(staffId) ?? null,
    bed: (bedId) => beds.get(bedId) ?? null,
    entity({ type, id }) {
      if (type === 'staff') return staff.get(id) ?? null
      if (type === 'visit') return visits.get(id) ?? null
      if (type === 'guest') return guests.get(id) ?? null
      if (type === 'duty') return duties.get(id) ?? null
      if (type === 'integration') return integrations.get(id) ?? null
      return type === 'bed' ? (beds.get(id) ?? null) : null
    },
  }
}
