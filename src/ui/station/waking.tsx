/** Before a ring that would wake others in the room: who they are, and a softer way (HZ-15). */

import asleep from 'lucide-static/icons/moon.svg?raw'
import softly from 'lucide-static/icons/volume-1.svg?raw'
import loudly from 'lucide-static/icons/volume-2.svg?raw'
import { roommatesOf } from '../../core/room.ts'
import type { BedView, Station } from '../../state/station.ts'
import { createWaking, type WakingAsked } from '../../state/waking.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { roomLine, roomWords, toldLine } from '../words-ask.ts'
import { privateUntil } from '../words-station.ts'

/** In the bed's panel, at any hour. */
export function Room({ station, bed }: { station: Station; bed: BedView }) {
  const others = roommatesOf(station.beds.value, bed)
  if (bed.room === undefined) return null
  const curtains = others.filter((other) => privateUntil(other) !== null).map(({ label }) => label)
  return <p class="room">{roomLine(bed.room, others.length, curtains)}</p>
}

/** By bed and name: whom a sound at this bed may wake. */
export function Sleepers({ beds }: { beds: readonly BedView[] }) {
  return (
    <ul>
      {beds.map(({ bedId, label, patient }) => (
        <li key={bedId}>
          <Icon svg={asleep} />
          <span>{roomWords.sleeper({ label, name: patient?.name ?? '' })}</span>
        </li>
      ))}
    </ul>
  )
}

/** Where a sound is made all the same: that others sleep there, and who. */
export function SleepersThere({ beds }: { beds: readonly BedView[] }) {
  if (beds.length === 0) return null
  return (
    <section class="waking" aria-label={roomWords.title}>
      <p>{roomWords.title}</p>
      <Sleepers beds={beds} />
    </section>
  )
}

/** Made in the same turn in which the buttons can first be pressed. */
function wakingOf({ waking, wakingParts }: Station): WakingAsked {
  const made = waking.value ?? createWaking(wakingParts)
  waking.value = made
  return made
}

export function WakingDialog({ station }: { station: Station }) {
  const waking = wakingOf(station)
  const asked = waking.asked.value
  if (!asked || station.lock.locked.value) return null
  const { bed, sleepers } = asked
  return (
    <Dialog key={bed.bedId} label={roomWords.title} class="confirm waking" onClose={waking.drop}>
      <h2 data-first tabIndex={-1}>
        {roomWords.title}
      </h2>
      <p>
        <b>{roomWords.calls({ label: bed.label, name: bed.patient?.name ?? '' })}</b>
      </p>
      <Room station={station} bed={bed} />
      <Sleepers beds={sleepers} />
      {bed.wishes && <p>{toldLine(bed.wishes)}</p>}
      <div class="actions">
        <Button kind="primary" icon={softly} onPress={() => waking.go('softly')}>
          {roomWords.softly}
        </Button>
        <Button icon={loudly} onPress={() => waking.go('loudly')}>
          {roomWords.loudly}
        </Button>
        <Button onPress={waking.drop}>{roomWords.cancel}</Button>
      </div>
    </Dialog>
  )
}
