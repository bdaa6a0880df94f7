/** Why a bed's tablet cannot ring, or soon cannot, and what to do about it (HZ-11); and that nobody is in the bed just now. */
import battery from 'lucide-static/icons/battery-low.svg?raw'
import clock from 'lucide-static/icons/clock-alert.svg?raw'
import away from 'lucide-static/icons/footprints.svg?raw'
import microphone from 'lucide-static/icons/mic-off.svg?raw'
import asleep from 'lucide-static/icons/moon.svg?raw'
import start from 'lucide-static/icons/power.svg?raw'
import silent from 'lucide-static/icons/tablet.svg?raw'
import camera from 'lucide-static/icons/video-off.svg?raw'
import sound from 'lucide-static/icons/volume-x.svg?raw'
import type { BedView } from '../../state/station.ts'
import { Icon } from '../parts/icon.tsx'
import { awayWord, troubleWords } from '../words-alive.ts'

const icons = { silent, camera, microphone, start, sound, battery, asleep, clock }

export function Trouble({ bed: { trouble, awaySinceMs } }: { bed: BedView }) {
  return (
    <>
      {awaySinceMs !== undefined && <Note svg={away} word={awayWord(awaySinceMs)} />}
      {trouble && <Note svg={icons[trouble]} word={troubleWords[trouble]} />}
    </>
  )
}

function Note({ svg, word }: { svg: string; word: string }) {
  return (
    <p class="warning">
      <Icon svg={svg} />
      <span>{word}</span>
    </p>
  )
}
