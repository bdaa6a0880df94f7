/** Taking a tablet off its bed is asked twice: nobody reaches the patient by it any more, and their data goes (HZ-6, HZ-11). */
import type { Bed } from '../../state/bed.ts'
import { isHeard, type Leaving, type SettingsPage } from '../../state/settings-page.ts'
import { Button } from '../parts/button.tsx'
import { placeOf } from '../words.ts'
import { leaveWords } from '../words-settings.ts'
import { BedDialog } from './bed-dialog.tsx'

type LeaveBedProps = { bed: Bed; page: SettingsPage }

export function LeaveBed({ bed, page }: LeaveBedProps) {
  const leaving = page.leaving.value
  const identity = bed.identity.value
  const place = identity ? placeOf(identity.label, identity.ward) : ''
  const isAsked = leaving === 'asked' || leaving === 'asked-again'
  return (
    <BedDialog
      key={leaving}
      title={titleOf(leaving, place)}
      onClose={page.keepBed}
      acts={<Acts page={page} />}
    >
      <p role={leaving === 'failed' ? 'alert' : undefined}>{saidOf(leaving)}</p>
      {isAsked && isUntold(bed) && <p>{leaveWords.untold}</p>}
    </BedDialog>
  )
}

/** Whoever was revoked leaves what the server has ended already. */
function isUntold({ readiness }: Bed): boolean {
  return !isHeard(readiness.value) && readiness.value.type !== 'revoked'
}

/** In another order the second time: a finger that presses twice has not answered twice. */
function Acts({ page }: { page: SettingsPage }) {
  const leaving = page.leaving.value
  const keep = (
    <Button kind="primary" onPress={page.keepBed}>
      {leaving === 'failed' ? leaveWords.back : leaveWords.keep}
    </Button>
  )
  if (leaving === 'goes') return null
  if (leaving === 'failed') return keep
  const go = (
    <Button onPress={page.confirmLeaving}>{leaving === 'asked' ? leaveWords.go : leaveWords.goNow}</Button>
  )
  return leaving === 'asked' ? [keep, go] : [go, keep]
}

function titleOf(leaving: Leaving, place: string): string {
  if (leaving === 'asked-again') return leaveWords.sure({ place })
  return leaving === 'asked' ? leaveWords.ask({ place }) : leaveWords.title
}

function saidOf(leaving: Leaving): string {
  switch (leaving) {
    case 'asked':
      return leaveWords.means
    case 'asked-again':
      return leaveWords.surely
    case 'failed':
      return leaveWords.failed
    case 'no':
    case 'goes':
      return leaveWords.goes
  }
}
