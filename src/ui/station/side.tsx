/** What lies beside the board: my call if there is one, the opened bed if there is one, or how to begin. */
import type { Station } from '../../state/station.ts'
import { useLater } from '../parts/later.ts'
import { boardWords } from '../words-station.ts'
import type { ActiveState } from './call-panel.tsx'
import { seesBoard } from './glass.tsx'
import { later } from './part.ts'
import { isPlanShown, TodayPart } from './plan-part.tsx'

/** The call's own panel already says everything about its bed. */
function isWith(call: ActiveState | null, bedId: string): boolean {
  const peer = call && ('call' in call ? call.call.peer : call.peer)
  return peer?.type === 'bed' && peer.bedId === bedId
}

/** The panels follow the board by themselves; nobody calls before that of a call is there. */
export function Side({ station }: { station: Station }) {
  const state = station.calls.state.value
  const part = useLater(later)
  const isLocked = station.lock.locked.value
  const bed = station.beds.value.find((bed) => bed.bedId === station.openBedId.value)
  if (state.type === 'ended' && part && !isLocked) {
    return (
      <aside class="side busy">
        <part.EndedPanel key={state.callId} station={station} ended={state} />
      </aside>
    )
  }
  const incoming = state.type === 'ringing' || state.type === 'knocking'
  const call = state.type === 'idle' || state.type === 'ended' || incoming ? null : state
  const round = part !== null && !call && !isLocked && part.isOnRound(station)
  const isIdle = !call && !bed && !round && !isLocked && !isPlanShown(station)
  return (
    <aside class={call || bed || round || isLocked ? 'side busy' : 'side'}>
      {isLocked && part && (
        <part.LockPanel
          lock={station.lock}
          name={station.me.value?.name ?? null}
          onSignOut={() => void station.signOut()}
        />
      )}
      {call && part && <part.CallPanel station={station} state={call} />}
      {round && part && (
        <div class="panel">
          <part.RoundPart station={station} />
        </div>
      )}
      {bed && part && !isLocked && !isWith(call, bed.bedId) && (
        <part.BedPanel key={bed.bedId} station={station} bed={bed} />
      )}
      <TodayPart station={station} />
      {isIdle && part && <part.StartOffer station={station} />}
      {isIdle && seesBoard(station.glass) && <p class="hint">{boardWords.choose}</p>}
    </aside>
  )
}
