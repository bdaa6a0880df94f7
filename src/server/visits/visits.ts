/** Video visits of outpatients, put together: links, the waiting room, who admits, and what the plan and calls do to them. */
import { randomUUIDv7 } from 'node:crypto'
import type * as v from 'valibot'
import type { Switchboard, SwitchboardEffect } from '../../core/switchboard-state.ts'
import type { GuestParty, Party, StaffParty } from '../../protocol/people.ts'
import type { PlanAct } from '../../protocol/plan.ts'
import type { Signed } from '../../protocol/proof.ts'
import type { visitOutcome } from '../../protocol/visit.ts'
import type { ClientMessage } from '../../protocol/wire.ts'
import { agentOfParty } from '../audit/record.ts'
import { isSealed } from '../authority.ts'
import type { SignIn } from '../people.ts'
import type { Plan } from '../plan/plan.ts'
import type { Queue } from '../queue.ts'
import type { Answer } from '../routes.ts'
import type { Session } from '../session.ts'
import { createAdmitting } from './admitting.ts'
import { isOff, partyFor } from './facts.ts'
import { createFollowing } from './follow-plan.ts'
import { createInviting, type InvitingParts } from './inviting.ts'
import { listCurrent } from './kept.ts'
import { createLinks } from './links.ts'
import { createRoom } from './room.ts'
import { createSilence } from './silence.ts'
import { createTried } from './tried.ts'

export type VisitsParts = InvitingParts & {
  readonly queue: Queue
  readonly plan: Pick<Plan, 'book' | 'onChange' | 'perform'>
  readonly sweepMs: number
}

type Ended = Extract<SwitchboardEffect, { readonly type: 'recordEnd' }>

export type Visits = Awaited<ReturnType<typeof createVisits>>

/** Takes up what was not over when the server last stopped. */
export async function createVisits(parts: VisitsParts) {
  const { store, now, queue, plan, sweepMs } = parts
  const room = createRoom(parts, await listCurrent(store.db, now()))
  const links = createLinks(parts, room)
  const inviting = createInviting(parts, room)
  const admitting = createAdmitting(parts, room)
  const tried = createTried(now, room)
  const enders = new Map<string, StaffParty>()
  const following = createFollowing(parts, room, inviting, enders)
  const stopHearing = plan.onChange(following.follow)
  let toldStates = ''

  /** Whose hello this is; null: nobody's whose link lets in. */
  async function recognise(guestId: string, said: Signed): Promise<GuestParty | null> {
    const visit = room.get(guestId)
    if (!visit || visit.publicKey === null || !room.isOpen(visit)) return null
    return isSealed(said, visit.publicKey) ? partyFor(visit, room.rowOf(visit)) : null
  }

  /** [VISIT-4] Whom a call from this screen rings: nobody whose key its own station has not signed. */
  function calleeFor(visitId: string, { tokenHash }: Session): Party | undefined {
    const visit = room.get(visitId)
    if (!visit || !room.isOpen(visit) || visit.publicKey === null) return undefined
    if (tokenHash === null || visit.vouched?.by !== tokenHash || !room.isVouched(visit)) return undefined
    return partyFor(visit, room.rowOf(visit))
  }

  /** Run it in the queue. */
  async function hear(
    { party }: Session,
    message: Extract<ClientMessage, { type: 'visit.tested' | 'visit.leave' }>,
  ): Promise<void> {
    const visit = party.type === 'guest' ? room.get(party.guestId) : undefined
    if (!visit) return
    const { visitId } = visit
    if (message.type === 'visit.tested') await tried.hear(visit, message.test)
    else {
      const act = { action: 'visit-left', agent: agentOfParty(party) } as const
      await room.change(visitId, { cameMs: null }, [act])
      await room.sendAway(visitId, null, null)
    }
    await room.settle()
  }

  /** Somebody came or went, was rung, answered, or is through with it. Run it in the queue. */
  async function followCalls(
    before: Switchboard,
    after: Switchboard,
    effects: readonly SwitchboardEffect[],
  ): Promise<void> {
    const isSame = before.calls === after.calls && before.endpoints === after.endpoints
    if (isSame || room.all().length === 0) return
    for (const effect of effects)
      if (effect.type === 'recordEnd')
        for (const party of [effect.call.caller, effect.call.callee]) await noteEnd(party, effect)
    const states = JSON.stringify(room.open().map((visit) => [room.stateOf(visit), room.peerOf(visit)?.name]))
    if (states === toldStates) return
    toldStates = states
    await room.settle()
  }

  async function noteEnd(party: Party, { call, reason }: Ended): Promise<void> {
    const visit = party.type === 'guest' ? room.get(party.guestId) : undefined
    if (visit?.closed !== null) return
    // What came to nothing, or was cut off, keeps their place, and they are waited for as before.
    const ended = { lastCallMs: now(), throughMs: reason === 'hung-up' ? now() : null }
    if (call.phase === 'accepted') await room.change(visit.visitId, ended)
    await following.followAddress(visit.visitId)
  }

  async function sweep(): Promise<void> {
    const act = { action: 'visit-ended', agent: { type: 'server' }, detail: 'expired' } as const
    for (const visit of room.open())
      if (room.linkOf(visit) === 'over') await room.close(visit.visitId, 'expired', null, act)
    room.forgetOld()
    await tried.catchUp()
    await room.settle()
  }

  const sweeper = setInterval(() => {
    if (room.all().length > 0) queue.run(sweep)
  }, sweepMs)

  /** In the plan first, by its rules; the visit follows that. */
  async function outcome(signIn: SignIn, said: v.InferOutput<typeof visitOutcome>): Promise<Answer> {
    const visit = await room.find(said.visitId)
    if (visit && said.outcome === 'seen-to') return await queue.ask(() => seeTo(visit.visitId, signIn.staff))
    const row = visit && room.rowOf(visit)
    if (!visit || !row) return { refusal: 'not-found' }
    const { staff } = signIn
    const to = said.outcome === 'done' ? 'fulfilled' : 'noshow'
    const changes = { status: { from: row.status, to } } as const
    const act: PlanAct = { type: 'appointment.edit', id: row.id, changes }
    enders.set(row.id, staff)
    try {
      // Of what was cancelled nothing came, but that somebody's wish for another time is known.
      if (row.status !== to && !isOff(row)) {
        const author = { type: 'staff', staffId: staff.staffId } as const
        const [taken] = await plan.perform(author, [{ actId: randomUUIDv7(), act }], 'told')
        if (taken?.type === 'refused')
          return { refusal: taken.why === 'forbidden' ? 'forbidden' : 'conflict' }
      }
      await queue.ask(() => end(said.visitId, to === 'noshow' ? 'no-show' : 'ended', staff))
    } finally {
      enders.delete(row.id)
    }
    return { answer: {} }
  }

  /** Somebody has seen to what they wished for; neither the plan nor their link changes. */
  async function seeTo(visitId: string, staff: StaffParty): Promise<Answer> {
    const act = { action: 'visit-wished', agent: agentOfParty(staff), detail: 'seen-to' } as const
    await room.change(visitId, { wishesNewMs: null }, [act])
    await room.settle()
    return { answer: {} }
  }

  async function end(visitId: string, why: 'ended' | 'no-show', staff: StaffParty): Promise<void> {
    const visit = await room.find(visitId)
    const row = visit && room.rowOf(visit)
    const act = { action: 'visit-ended', agent: agentOfParty(staff), detail: why } as const
    if (visit?.closed === null && row && !isOff(row)) await room.close(visitId, why, staff, act)
    if (visit && visit.wishesNewMs !== null) await room.change(visitId, { wishesNewMs: null })
    await room.settle()
  }

  /** One after the other, and none amid a decision about calls or the plan. */
  function inTurn<A extends unknown[]>(act: (...asked: A) => Promise<Answer>) {
    return (...asked: A): Promise<Answer> => queue.ask(() => act(...asked))
  }

  return {
    look: links.look,
    renew: inTurn(links.renew),
    enter: inTurn(links.enter),
    rate: inTurn(links.rate),
    list: admitting.list,
    invite: inTurn(inviting.invite),
    say: inTurn(admitting.say),
    see: inTurn(admitting.see),
    device: inTurn(admitting.device),
    vouch: inTurn(admitting.vouch),
    identify: inTurn(admitting.identify),
    photo: inTurn(admitting.photo),
    deal: inTurn(admitting.deal),
    outcome,
    /** What a letter says, for whoever sends them; and to be said when one has left, or could not. */
    factsOf: inviting.factsOf,
    mailChanged: () => room.news.tell(),
    recognise,
    calleeFor,
    /** Run these in the queue. */
    hear,
    followCalls,
    fallSilent: createSilence(parts, room),
    /** A page begins anew: what it was told of its key before, it is told again. */
    greet({ party }: Session): void {
      if (party.type === 'guest') room.tellVouched(party.guestId)
    },
    stop(): void {
      stopHearing()
      clearInterval(sweeper)
      room.news.stop()
    },
  }
}
