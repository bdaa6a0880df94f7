/** *For staff*: one quiet button under what is the patient's, the staff code behind it, and then the tablet's settings. */
import settings from 'lucide-static/icons/settings.svg?raw'
import { useEffect } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import { createStaffDoor, type StaffDoor as Door } from '../../state/staff-door.ts'
import { Button } from '../parts/button.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { staffWords } from '../words-desk.ts'

const behind = createLater(() => import('./behind-door.tsx'))

/** One for the life of the page: a pause after wrong codes goes on while nobody asks. */
let made: Door | null = null

function doorOf(bed: Bed): Door {
  if (made === null) {
    const door = createStaffDoor({ ...bed, ...bed.beside })
    bed.beside.staffCode.subscribe((check) => {
      if (check) door.told(check).catch(() => {})
    })
    made = door
  }
  return made
}

export function StaffDoor({ bed }: { bed: Bed }) {
  const door = doorOf(bed)
  const isShut = door.state.value.type === 'shut'
  return (
    <>
      <Button icon={settings} onPress={door.ask}>
        {staffWords.open}
      </Button>
      {!isShut && <Opened bed={bed} door={door} />}
    </>
  )
}

/** As long as it is seen, and no longer. */
function Opened({ bed, door }: { bed: Bed; door: Door }) {
  const part = useLater(behind)
  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && door.shut()
    const stops = [
      ['visibilitychange', hidden],
      ['pointerdown', door.touched],
      ['keydown', door.touched],
    ] as const
    for (const [type, hear] of stops) document.addEventListener(type, hear)
    return () => {
      for (const [type, hear] of stops) document.removeEventListener(type, hear)
      door.shut()
    }
  }, [])
  return part && <part.BehindDoor bed={bed} door={door} />
}
