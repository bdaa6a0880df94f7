/** Whether a call is heard at the bed is found out while somebody stands there (HZ-11): the end of every admission. */
import sound from 'lucide-static/icons/volume-2.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import type { BedView, Station } from '../../state/station.ts'
import { sleepersNow } from '../../state/waking.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { SleepersThere } from '../station/waking.tsx'
import { admissionWords } from '../words-admission.ts'

type TryProps = { station: Station; bed: BedView }

function useSoundCheck({ station, bed }: TryProps) {
  const [tried, setTried] = useState<'no' | 'plays' | 'away'>('no')
  return {
    said: tried === 'no' ? null : tried === 'plays' ? admissionWords.soundPlays : admissionWords.soundNot,
    play(): void {
      const isThere = bed.state.type !== 'offline' && station.connection.value.type === 'open'
      if (isThere) station.admissions.say({ type: 'sound.check', bedId: bed.bedId })
      setTried(isThere ? 'plays' : 'away')
    },
  }
}

export function TrySound(props: TryProps) {
  const { said, play } = useSoundCheck(props)
  return (
    <div class="actions">
      <Button icon={sound} onPress={play}>
        {admissionWords.checkSound}
      </Button>
      {said && <output>{said}</output>}
    </div>
  )
}

/**
 * The tablet sounds as soon as its patient is admitted, and asks whether that was heard. Where others in the room sleep it
 * waits for a press, by whoever stands there and sees them (HZ-15).
 */
export function AdmittedDialog({
  name,
  onClose,
  ...props
}: TryProps & { name: string; onClose: () => void }) {
  const { said, play } = useSoundCheck(props)
  const title = admissionWords.done({ name, label: props.bed.label })
  const woken = sleepersNow(props.station.wakingParts, props.bed).woken
  useEffect(() => {
    if (woken.length === 0) play()
  }, [])
  return (
    <Dialog label={title} onClose={onClose}>
      <h2>{title}</h2>
      <output>{said}</output>
      {said === null && <SleepersThere beds={woken} />}
      <div class="actions">
        <button type="button" class="button primary" data-first onClick={onClose}>
          {admissionWords.close}
        </button>
        <Button icon={sound} onPress={play}>
          {admissionWords.checkSound}
        </Button>
      </div>
    </Dialog>
  )
}
