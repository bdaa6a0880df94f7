/** My call beside the board: ringing out, live, or reconnecting; it never hides who it is with (HZ-1). */
import larger from 'lucide-static/icons/maximize-2.svg?raw'
import microphone from 'lucide-static/icons/mic.svg?raw'
import microphoneOff from 'lucide-static/icons/mic-off.svg?raw'
import smaller from 'lucide-static/icons/minimize-2.svg?raw'
import hangUp from 'lucide-static/icons/phone-off.svg?raw'
import camera from 'lucide-static/icons/video.svg?raw'
import cameraOff from 'lucide-static/icons/video-off.svg?raw'
import closer from 'lucide-static/icons/zoom-in.svg?raw'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type CallState, isPatient, type Party } from '../../core/call-state.ts'
import type { Calls } from '../../state/calls.ts'
import type { Station } from '../../state/station.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Devices } from '../parts/devices.tsx'
import { useHeldRing } from '../parts/hold.ts'
import { useNow } from '../parts/now.ts'
import { Sharing } from '../parts/sharing.tsx'
import { StillTalking } from '../parts/still.tsx'
import { seatedAt, Table } from '../parts/table.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { Verified } from '../parts/verified.tsx'
import { tracksWord, tracksWords } from '../words.ts'
import { colleagueWords } from '../words-colleague.ts'
import { callWords, durationWord, outgoingWord } from '../words-station.ts'
import { peopleWord } from '../words-table.ts'
import { AskingInterpreter, BringIn, useBringing } from './bring-in.tsx'
import { rungFor } from './colleague.tsx'
import { Connection } from './connection.tsx'
import { Line } from './line.tsx'
import { PeerHead } from './peer-head.tsx'
import { PicturesButton } from './pictures.tsx'
import { VisitStrip } from './visits.tsx'

/** Every state in which this station holds a camera, or is about to. */
export type ActiveState = Extract<CallState, { camera: unknown }>

export function CallPanel({ station, state }: { station: Station; state: ActiveState }) {
  const [size, setSize] = useState<'small' | 'large'>('small')
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus(), [])
  const peer = headOf(station.calls, 'call' in state ? state.call.peer : state.peer)
  const seats = seatedAt(station.calls)
  const outgoing = useHeldRing(station.calls)
  return (
    <section class={`panel call ${size}`} aria-label={callWords.title} ref={panel} tabIndex={-1}>
      <header class="panel-head">
        <PeerHead station={station} peer={peer} duty={outgoing ? dutyOf(state) : undefined} />
        <IconButton
          icon={size === 'small' ? larger : smaller}
          label={callWords[size === 'small' ? 'larger' : 'smaller']}
          onPress={() => setSize(size === 'small' ? 'large' : 'small')}
        />
      </header>
      {seats.length > 1 ? (
        <p class="unseen">{peopleWord(seats.map((seat) => seat.peer))}</p>
      ) : (
        <Verified calls={station.calls} peer={peer} />
      )}
      <VisitStrip station={station} peer={peer} asks={outgoing ? 'no' : 'yes'} />
      <Table calls={station.calls} waiting={outgoing} />
      {outgoing ? <Outgoing station={station} state={state} /> : <Joined station={station} />}
    </section>
  )
}

/** Whose call it is: the patient's, wherever one is at the table, whoever brought one there (HZ-1). */
function headOf({ seats }: Calls, peer: Party): Party {
  for (const seat of seats.value) {
    if (isPatient(seat.peer)) return seat.peer
    if (seat.table?.bed) return seat.table.bed
  }
  return peer
}

/** What is called, while it rings at whoever has it: who of them answers is not known yet. */
function dutyOf(state: ActiveState): string | undefined {
  if (state.type === 'dialling') return rungFor(state.callId)?.name
  return state.call.part === 'caller' ? state.call.duty : undefined
}

/** Shown until the call is live: the moment between the answer and the face is not worth a screen of its own. */
function Outgoing({ station: { calls }, state }: { station: Station; state: ActiveState }) {
  const { ringMs } = calls.timings()
  const { mode, peer } = 'call' in state ? state.call : state
  const duty = dutyOf(state)
  const heard = state.type === 'dialling' ? 'reaching' : 'ringing'
  const elapsedMs = Math.max(0, useNow(250) - calls.sinceMs.value)
  return (
    <>
      <p class="outgoing">
        <output>{duty ? colleagueWords.ringing({ duty }) : outgoingWord(peer, mode, heard)}</output>
        <span aria-hidden="true">{durationWord(elapsedMs)}</span>
      </p>
      <progress
        aria-label={callWords.elapsed}
        max={ringMs}
        value={state.type === 'dialling' ? 0 : elapsedMs}
      />
      <Tracks tracks={calls.mine.value} word={tracksWord} />
      <Button kind="primary" icon={hangUp} onPress={calls.hangUp}>
        {callWords.cancel}
      </Button>
    </>
  )
}

function Joined({ station }: { station: Station }) {
  const { calls, lock } = station
  const bringing = useBringing(station)
  return (
    <>
      <AskingInterpreter bringing={bringing} />
      <div class="call-line">
        <Tracks tracks={calls.mine.value} word={tracksWord} />
        <Duration calls={calls} />
      </div>
      <div class="controls">
        {calls.state.value.type !== 'connecting' && <Switches calls={calls} />}
        {!lock.locked.value && <BringIn station={station} bringing={bringing} />}
        {!lock.locked.value && <PicturesButton />}
        <Button kind="primary" icon={hangUp} onPress={calls.hangUp}>
          {tracksWords.end}
        </Button>
      </div>
      {!lock.locked.value && <Line calls={calls} />}
      {!lock.locked.value && <Devices calls={calls} />}
      <Sharing calls={calls} />
      <Connection calls={calls} />
      <StillTalking calls={calls} />
    </>
  )
}

/** The buttons follow the tracks, not the last press. */
function Switches({ calls }: { calls: Station['calls'] }) {
  const mine = calls.mine.value
  return (
    <>
      <Button
        icon={mine.microphone ? microphoneOff : microphone}
        onPress={() => calls.setTrack('microphone', !mine.microphone)}
      >
        {mine.microphone ? callWords.mute : callWords.unmute}
      </Button>
      <Button icon={mine.camera ? cameraOff : camera} onPress={() => calls.setTrack('camera', !mine.camera)}>
        {mine.camera ? tracksWords.cameraOff : tracksWords.cameraOn}
      </Button>
      <Closer calls={calls} />
    </>
  )
}

/** The button follows what the peer says of its own picture. */
function Closer({ calls }: { calls: Station['calls'] }) {
  const { camera, sharp } = calls.theirs.value
  if (!camera) return null
  return (
    <Button icon={closer} onPress={() => calls.inspect(!sharp)}>
      {sharp ? callWords.usual : callWords.inspect}
    </Button>
  )
}

/** Counted from the first live moment this page saw; a reconnection does not begin it anew. */
function Duration({ calls }: { calls: Station['calls'] }) {
  const nowMs = useNow(1000)
  const sinceMs = useRef<number | null>(null)
  if (calls.state.value.type === 'live') sinceMs.current ??= calls.sinceMs.value
  if (sinceMs.current === null) return null
  return <p class="duration">{durationWord(nowMs - sinceMs.current)}</p>
}
