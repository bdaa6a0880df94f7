/** The section "Tablets", which is the fleet: every bed with its tablet and how that is, codes, digits, ring tests, revoking, and builds. */
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import unbound from 'lucide-static/icons/unlink.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import { countsOf, isNeedy, needsOf } from '../../core/fleet.ts'
import type { Admin } from '../../state/admin.ts'
import { type AdminTablets, createAdminTablets, type TabletRow } from '../../state/admin-tablets.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { DigitsForm } from '../parts/digits-form.tsx'
import { Icon } from '../parts/icon.tsx'
import { refusals } from '../words.ts'
import { tabletWord, tabletsPage as words } from '../words-admin.ts'
import {
  buildWord,
  deviceWords,
  fleetWords,
  momentWord,
  needWord,
  powerWord,
  type ShownNeed,
} from '../words-fleet.ts'
import { tabletNeeds } from '../words-tablets.ts'
import { CodeCard } from './code-card.tsx'
import { FleetUpdates } from './fleet-updates.tsx'
import { RingTestButton } from './ring-test.tsx'
import { WardStaffCode } from './staff-code.tsx'

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
      <FleetUpdates admin={admin} state={state} />
      <WardStaffCode admin={admin} />
      <Fleet admin={admin} state={state} onRevoke={setRevoking} />
      {revoking && <Revoke state={state} tablet={revoking} onClose={() => setRevoking(null)} />}
    </section>
  )
}

type FleetProps = { admin: Admin; state: AdminTablets; onRevoke: (tablet: TabletRow) => void }

function Fleet({ admin, state, onRevoke }: FleetProps) {
  const [isOnlyNeedy, setOnlyNeedy] = useState(false)
  const tablets = state.tablets.value
  if (!tablets) return null
  if (tablets.length === 0) return <p class="empty">{fleetWords.noBeds}</p>
  const shown = isOnlyNeedy ? tablets.filter(isNeedy) : tablets
  return (
    <>
      <div class="acts fleet">
        <p>{fleetWords.counts(countsOf(tablets))}</p>
        <Button pressed={isOnlyNeedy} onPress={() => setOnlyNeedy(!isOnlyNeedy)}>
          {fleetWords.onlyNeedy}
        </Button>
      </div>
      {shown.length === 0 ? (
        <p class="empty">{fleetWords.allWell}</p>
      ) : (
        <Table admin={admin} state={state} tablets={shown} onRevoke={onRevoke} />
      )}
    </>
  )
}

function Table({ tablets, ...props }: FleetProps & { tablets: readonly TabletRow[] }) {
  return (
    <div class="wide">
      <table class="fleet-table">
        <thead>
          <tr>
            {[words.bed, words.state, fleetWords.app, fleetWords.device, words.acts].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tablets.map((tablet) => (
            <Row key={tablet.bedId} tablet={tablet} {...props} />
          ))}
        </tbody>
      </table>
    </div>
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

type RowProps = FleetProps & { tablet: TabletRow }

function Row({ admin, state, tablet, onRevoke }: RowProps) {
  const { label } = tablet
  return (
    <tr>
      <th scope="row" data-head={words.bed}>
        {label}
      </th>
      <td>
        <Standing tablet={tablet} />
        {needsOf(tablet)
          .filter((need) => need.type !== 'away')
          .map((need) => (
            <Need key={need.type} need={need} />
          ))}
        {tablet.offlineSinceMs !== null && tablet.state !== 'none' && (
          <p class="note">{fleetWords.seen({ time: momentWord(tablet.offlineSinceMs) })}</p>
        )}
      </td>
      <td data-head={fleetWords.app}>{buildWord(tablet, state.updates.value?.builds ?? [])}</td>
      <td data-head={fleetWords.device}>
        <p>{powerWord(tablet)}</p>
        {deviceWords(tablet).map((word) => (
          <p key={word}>{word}</p>
        ))}
        {tablet.health && <p class="note">{fleetWords.told({ time: momentWord(tablet.health.toldMs) })}</p>}
      </td>
      <td>
        <div class="acts">
          {tablet.waits && admin.mayEver('tablet.confirm') && (
            <DigitsForm label={label} onType={(typed) => state.confirm(tablet, typed)} />
          )}
          {admin.mayEver('admission.change') && tablet.state === 'bound' && (
            <RingTestButton state={state} tablet={tablet} />
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

/** What is another patient's, or cannot ring, is unsafe; the rest waits for somebody (HZ-6, HZ-11). */
function Need({ need }: { need: ShownNeed }) {
  const isUnsafe = need.type === 'wipe' || need.type === 'sound'
  return (
    <p class={isUnsafe ? 'warning lost' : 'warning'}>
      <Icon svg={alert} />
      {needWord(need)}
    </p>
  )
}

/** Only what waits for somebody stands out of the table. */
function Standing({ tablet }: { tablet: TabletRow }) {
  const isAway = tablet.state === 'bound' && tablet.offlineSinceMs !== null
  if (!tabletNeeds[tablet.state] && !isAway) return <>{tabletWord(tablet)}</>
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
