/** Somebody from outside is asked to the table of the present call: a code for them, and this station's word for their key. */
import type { ReadonlySignal, Signal } from '@preact/signals'
import { guestAnswer } from '../protocol/guest.ts'
import type { GuestParty, InvitedKind } from '../protocol/people.ts'
import type { ServerMessage } from '../protocol/wire.ts'
import type { Calls } from './calls.ts'
import type { ApiFailure, Ports, Result } from './ports.ts'

/** `untilMs`: how long their code is good, by the server's clock. `refused`: the key that came with it was not believed. */
export type InvitedGuest = Pick<GuestParty, 'guestId' | 'name'> & {
  readonly kind: InvitedKind
  readonly untilMs: number
  readonly state: 'invited' | 'came' | 'refused'
}

/** `link` is shown once, to be passed on; nobody but this screen has it. */
export type Invitation = { readonly link: string; readonly untilMs: number; readonly guestId: string }

export type Guests = {
  /** Those that were asked to the present table from here, in the order in which they were. */
  readonly invited: ReadonlySignal<readonly InvitedGuest[]>
  /** `not-found`: there is no call to ask them to. */
  invite(name: string, kind: InvitedKind): Promise<Result<Invitation, ApiFailure>>
}

export type GuestsPart = Pick<Guests, 'invite'> & {
  /** Somebody has come by a code of this screen, and waits. */
  letIn(waiting: Waiting): Promise<void>
}

type Waiting = Extract<ServerMessage, { type: 'guest.waiting' }>

/** A part of the station that is fetched with the first guest. `serverNowMs`: by the server's clock. */
export function createGuests(
  { api, socket, guests }: Pick<Ports, 'api' | 'socket' | 'guests'>,
  { tableId }: Pick<Calls, 'tableId'>,
  invited: Signal<readonly InvitedGuest[]>,
  serverNowMs: () => number,
): GuestsPart {
  function note(guest: InvitedGuest): void {
    const others = invited.value.filter(({ guestId }) => guestId !== guest.guestId)
    invited.value = [...others, guest]
  }

  async function invite(name: string, kind: InvitedKind): Promise<Result<Invitation, ApiFailure>> {
    const table = tableId.peek()
    if (table === null) return { ok: false, failure: 'not-found' }
    const made = await guests()
      .then((part) => part.newCode())
      .catch(() => null)
    if (!made) return { ok: false, failure: 'unreachable' }
    const { link, codeId, keep } = made
    const answer = await api.ask('POST', '/guests', { tableId: table, codeId, name, kind }, guestAnswer)
    if (!answer.ok) return answer
    const { guestId, untilMs } = answer.value
    keep(guestId, name, table)
    if (tableId.peek() === table) note({ guestId, name, kind, untilMs, state: 'invited' })
    return { ok: true, value: { link, untilMs, guestId } }
  }

  async function letIn(waiting: Waiting): Promise<void> {
    const { guestId, name, kind } = waiting.guest
    // Whoever has a link of their own comes by no code.
    if (kind === 'visitor' || kind === 'relative') return
    const vouched = await guests()
      .then((part) => part.vouch(waiting, serverNowMs()))
      .catch(() => null)
    // Without its part, or its store, this page says nothing: it is asked again when it is back.
    if (!vouched) return
    if (vouched.ok) socket.send({ type: 'guest.vouch', guestId, ...vouched.value })
    else socket.send({ type: 'guest.refuse', guestId })
    const untilMs = invited.peek().find((guest) => guest.guestId === guestId)?.untilMs ?? 0
    if (tableId.peek() === waiting.tableId)
      note({ guestId, name, kind, untilMs, state: vouched.ok ? 'came' : 'refused' })
  }

  let present: string | null = null
  tableId.subscribe((table) => {
    if (table === present) return
    const before = present
    present = table
    invited.value = []
    // A page that has just begun is at no table yet, and may be again.
    if (before !== null)
      void guests().then(
        (part) => part.forget(),
        () => {},
      )
  })

  return { invite, letIn }
}
