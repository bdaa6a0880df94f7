/** The way into the self-test: offered to whoever has just pressed Start, and gone once the patient is alone with the tablet. */

import { signal } from '@preact/signals'
import testing from 'lucide-static/icons/list-checks.svg?raw'
import { useState } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import { Button } from '../parts/button.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { selfTestOffer } from '../words-desk.ts'

/** Whoever starts a tablet stands before it for as long, if they do at all. */
const offeredMs = 60 * 60_000

const page = createLater(() => import('./self-test.tsx'))
const isOffered = signal<'no' | 'yes'>('no')
let cancel = () => {}

export function offerSelfTest({ beside }: Bed): void {
  cancel()
  isOffered.value = 'yes'
  cancel = beside.clock.after(offeredMs, () => {
    isOffered.value = 'no'
  })
}

export function SelfTestDoor({ bed }: { bed: Bed }) {
  const [isOpen, setOpen] = useState<'no' | 'yes'>('no')
  const close = () => setOpen('no')
  return (
    <>
      {isOffered.value === 'yes' && (
        <Button icon={testing} onPress={() => setOpen('yes')}>
          {selfTestOffer.offer}
        </Button>
      )}
      {isOpen === 'yes' && <OpenedSelfTest bed={bed} onClose={close} />}
    </>
  )
}

/** Its part, as soon as it is here. */
export function OpenedSelfTest({ bed, onClose }: { bed: Bed; onClose: () => void }) {
  const part = useLater(page)
  return part && <part.SelfTest bed={bed} onClose={onClose} />
}
