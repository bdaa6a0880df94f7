/** What a tablet says of its settings: that they were opened or refused, and that somebody there takes it off its bed. */
import type { Party } from '../protocol/people.ts'
import type { SettingsMessage } from '../protocol/staff-code.ts'
import type { Attendance } from './attendance.ts'
import { recordAct } from './audit/record.ts'
import type { Db } from './store/store.ts'
import { revokeTablet, type TabletNews } from './tablets.ts'

export type TabletSettingsParts = {
  readonly db: Db
  readonly now: () => number
  readonly attendance: Pick<Attendance, 'leave'>
  readonly tabletNews: Pick<TabletNews, 'refresh'>
}

export type TabletSettings = ReturnType<typeof createTabletSettings>

export function createTabletSettings({ db, now, attendance, tabletNews }: TabletSettingsParts) {
  async function leave(bedId: string): Promise<void> {
    await revokeTablet(db, bedId, { agent: { type: 'bed', bedId }, detail: 'at-the-tablet' }, now())
    await attendance.leave(bedId)
    // It waits for the queue, in which this runs.
    void tabletNews.refresh()
  }

  return {
    /** Run it in the queue. */
    async hear(party: Party, message: SettingsMessage): Promise<void> {
      if (party.type !== 'bed') return
      const { bedId } = party
      if (message.type === 'bed.leave') return await leave(bedId)
      await recordAct(db, now(), {
        action: 'settings-opened',
        outcome: message.outcome === 'opened' ? 'done' : 'refused',
        agent: { type: 'bed', bedId },
        entity: { type: 'bed', id: bedId },
      })
    },
  }
}
