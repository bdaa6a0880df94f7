/** When people do not want their telephones told: their own word, kept over their sign-ins. */
import type { QuietHours } from '../../protocol/wishes.ts'
import { agentOfParty, recordAct } from '../audit/record.ts'
import type { SignIn } from '../people.ts'
import type { Db } from '../store/store.ts'

/** By ids of staff. */
export async function listQuiet(db: Db): Promise<Map<string, QuietHours>> {
  const rows = await db.selectFrom('phone_quiet').selectAll().execute()
  return new Map(
    rows.map((row) => [row.staff_id, { fromMinute: row.from_minute, untilMinute: row.until_minute }]),
  )
}

export async function quietOf(db: Db, staffId: string): Promise<QuietHours | null> {
  const found = db.selectFrom('phone_quiet').selectAll().where('staff_id', '=', staffId)
  const row = await found.executeTakeFirst()
  return row ? { fromMinute: row.from_minute, untilMinute: row.until_minute } : null
}

/** Said again it changes nothing, and nothing is written down of it. */
export async function keepQuiet(
  db: Db,
  { staff }: SignIn,
  quiet: QuietHours | null,
  nowMs: number,
): Promise<void> {
  const { staffId } = staff
  await db.transaction().execute(async (step) => {
    const before = await quietOf(step, staffId)
    if (before?.fromMinute === quiet?.fromMinute && before?.untilMinute === quiet?.untilMinute) return
    await step.deleteFrom('phone_quiet').where('staff_id', '=', staffId).execute()
    if (quiet) {
      const row = { staff_id: staffId, from_minute: quiet.fromMinute, until_minute: quiet.untilMinute }
      await step.insertInto('phone_quiet').values(row).execute()
    }
    const detail = quiet ? 'quiet-hours' : 'no-quiet-hours'
    await recordAct(step, nowMs, { action: 'phone-changed', agent: agentOfParty(staff), detail })
  })
}
