/** Why a bed's tablet cannot ring, or soon cannot, and what to do about it (HZ-11). */
import battery from 'lucide-static/icons/battery-low.svg?raw'
import clock from 'lucide-static/icons/clock-alert.svg?raw'
import microphone from 'lucide-static/icons/mic-off.svg?raw'
import asleep from 'lucide-static/icons/moon.svg?raw'
import start from 'lucide-static/icons/power.svg?raw'
import silent from 'lucide-static/icons/tablet.svg?raw'
import camera from 'lucide-static/icons/video-off.svg?raw'
import sound from 'lucide-static/icons/volume-x.svg?raw'
import type { BedView } from '../../state/station.ts'
import { Icon } from '../parts/icon.tsx'
import { troubleWords } from '../words-alive.ts'

const icons = { silent, camera, microphone, start, sound, battery, asleep, clock }

export function Trouble({ bed: { trouble } }: { bed: BedView }) {
  if (!trouble) return null
  return (
    <p class="warning">
      <Icon svg={icons[trouble]} />
      <span>{troubleWords[trouble]}</span>
    </p>
  )
}
