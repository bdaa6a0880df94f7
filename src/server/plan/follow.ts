/** What was planned for a patient follows them to the next bed and ends with their stay (HZ-1): the server's own acts. */
import { alternatives } from '../../core/plan/free.ts'
import { followStays as decideStays } from '../../core/plan/stays.ts'
import type { Appointment, KeptAct, Row, RowName } from '../../protocol/plan.ts'
import { recordAct } from '../audit/record.ts'
import { raise } from './inbox.ts'
import type { Step } from './ledger.ts'
import { offerFreed } from './offers.ts'
import { serverId } from './server-id.ts'

/** After the rows of beds: `actId` and `asked` name what moved whom. Whoever did it need not be whoever planned for them. */
export async function followStays(step: Step, actId: string, asked: KeptAct | null): Promise<RowName[]> {
  const { draft, nowMs } = step
  const { rows, troubles } = decideStays(draft, { staffId: serverId, atMs: nowMs }, (plan, wish) =>
    alternatives(plan, wish, nowMs),
  )
  const before = rows.flatMap(({ type, id }): Appointment[] => {
    const row = type === 'appointment' ? draft.get(type, id) : undefined
    return row ? [row] : []
  })
  for (const row of rows) draft.put(row)
  for (const row of rows) await record(step, row)
  raise(step, { actId, by: serverId, act: asked }, troubles)
  for (const row of before) offerFreed(step, `${actId}-${row.id}`, row)
  return rows.map(({ type, id }) => ({ type, id }))
}

async function record({ db, nowMs }: Step, row: Row): Promise<void> {
  if (row.type !== 'appointment' && row.type !== 'series') return
  const entity = { type: row.type, id: row.id } as const
  const agent = { type: 'server' } as const
  await recordAct(db, nowMs, { action: 'plan-changed', agent, entity, detail: 'stay changed' })
}
