/** *Call back*: a button for a minute after a call, and the tablet while it rings at the other end. */
import hangUp from 'lucide-static/icons/phone-off.svg?raw'
import back from 'lucide-static/icons/phone-outgoing.svg?raw'
import type { CallState } from '../../core/call-state.ts'
import type { Bed } from '../../state/bed.ts'
import { createCallBack } from '../../state/call-back.ts'
import { Button } from '../parts/button.tsx'
import { Table } from '../parts/table.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { nameOf, tracksWord } from '../words.ts'
import { callBackWords } from '../words-aside.ts'
import { Foot, Place } from './frame.tsx'

/** One for the life of the page, from its first call on: it knows which call was the last. */
let made: ReturnType<typeof createCallBack> | null = null

export function callBackOf(bed: Bed) {
  made ??= createCallBack({ ...bed, ...bed.beside })
  return made
}

export function CallBack({ bed }: { bed: Bed }) {
  const callBack = callBackOf(bed)
  const peer = callBack.offer.value
  if (!peer) return null
  return (
    <Button icon={back} onPress={callBack.call}>
      {callBackWords.call({ name: nameOf(peer) })}
    </Button>
  )
}

/** One's own picture fills the screen: this camera is on (HZ-2). *Ringing* is said once the server has told so (HZ-4). */
export function CallingBack({
  bed,
  state,
}: {
  bed: Bed
  state: Extract<CallState, { type: 'dialling' | 'calling' }>
}) {
  const { calls } = bed
  const peer = state.type === 'calling' ? state.call.peer : state.peer
  const words = callBackWords[state.type === 'calling' ? 'ringing' : 'reaching']
  return (
    <main class="screen in-call">
      <Table calls={calls} waiting />
      <h1 class="plate">
        <output>{words({ name: nameOf(peer) })}</output>
      </h1>
      <div class="controls">
        <Button kind="primary" icon={hangUp} onPress={calls.hangUp}>
          {callBackWords.stop}
        </Button>
        <Tracks tracks={calls.mine.value} word={tracksWord} />
      </div>
      <Foot bed={bed}>
        <Place bed={bed} />
      </Foot>
    </main>
  )
}
