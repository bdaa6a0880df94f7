/** The ward's beds to choose from, room by room, each room and all of them by one press. */

import { Fragment } from 'preact'
import { inAreas, inRooms } from '../../core/room.ts'
import type { Having } from '../../core/shift.ts'
import type { BedView, Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { listOf } from '../texts/dates.ts'
import { bedWord } from '../words.ts'
import { shiftWords } from '../words-shift.ts'

type BedsProps = { station: Station; having: Having; onChange: (having: Having) => void }

export function Beds({ station, having, onChange }: BedsProps) {
  const beds = station.beds.value
  const areas = inAreas(beds)
  const me = station.me.value?.staffId
  const chosen = new Set(having.bedIds)
  /** All of them, or none where all are chosen already. */
  const toggle = (some: readonly BedView[]) => {
    const next = new Set(chosen)
    const areIn = some.every(({ bedId }) => chosen.has(bedId))
    for (const { bedId } of some) areIn ? next.delete(bedId) : next.add(bedId)
    onChange({ ...having, bedIds: [...next] })
  }
  const pressed = (some: readonly BedView[]) => some.every(({ bedId }) => chosen.has(bedId))
  return (
    <fieldset class="shift-beds">
      <legend>{shiftWords.beds({ count: chosen.size })}</legend>
      {beds.length > 1 && (
        <Button pressed={pressed(beds)} onPress={() => toggle(beds)}>
          {shiftWords.allBeds({ count: beds.length })}
        </Button>
      )}
      {areas.map(({ name, beds: ofArea }) => (
        <Fragment key={name}>
          {areas.length > 1 && (
            <Button pressed={pressed(ofArea)} onPress={() => toggle(ofArea)}>
              {shiftWords.area({ name: name ?? shiftWords.noRoom, count: ofArea.length })}
            </Button>
          )}
          {inRooms(ofArea).map(({ name: room, beds: some }) => (
            <fieldset key={room ?? ''} class="shift-room" aria-label={roomWord(room)}>
              {inRooms(ofArea).length > 1 && (
                <Button
                  pressed={pressed(some)}
                  label={shiftWords.wholeRoom({ room: roomWord(room) })}
                  onPress={() => toggle(some)}
                >
                  {roomWord(room)}
                </Button>
              )}
              <ul>
                {some.map((bed) => (
                  <li key={bed.bedId}>
                    <label>
                      <input
                        type="checkbox"
                        aria-label={bedWord(bed.label)}
                        checked={chosen.has(bed.bedId)}
                        onChange={() => toggle([bed])}
                      />
                      <b>{bed.label}</b>
                      <small>
                        {listOf(bed.carers.filter(({ staffId }) => staffId !== me).map(({ name }) => name))}
                      </small>
                    </label>
                  </li>
                ))}
              </ul>
            </fieldset>
          ))}
        </Fragment>
      ))}
    </fieldset>
  )
}

function roomWord(room: string | null): string {
  return room === null ? shiftWords.noRoom : shiftWords.room({ room })
}
