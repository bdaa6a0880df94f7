/** The station: who is signed in, the ward's board, and the one bed whose panel is open. */
import { type Signal, signal } from '@preact/signals'
import { ringOnly } from '../core/call.ts'
import { type Action, permissionOf } from '../core/permissions.ts'
import type { CallMode } from '../protocol/call.ts'
import type { BedParty, BedView, StaffParty } from '../protocol/people.ts'
import type { Welcome } from '../protocol/wire.ts'
import { type Calls, createCalls } from './calls.ts'
import { type Connection, connect, newConnection } from './connection.ts'
import { type DigitsOutcome, typeDigits } from './digits.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type { BedView, StaffParty }

export type Access =
  | { readonly type: 'starting' }
  | { readonly type: 'signed-out'; readonly problem: ApiFailure | null }
  | { readonly type: 'signed-in' }

export type Station = {
  readonly access: Signal<Access>
  readonly connection: Signal<Connection>
  readonly me: Signal<StaffParty | null>
  readonly ward: Signal<string>
  readonly demo: Signal<boolean>
  readonly beds: Signal<readonly BedView[]>
  /** The bed whose panel is open. */
  readonly openBedId: Signal<string | null>
  /** Beds whose patient has just changed: a finger on its way to *Call* meant the one before (HZ-1). */
  readonly changing: Signal<ReadonlySet<string>>
  readonly calls: Calls
  call(bed: BedView, mode: CallMode): void
  openPanel(bedId: string | null): void
  /** Whether this person's role ever allows it; the server has the last word. */
  mayEver(action: Action): boolean
  /** Confirms the tablet that shows these digits at the bed. */
  confirmTablet(bed: BedView, typed: string): Promise<DigitsOutcome>
  /** Takes the seat back from another tab of the same id. */
  useHere(): void
  signOut(): Promise<void>
}

/** How long a bed is not called after its patient has changed: long enough to see another name. */
const lookAgainMs = 1_500

/** Builds the station and starts it: the link's one-time code first, then the session this browser may have. */
export function createStation(ports: Ports): Station {
  const access = signal<Access>({ type: 'starting' })
  const connection = newConnection()
  const me = signal<StaffParty | null>(null)
  const ward = signal('')
  const demo = signal(false)
  const beds = signal<readonly BedView[]>([])
  const openBedId = signal<string | null>(null)
  const changing = signal<ReadonlySet<string>>(new Set())
  const calls = createCalls(ports, () => ringOnly)

  function welcomed(welcome: Welcome): void {
    if (welcome.me.type === 'staff') me.value = welcome.me
    access.value = { type: 'signed-in' }
    ward.value = welcome.ward
    demo.value = welcome.demo
    if (welcome.snapshot) beds.value = welcome.snapshot.beds
  }

  function holdBack(bedId: string): void {
    changing.value = new Set(changing.value).add(bedId)
    ports.clock.after(lookAgainMs, () => {
      changing.value = new Set([...changing.value].filter((other) => other !== bedId))
    })
  }

  function goOnline(): void {
    connect(ports, calls, connection, {
      hello: async (_nonce, claims) => ({ client: 'station', tabId: ports.page.tabId(), claims }),
      welcomed,
      received(message) {
        if (message.type !== 'bed.changed') return
        const before = beds.value.find(({ bedId }) => bedId === message.bed.bedId)
        beds.value = withBed(beds.value, message.bed)
        if (before && before.stay.epoch !== message.bed.stay.epoch) holdBack(before.bedId)
      },
    })
  }

  async function begin(): Promise<void> {
    const code = ports.page.takeSecret('signin')
    const answer = code === null ? null : await ports.api.signIn(code)
    if (answer && !answer.ok) {
      access.value = { type: 'signed-out', problem: answer.failure }
      return
    }
    goOnline()
  }

  connection.subscribe((now) => {
    if (now.type === 'refused' && now.why === 'unauthenticated') {
      access.value = { type: 'signed-out', problem: null }
    }
  })
  void begin()

  return {
    access,
    connection,
    me,
    ward,
    demo,
    beds,
    openBedId,
    calls,
    changing,
    call(bed, mode) {
      if (!changing.value.has(bed.bedId)) calls.dial(partyOf(bed, ward.value), mode, bed.stay.epoch)
    },
    openPanel(bedId) {
      // The end of the last call has been read by then; it would hide the panel.
      if (bedId !== null) calls.dismiss()
      openBedId.value = bedId
    },
    mayEver: (action) => me.value !== null && permissionOf(me.value.role, action) !== 'no',
    confirmTablet: (bed, typed) => typeDigits(ports, bed, typed),
    useHere() {
      connection.value = { type: 'connecting' }
      goOnline()
    },
    async signOut() {
      calls.leave()
      if (!(await ports.api.signOut())) return
      ports.socket.close()
      me.value = null
      beds.value = []
      access.value = { type: 'signed-out', problem: null }
    },
  }
}

function partyOf(bed: BedView, ward: string): BedParty {
  return { type: 'bed', bedId: bed.bedId, label: bed.label, ward }
}

/** The board with one bed replaced; a bed never moves. */
function withBed(beds: readonly BedView[], changed: BedView): readonly BedView[] {
  return beds.map((bed) => (bed.bedId === changed.bedId ? changed : bed))
}
