/** What administrators do about all tablets from afar: bring them to another build, and hear whether one rings. */
import { ringTestOf } from '../core/fleet.ts'
import { minuteAt } from '../core/minutes.ts'
import { quietAt } from '../core/quiet.ts'
import { bedEndpoint, bedStateOf } from '../core/switchboard-parties.ts'
import { rolloutRequest } from '../protocol/rollout.ts'
import { type RingTest, ringTestRequest } from '../protocol/tablet-list.ts'
import { recordAct } from './audit/record.ts'
import { createBuckets } from './buckets.ts'
import type { Limits } from './limits.ts'
import type { Rollouts } from './rollouts.ts'
import type { RouteBook } from './routes.ts'
import { type Sessions, tell } from './session.ts'
import type { Db } from './store/store.ts'
import type { Switching } from './switching.ts'
import type { Bed, Ward } from './ward.ts'

export type FleetParts = {
  readonly db: Db
  readonly ward: Ward
  readonly sessions: Sessions
  readonly switching: Switching
  readonly limits: Limits
  readonly now: () => number
  readonly zone: string
  readonly rollouts: Pick<Rollouts, 'ask' | 'view'>
}

export function addFleet({ route }: RouteBook, parts: FleetParts): void {
  const { db, ward, sessions, now, rollouts } = parts
  const rings = createBuckets(parts.limits.rings)

  route(
    'POST',
    '/tablets/rollout',
    { needs: 'tablet.update', takes: rolloutRequest },
    async ({ body, agent }) => {
      const refusal = await rollouts.ask(body, agent)
      return refusal ? { refusal } : { answer: rollouts.view() }
    },
  )

  function heardAs(bed: Bed, atNight: boolean): RingTest['outcome'] {
    const { bedId } = bed.party
    return ringTestOf({
      isHere: Boolean(sessions.get(bedEndpoint(bedId))?.socket),
      isIdle: bedStateOf(parts.switching.board(), bedId, 0).type === 'ready',
      isAlone: (bed.report?.privacyUntilMs ?? 0) > now(),
      isQuiet: quietAt(bed.wishes, minuteAt(now(), parts.zone)) !== null,
      atNight,
    })
  }

  route(
    'POST',
    '/tablets/ring-test',
    { needs: 'admission.change', takes: ringTestRequest },
    async ({ body: { bedId, atNight }, agent, nowMs }) => {
      const bed = ward.beds.get(bedId)
      const tablet = sessions.get(bedEndpoint(bedId))
      if (!bed) return { refusal: 'not-found' }
      const outcome = heardAs(bed, atNight)
      if (outcome !== 'played' || !tablet) return { answer: { outcome } }
      if (rings.take(bedId, nowMs) > 0) return { refusal: 'too-many' }
      const entity = { type: 'bed', id: bedId } as const
      await recordAct(db, nowMs, { action: 'ward-changed', agent, entity, detail: 'ring tested' })
      tell(tablet, { type: 'sound.play' })
      return { answer: { outcome } }
    },
  )
}
