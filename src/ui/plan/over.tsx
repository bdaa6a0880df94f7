/** What may lie over any of the plan's screens: the open dialog, the paper, toasts, and the loud banner (HZ-8). */
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { createLater } from '../parts/later.ts'
import { concernWords } from '../words-plan.ts'
import { type Desk, openConcerns } from './desk.ts'
import { HoursPart } from './hours-part.tsx'

/** Fetched as soon as the plan stands, long before it is asked for: paper is for when nothing can be fetched. */
const later = createLater(() => import('./later.ts'))
later.fetch()

export function Over({ desk, ward }: { desk: Desk; ward: string }) {
  const open = desk.open.value
  const part = later.part.value
  return (
    <>
      {open.type === 'entry' && part && <part.EntryDialog key={open.id} desk={desk} id={open.id} />}
      {open.type === 'form' && part && (
        <part.FormDialog key={open.row?.id ?? 'new'} desk={desk} shown={open} />
      )}
      {open.type === 'hours' && <HoursPart desk={desk} shown={open} />}
      {open.type === 'print' && part && <part.PrintPage desk={desk} date={open.date} ward={ward} />}
      {(open.type === 'nothing' || open.type === 'print') && part && <part.Toast plan={desk.plan} />}
    </>
  )
}

export function ConcernsPart({ desk }: { desk: Desk }) {
  const part = later.part.value
  return part && <part.Concerns desk={desk} />
}

export function WaitingPart({ desk }: { desk: Desk }) {
  const part = later.part.value
  return part && <part.Waiting desk={desk} />
}

/** A refused booking that begins soon is seen from the board, too. */
export function LoudBanner({ desk }: { desk: Desk }) {
  const loud = openConcerns(desk).filter(({ escalated }) => escalated).length
  if (loud === 0) return null
  return (
    <div class="banner lost">
      <Icon svg={alert} />
      <span role="alert">{concernWords.loud({ count: loud })}</span>
      <Button
        onPress={() => {
          desk.plan.tab.value = 'attention'
          desk.shown.value = true
        }}
      >
        {concernWords.decide}
      </Button>
    </div>
  )
}
