/** The ward's staff code on the page of tablets: read it, or have another made. */
import { useState } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import { createStaffCodeDesk, type StaffCodeDesk } from '../../state/staff-code.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { StaffCode } from '../parts/staff-code.tsx'
import { staffCodeWords } from '../words-alive.ts'
import { momentWord } from '../words-fleet.ts'

export function WardStaffCode({ admin: { ports, mayEver } }: { admin: Admin }) {
  const [desk] = useState(() => createStaffCodeDesk(ports.api, ports.clock))
  const [isAsked, setAsked] = useState(false)
  const shown = desk.shown.value
  if (!mayEver('staff-code.see')) return null
  return (
    <section class="panel" aria-label={staffCodeWords.title}>
      <h3>{staffCodeWords.title}</h3>
      <p>{staffCodeWords.intro}</p>
      <StaffCode desk={desk} />
      {shown.type === 'shown' && (
        <p class="note">{staffCodeWords.made({ time: momentWord(shown.code.madeMs) })}</p>
      )}
      {mayEver('staff-code.make') && <Button onPress={() => setAsked(true)}>{staffCodeWords.renew}</Button>}
      {isAsked && <Renew desk={desk} onClose={() => setAsked(false)} />}
    </section>
  )
}

function Renew({ desk, onClose }: { desk: StaffCodeDesk; onClose: () => void }) {
  const renew = () => {
    void desk.renew()
    onClose()
  }
  return (
    <Dialog label={staffCodeWords.reallyRenew} class="confirm" onClose={onClose}>
      <h2 data-first tabIndex={-1}>
        {staffCodeWords.reallyRenew}
      </h2>
      <p>{staffCodeWords.renewMeans}</p>
      <div class="actions">
        <Button kind="primary" onPress={renew}>
          {staffCodeWords.renew}
        </Button>
        <Button onPress={onClose}>{staffCodeWords.keep}</Button>
      </div>
    </Dialog>
  )
}
