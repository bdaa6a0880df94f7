/** The routes of tablets: enrolling and binding anew without a sign-in, and what staff do about them. */
import * as v from 'valibot'
import { readTypedCode, showCode } from '../core/tablet-code.ts'
import { bedRequest, confirmRequest } from '../protocol/tablet-desk.ts'
import type { TabletRow } from '../protocol/tablet-list.ts'
import { beginAgainRequest, beginRequest, revealRequest, waitRequest } from '../protocol/tablets.ts'
import type { Attendance } from './attendance.ts'
import type { Rollouts } from './rollouts.ts'
import type { Answer, Asked, RouteBook } from './routes.ts'
import type { Store } from './store/store.ts'
import type { Switching } from './switching.ts'
import { codeMs, makeTabletCode } from './tablet-codes.ts'
import { revokeTablet, type TabletNews, waitingNow } from './tablets.ts'
import {
  type Begin,
  beginAgain,
  beginByCode,
  confirm,
  reveal,
  stateOfWaiting,
  waitMs,
} from './waiting-tablets.ts'
import { troubleOfBed, type Ward } from './ward.ts'
import type { WhereaboutsOfTablets } from './whereabouts.ts'

export type TabletRouteParts = {
  readonly store: Store
  readonly ward: Ward
  readonly attendance: Attendance
  readonly switching: Pick<Switching, 'board'>
  readonly tabletNews: TabletNews
  readonly whereabouts: Pick<WhereaboutsOfTablets, 'confirm'>
  readonly rollouts: Pick<Rollouts, 'view'>
  readonly origin: string
}

export function addTabletRoutes(book: RouteBook, parts: TabletRouteParts): void {
  addTabletSide(book, parts)
  addStaffSide(book, parts)
}

function addTabletSide(
  { route }: RouteBook,
  { store, ward, attendance, tabletNews }: TabletRouteParts,
): void {
  function answerBegin(begun: Begin): Answer {
    if (begun.type !== 'begun') return { refusal: begun.type }
    const { enrolmentId, bedId, nonce } = begun
    tabletNews.refreshIn(waitMs)
    return { answer: { enrolmentId, bed: ward.beds.get(bedId)?.party, nonce } }
  }

  const unsigned = { needs: 'nothing', guessable: 'code' } as const

  route('POST', '/enrol/begin', { ...unsigned, takes: beginRequest }, async ({ body, nowMs }) => {
    const code = readTypedCode(body.code)
    if (code === null) return { refusal: 'unknown-code' }
    return answerBegin(await beginByCode(store, code, body.commitment, nowMs))
  })

  route('POST', '/enrol/again', { ...unsigned, takes: beginAgainRequest }, async ({ body, nowMs }) => {
    // A device that is here has its key: whoever says otherwise is somebody else.
    const { deviceId, commitment } = body
    const begun = await attendance.ifAway(deviceId, () => beginAgain(store.db, deviceId, commitment, nowMs))
    if (begun === null) return { refusal: 'conflict' }
    await tabletNews.refresh()
    return answerBegin(begun)
  })

  route('POST', '/enrol/reveal', { ...unsigned, takes: revealRequest }, async ({ body, nowMs }) => {
    if (!(await reveal(store, body, nowMs))) return { refusal: 'unknown-code' }
    await tabletNews.refresh()
    return { answer: {} }
  })

  route(
    'POST',
    '/enrol/wait',
    { needs: 'nothing', polled: true, takes: waitRequest },
    async ({ body, nowMs }) => ({
      answer: await stateOfWaiting(store.db, body.enrolmentId, nowMs),
    }),
  )
}

function addStaffSide({ route }: RouteBook, parts: TabletRouteParts): void {
  const { store, ward, attendance, tabletNews, whereabouts, origin } = parts
  const nothing = v.strictObject({})

  route('GET', '/tablets', { needs: 'tablet.see', takes: nothing }, async ({ nowMs }) => ({
    answer: { tablets: await listTablets(parts, nowMs), updates: parts.rollouts.view() },
  }))

  route(
    'POST',
    '/tablets/code',
    { needs: 'tablet.enrol', takes: bedRequest },
    async ({ body, agent, nowMs }) => {
      if (!ward.beds.has(body.bedId)) return { refusal: 'not-found' }
      const code = await makeTabletCode(store, body.bedId, agent, nowMs)
      tabletNews.refreshIn(codeMs)
      const shown = showCode(code)
      return { answer: { code: shown, url: `${origin}/bed#enrol=${shown}`, lastsMs: codeMs } }
    },
  )

  const answerDigits =
    (kind: 'enrol' | 'rebind') =>
    async ({ body, agent, nowMs }: Asked<v.InferOutput<typeof confirmRequest>>): Promise<Answer> => {
      const bound = await confirm(store, kind, body, agent, nowMs)
      if (bound.outcome === 'confirmed') await attendance.unbind(body.bedId)
      const isNone = bound.outcome === 'nothing-waits' && kind === 'enrol'
      const answer = isNone ? await whereabouts.confirm(body.bedId, body.digits, agent) : bound
      await tabletNews.refresh()
      return { answer }
    }
  route('POST', '/tablets/confirm', { needs: 'tablet.confirm', takes: confirmRequest }, answerDigits('enrol'))
  route('POST', '/tablets/rebind', { needs: 'tablet.rebind', takes: confirmRequest }, answerDigits('rebind'))

  route(
    'POST',
    '/tablets/revoke',
    { needs: 'tablet.revoke', takes: bedRequest },
    async ({ body, agent, nowMs }) => {
      const { bedId } = body
      if (!ward.beds.has(bedId)) return { refusal: 'not-found' }
      await revokeTablet(store.db, bedId, { agent }, nowMs)
      await attendance.revoke(bedId)
      await tabletNews.refresh()
      return { answer: {} }
    },
  )
}

async function listTablets(
  { store, ward, attendance, switching }: TabletRouteParts,
  nowMs: number,
): Promise<TabletRow[]> {
  const waiting = await waitingNow(store.db, nowMs).execute()
  const waits = new Set(waiting.map(({ bed_id }) => bed_id))
  return [...ward.beds.values()].map((bed) => {
    const { bedId, label } = bed.party
    const { ways, sound, start, power } = bed.report ?? {}
    const trouble = troubleOfBed(bed, switching.board())
    return {
      ...(ways && { ways }),
      ...(start && { start }),
      ...(trouble && { trouble }),
      bedId,
      label,
      state: bed.tablet,
      waits: waits.has(bedId),
      health: bed.health,
      sound: sound ?? null,
      power: power ?? null,
      isWiped: bed.cleanEpoch >= bed.stay.epoch,
      offlineSinceMs: attendance.isBedHere(bedId) ? null : bed.offlineSinceMs,
    }
  })
}
