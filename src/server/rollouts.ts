/** Tells each tablet which build it is to run, and lets administrators bring a new one from one bed to all (UPDATE). */

import {
  decideRollout,
  failedAt,
  mayGoBack,
  meantFor,
  nextStage,
  type Rollout,
  type RolloutTablet,
  rolledOut,
  standardOf,
  tabletsIn,
} from '../core/rollout.ts'
import { bedEndpoint } from '../core/switchboard-parties.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import type { Refusal } from '../protocol/http.ts'
import type { Party } from '../protocol/people.ts'
import { protocolVersion } from '../protocol/primitives.ts'
import type { RolloutRequest, UpdatesView } from '../protocol/rollout.ts'
import type { UpdateFailed } from '../protocol/update.ts'
import { recordAct } from './audit/record.ts'
import type { Builds } from './builds.ts'
import type { Queue } from './queue.ts'
import { lastRollout, saveRollout } from './rollouts-kept.ts'
import { type Sessions, tell } from './session.ts'
import type { Db } from './store/store.ts'
import { listHealth } from './tablet-health.ts'
import type { Ward } from './ward.ts'

/** How long nobody has touched a tablet that takes a build, and how long that has to come to Ready. */
const idleMs = 60_000
const readyMs = 60_000

export type RolloutParts = {
  readonly db: Db
  readonly ward: Ward
  readonly sessions: Sessions
  readonly queue: Queue
  readonly now: () => number
  readonly builds: Builds
  readonly timeScale: number
  /** `at-once`: all tablets take the newest build by themselves. */
  readonly updates: 'by-hand' | 'at-once'
}

export type Rollouts = Awaited<ReturnType<typeof createRollouts>>

export async function createRollouts(parts: RolloutParts) {
  const { db, ward, sessions, queue, now, builds, timeScale } = parts
  const fitting = builds.kept.filter(({ wire }) => wire === protocolVersion).map(({ build }) => build)
  let rollout = await begin()

  /** [UPDATE-3] Where there is a choice, a start of the server makes none. */
  async function begin(): Promise<Rollout> {
    const last = await lastRollout(db)
    const newest = builds.newest.build
    const isKept = last !== null && [last.build, standardOf(last)].every((build) => fitting.includes(build))
    const isWanted = parts.updates === 'at-once' && last?.build !== newest
    if (last !== null && isKept && !isWanted) return last
    const next = rolledOut(newest, last)
    // A ward that begins has no change to put on record.
    if (last === null) await saveRollout(db, next, now())
    else await save(next, { type: 'server' }, `${newest} for all`)
    return next
  }

  async function save(next: Rollout, agent: AuditAgent, detail: string): Promise<void> {
    await db.transaction().execute(async (step) => {
      await saveRollout(step, next, now())
      const entity = { type: 'ward', id: ward.wardId } as const
      await recordAct(step, now(), { action: 'ward-changed', agent, entity, detail: `app ${detail}` })
    })
  }

  async function change(next: Rollout, agent: AuditAgent, detail: string): Promise<void> {
    await save(next, agent, detail)
    rollout = next
    for (const { bedId, build } of await tablets()) if (build !== null) offer(bedId, build)
  }

  function meantAt(bedId: string): string | null {
    return meantFor(rollout, { bedId, area: ward.beds.get(bedId)?.area ?? null })
  }

  /** Also to a tablet that runs it: it may have been about to take another. */
  function offer(bedId: string, runs: string): void {
    const tablet = sessions.get(bedEndpoint(bedId))
    if (!tablet) return
    const build = meantAt(bedId) ?? runs
    const [idle, ready] = [idleMs, readyMs].map((ms) => Math.round(ms * timeScale))
    tell(tablet, {
      type: 'update.offer',
      build,
      number: rollout.number,
      idleMs: idle ?? 0,
      readyMs: ready ?? 0,
    })
  }

  async function tablets(): Promise<RolloutTablet[]> {
    const healths = await listHealth(db)
    return [...ward.beds.values()].map(({ party: { bedId }, area }) => ({
      ...{ bedId, area },
      build: healths.get(bedId)?.build ?? null,
      isHere: Boolean(sessions.get(bedEndpoint(bedId))?.socket),
    }))
  }

  async function view(): Promise<UpdatesView> {
    const all = await tablets()
    const { failed, ...rest } = rollout
    const label = failed && ward.beds.get(failed.bedId)?.party.label
    const inStage = tabletsIn(rollout, all).filter(({ isHere }) => isHere)
    return {
      builds: builds.kept.map(({ build, builtMs }) => ({ build, builtMs, fits: fitting.includes(build) })),
      rollout: {
        ...rest,
        failed: failed && label ? { ...failed, label } : null,
        meant: inStage.length,
        running: inStage.filter(({ build }) => build === rollout.build).length,
        next: nextStage(rollout, all),
        mayGoBack: mayGoBack(rollout, fitting),
      },
    }
  }

  function wordsOf(asked: RolloutRequest, { build, before, stage }: Rollout): string {
    if (asked.act === 'stop') return `${build} stopped`
    if (asked.act === 'back') return `${before} again for all`
    const where = stage.type === 'all' ? 'all' : stage.type === 'area' ? `area ${stage.area}` : 'one bed'
    return `${build} for ${where}`
  }

  return {
    view,

    /** A tablet says which build it runs. Run it in the queue. */
    heard(bedId: string, build: string | null): void {
      const meant = meantAt(bedId)
      if (build !== null && meant !== null && build !== meant) offer(bedId, build)
    },

    /** Null: it is done. */
    ask(asked: RolloutRequest, agent: AuditAgent): Promise<Refusal | null> {
      return queue.ask(async () => {
        const decided = decideRollout(rollout, asked, await tablets(), fitting)
        if ('refused' in decided) return decided.refused
        await change(decided.next, agent, wordsOf(asked, decided.next))
        return null
      })
    },

    /** Run it in the queue. */
    async failed(party: Party, said: UpdateFailed): Promise<void> {
      if (party.type !== 'bed') return
      const next = failedAt(rollout, party.bedId, said)
      if (next === rollout) return
      await change(next, { type: 'bed', bedId: party.bedId }, `${said.build} failed: ${said.why}`)
    },
  }
}
