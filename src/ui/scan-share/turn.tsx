/** The place of whoever was given the turn: the picture in the same hands as one's own, and all of its tools. */
import on from 'lucide-static/icons/chevron-down.svg?raw'
import back from 'lucide-static/icons/chevron-up.svg?raw'
import erase from 'lucide-static/icons/eraser.svg?raw'
import { useMemo, useRef, useState } from 'preact/hooks'
import type { Viewport } from '../../core/scan/view.ts'
import { createTurn } from '../../state/scan-turn.ts'
import { Button } from '../parts/button.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { createHands } from '../scan/hands.ts'
import { ScanStage } from '../scan/stage.tsx'
import { Tools } from '../scan/tools.tsx'
import { barWords } from '../words-scan-share.ts'
import type { PictureProps } from './follow.tsx'
import { Missing } from './missing.tsx'
import { ShareOverlay } from './overlay.tsx'

const dialogs = createLater(() => import('../scan/dialogs.ts'))

export function TurnPlace({ share, incoming, io, reader, size, pen }: PictureProps) {
  const place = useRef<Viewport | null>(null)
  const [isKeys, setKeys] = useState(false)
  const aside = useLater(dialogs)
  const onKeys = () => setKeys(true)
  const turn = useMemo(() => createTurn(share, incoming, reader), [share, incoming, reader])
  const hands = useMemo(() => createHands(turn, onKeys), [turn])
  return (
    <div class="share-turn">
      <ScanStage
        {...{ io, reader, size, hands, look: incoming.look, plate: incoming.plate, onDrew: turn.drew }}
        overlay={(at) => <ShareOverlay share={share} place={at} slice={incoming.slice.value} pen={pen} />}
        onResize={(viewport) => {
          place.current = viewport
          turn.resized(viewport)
        }}
      >
        <Missing share={share} incoming={incoming} />
      </ScanStage>
      <Tools viewer={turn} place={() => place.current} onKeys={onKeys}>
        <Button icon={back} onPress={() => turn.step(-1)}>
          {barWords.back}
        </Button>
        <Button icon={on} onPress={() => turn.step(1)}>
          {barWords.on}
        </Button>
        <Button icon={erase} onPress={share.erase}>
          {barWords.erase}
        </Button>
      </Tools>
      {aside && isKeys && <aside.KeysDialog onClose={() => setKeys(false)} />}
    </div>
  )
}
