/** The section "Tablets": every bed with its tablet, codes for new ones, digits for those that wait, and revoking. */
import unbound from 'lucide-static/icons/unlink.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import { type AdminTablets, createAdminTablets, type TabletRow } from '../../state/admin-tablets.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { DigitsForm } from '../parts/digits-form.tsx'
import { Icon } from '../parts/icon.tsx'
import { refusals } from '../words.ts'
import { tabletWord, waysWord, tabletsPage as words } from '../words-admin.ts'
import { tabletNeeds } from '../words-tablets.ts'
import { CodeCard } from './code-card.tsx'

export function Tablets({ admin }: { admin: Admin }) {
  const [state] = useState(() => createAdminTablets(admin.ports))
  const [revoking, setRevoking] = useState<TabletRow | null>(null)
  useEffect(() => state.watch(), [state])
  const code = state.code.value
  return (
    <section aria-label={words.title}>
      <h2>{words.title}</h2>
      <p>{words.intro}</p>
      <Problem state={state} />
      {code && <CodeCard key={code.code} made={code} ward={wardOf(admin)} onDone={state.forgetCode} />}
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.bed}</th>
              <th scope="col">{words.state}</th>
              <th scope="col">{words.acts}</th>
            </tr>
          </thead>
          <tbody>
            {(state.tablets.value ?? []).map((tablet) => (
              <Row key={tablet.bedId} admin={admin} state={state} tablet={tablet} onRevoke={setRevoking} />
            ))}
          </tbody>
        </table>
      </div>
      {revoking && <Revoke state={state} tablet={revoking} onClose={() => setRevoking(null)} />}
    </section>
  )
}

function wardOf(admin: Admin): string {
  const access = admin.access.value
  return access.type === 'signed-in' ? access.ward : ''
}

function Problem({ state }: { state: AdminTablets }) {
  const problem = state.problem.value
  if (problem === null) return null
  const { said, todo } =
    refusals[problem === 'unknown-code' || problem === 'used-code' ? 'not-found' : problem]
  return (
    <p role="alert">
      {said} {todo}
    </p>
  )
}

type RowProps = {
  admin: Admin
  state: AdminTablets
  tablet: TabletRow
  onRevoke: (tablet: TabletRow) => void
}

function Row({ admin, state, tablet, onRevoke }: RowProps) {
  const { label } = tablet
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <Standing tablet={tablet} />
        {tablet.ways && <p>{waysWord(tablet.ways)}</p>}
      </td>
      <td>
        <div class="acts">
          {tablet.waits && admin.mayEver('tablet.confirm') && (
            <DigitsForm label={label} onType={(typed) => state.confirm(tablet, typed)} />
          )}
          {admin.mayEver('tablet.enrol') && (
            <Button label={words.makeFor({ label })} onPress={() => void state.makeCode(tablet)}>
              {words.make}
            </Button>
          )}
          {admin.mayEver('tablet.revoke') && tablet.state !== 'none' && (
            <Button label={words.revokeFor({ label })} onPress={() => onRevoke(tablet)}>
              {words.revoke}
            </Button>
          )}
        </div>
      </td>
    </tr>
  )
}

/** Only what waits for somebody stands out of the table. */
function Standing({ tablet }: { tablet: TabletRow }) {
  if (!tabletNeeds[tablet.state]) return <>{tabletWord(tablet)}</>
  return (
    <p class="warning">
      <Icon svg={unbound} />
      <b>{tabletWord(tablet)}</b>
    </p>
  )
}

type RevokeProps = { state: AdminTablets; tablet: TabletRow; onClose: () => void }

function Revoke({ state, tablet, onClose }: RevokeProps) {
  const revoke = () => {
    void state.revoke(tablet)
    onClose()
  }
  return (
    <Dialog label={words.reallyRevoke({ label: tablet.label })} class="confirm" onClose={onClose}>
      <h2 data-first tabIndex={-1}>
        {words.reallyRevoke({ label: tablet.label })}
      </h2>
      <p>{words.revokeMeans}</p>
      <div class="actions">
        <Button kind="primary" onPress={revoke}>
          {words.revoke}
        </Button>
        <Button onPress={onClose}>{words.keep}</Button>
      </div>
    </Dialog>
  )
}
