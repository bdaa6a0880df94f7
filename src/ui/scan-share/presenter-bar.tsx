/** Above the picture of whoever shows it: who sees it and is in step, how far it has come, and the way to end it. */

import type { Signal } from '@preact/signals'
import erase from 'lucide-static/icons/eraser.svg?raw'
import pencil from 'lucide-static/icons/pencil.svg?raw'
import pointer from 'lucide-static/icons/pointer.svg?raw'
import undo from 'lucide-static/icons/undo-2.svg?raw'
import stop from 'lucide-static/icons/x.svg?raw'
import type { Share } from '../../core/scan/share-state.ts'
import { endIdOf } from '../../core/switchboard-parties.ts'
import type { ScanShare } from '../../state/scan-share.ts'
import { Button } from '../parts/button.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { barWords, followWords, nameIn, progressWord, seesWord, unservedWord } from '../words-scan-share.ts'
import type { Pen } from './overlay.tsx'

/** Words of the viewer's, which a call does not wait for. */
const refusals = createLater(() => import('./refused.tsx'))

/** `isShown`: what is looked at here is part of the share. */
type BarProps = { share: ScanShare; pen: Signal<Pen>; isShown: boolean }

export function PresenterBar({ share, pen, isShown }: BarProps) {
  const now = share.state.value.share
  if (!now || share.role.value !== 'presenting') return null
  const isMine = share.isMine.value
  return (
    <section class="share-bar" aria-label={barWords.region}>
      <p role="status">
        <b>{isMine ? barWords.mine : followWords.yourTurn({ name: nameIn(share, now.source) })}</b>
      </p>
      {share.refused.value && <Refusals share={share} />}
      {isShown ? <Viewers share={share} /> : <p role="alert">{barWords.notShown}</p>}
      <Asks share={share} />
      <Pens share={share} pen={pen} />
      <Button icon={erase} onPress={share.erase}>
        {barWords.erase}
      </Button>
      {isMine && (
        <Button kind="primary" icon={stop} onPress={share.stop}>
          {barWords.stop}
        </Button>
      )}
    </section>
  )
}

export function Refusals({ share }: { share: ScanShare }) {
  const part = useLater(refusals)
  return part && <part.Refused share={share} />
}

/** [LIVE-10] What each of the others sees: to be read by whoever has the turn. */
export function Viewers({ share }: { share: ScanShare }) {
  const now = share.state.value.share
  if (!now) return null
  return (
    <ul>
      {share.others.value.map(({ callId, party }) => (
        <Seeing key={callId} share={share} now={now} callId={callId} endId={endIdOf(party)} />
      ))}
    </ul>
  )
}

type SeeingProps = { share: ScanShare; now: Share; callId: string; endId: string }

function Seeing({ share, now, callId, endId }: SeeingProps) {
  const name = nameIn(share, endId)
  const progress = share.sent.value.get(callId)
  const failure = share.unserved.value.get(callId)
  if (failure) return <li role="alert">{unservedWord(failure, name)}</li>
  return (
    <li>
      <span>{seesWord(now, endId, name)}</span>
      {progress && progress.bytes < progress.ofBytes && (
        <>
          {' '}
          <progress max={progress.ofBytes} value={progress.bytes} />
          <span>{progressWord(progress, name)}</span>
        </>
      )}
    </li>
  )
}

/** Who would like to have the turn: to be read by whoever has it. */
export function Asks({ share }: { share: ScanShare }) {
  const asks = share.state.value.share?.asks ?? []
  return (
    <>
      {asks.map((endId) => (
        <p key={endId} role="alert">
          {barWords.asks({ name: nameIn(share, endId) })}{' '}
          <Button onPress={() => share.grant(endId)}>{barWords.grant}</Button>{' '}
          <Button onPress={() => share.deny(endId)}>{barWords.deny}</Button>
        </p>
      ))}
    </>
  )
}

/** What a finger does: pressed once it does, pressed again it does not. */
export function Pens({ share, pen }: { share: ScanShare; pen: Signal<Pen> }) {
  const press = (next: Pen) => () => {
    pen.value = pen.value === next ? 'none' : next
  }
  return (
    <>
      <Button icon={pointer} pressed={pen.value === 'point'} onPress={press('point')}>
        {barWords.point}
      </Button>
      <Button icon={pencil} pressed={pen.value === 'draw'} onPress={press('draw')}>
        {barWords.draw}
      </Button>
      <Button icon={undo} onPress={share.undraw}>
        {barWords.undo}
      </Button>
    </>
  )
}
