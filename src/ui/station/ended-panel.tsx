/** How my call ended, in a word and a sentence, and the way back in. */
import again from 'lucide-static/icons/phone.svg?raw'
import { useEffect, useRef } from 'preact/hooks'
import { type CallState, talkedReasons } from '../../core/call-state.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { appWords, atRestWord } from '../words.ts'
import { doubtWord, endedWord } from '../words-aside.ts'
import { callWords, cameraAdvice } from '../words-station.ts'
import { mayCall } from './board.tsx'
import { AfterCall, callDuty, rungFor } from './colleague.tsx'
import { cardId } from './keys.tsx'
import { Outcome } from './outcome.tsx'
import { PeerHead } from './peer-head.tsx'
import { RoundPart } from './round.tsx'
import { AfterVisit, endingWord } from './visits.tsx'

type EndedPanelProps = { station: Station; ended: Extract<CallState, { type: 'ended' }> }

export function EndedPanel({ station, ended }: EndedPanelProps) {
  const { calls } = station
  const { peer, reason } = ended
  const failure = calls.cameraFailure.value
  const doubt = reason === 'verification-failed' ? calls.doubt.value : null
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    // The button that had the focus went with the call; whoever is busy elsewhere is left alone.
    if (document.activeElement === document.body) panel.current?.focus()
  }, [])
  const shut = () => {
    calls.dismiss()
    if (peer.type === 'bed') document.getElementById(cardId(peer.bedId))?.focus()
  }
  return (
    <section class="panel ended" aria-label={callWords.ended} ref={panel} tabIndex={-1}>
      <header class="panel-head">
        <PeerHead station={station} peer={peer} duty={unreached(ended)} />
      </header>
      <output class="ended-word">{endedWord(reason)}</output>
      <p>{endingWord(ended, unreached(ended))}</p>
      {doubt && <p>{doubtWord(doubt, 'station')}</p>}
      {failure && <p>{cameraAdvice(failure)}</p>}
      <Tracks tracks={calls.mine.value} word={atRestWord} />
      <AfterCall station={station} ended={ended} />
      <Outcome station={station} ended={ended} />
      <AfterVisit station={station} ended={ended} />
      <RoundPart station={station} />
      <div class="controls">
        <CallAgain station={station} ended={ended} />
        <Button onPress={shut}>{appWords.close}</Button>
      </div>
    </section>
  )
}

/** The duty that was called, as long as it is not known who of it would have been the one. */
function unreached({ callId, reason }: EndedPanelProps['ended']): string | undefined {
  return talkedReasons.includes(reason) ? undefined : rungFor(callId)?.name
}

function CallAgain({ station, ended: { callId, peer } }: EndedPanelProps) {
  const duty = rungFor(callId)
  const bed = station.beds.value.find((bed) => peer.type === 'bed' && bed.bedId === peer.bedId) ?? null
  // Whoever came by a code has no door to knock at.
  if (peer.type === 'guest') return null
  const reachable = peer.type === 'staff' ? station.connection.value.type === 'open' : mayCall(station, bed)
  return (
    <Button
      kind={duty ? 'plain' : 'primary'}
      icon={again}
      disabled={!reachable}
      onPress={() => {
        if (duty) callDuty(station, duty)
        else if (bed) station.call(bed, 'ring')
        else station.calls.dial(peer, 'ring', null)
      }}
    >
      {callWords.again}
    </Button>
  )
}
