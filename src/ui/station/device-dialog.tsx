/** *This device*: whether it can call, and whom it trusts: the root's digits, to be compared with those that were printed. */
import { digitsOf } from '../../core/proof.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { appWords } from '../words.ts'
import { checkWords, trustWords } from '../words-station.ts'
import { Checks } from './checks.tsx'
import { deviceShown } from './this-device.tsx'

export function DeviceDialog({ station }: { station: Station }) {
  const close = () => {
    deviceShown.value = false
  }
  return (
    <Dialog label={checkWords.title} class="trust" onClose={close}>
      <h2 data-first tabIndex={-1}>
        {checkWords.title}
      </h2>
      <Checks station={station} />
      <Trust station={station} />
      <div class="actions">
        <Button onPress={close}>{appWords.close}</Button>
      </div>
    </Dialog>
  )
}

function Trust({ station: { trust, demo } }: { station: Station }) {
  const own = trust.own.value
  return (
    <>
      <h3>{trustWords.title}</h3>
      <dl>
        <dt>{trustWords.station}</dt>
        <dd>{own ? own.label : trustWords.waiting}</dd>
        {own && <dt>{trustWords.organisation}</dt>}
        {own && <dd>{own.organisation}</dd>}
        <dt>{trustWords.root}</dt>
        <dd class="digits">{trust.root.value === null ? trustWords.none : digitsOf(trust.root.value)}</dd>
      </dl>
      {demo.value && <p>{trustWords.demo}</p>}
      <Foreign trust={trust} />
    </>
  )
}

/** Another root than the pinned one: calls do not verify until a person has compared its digits. */
function Foreign({ trust }: { trust: Station['trust'] }) {
  const own = trust.own.value
  if (!own || own.root === trust.root.value) return null
  return (
    <div role="alert">
      <p>{trustWords.foreign}</p>
      <p class="digits">{digitsOf(own.root)}</p>
      <Button kind="primary" onPress={() => void trust.trustOwn()}>
        {trustWords.trustIt}
      </Button>
    </div>
  )
}
