/** Whom this station trusts: the root's digits, to be compared with those that were printed when it was made. */
import { digitsOf } from '../../core/proof.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { appWords } from '../words.ts'
import { trustWords } from '../words-station.ts'
import { trustShown } from './trust.tsx'

export function TrustDialog({ station: { trust, demo } }: { station: Station }) {
  const own = trust.own.value
  const close = () => {
    trustShown.value = false
  }
  return (
    <Dialog label={trustWords.title} class="trust" onClose={close}>
      <h2>{trustWords.title}</h2>
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
      <div class="actions">
        <Button onPress={close}>{appWords.close}</Button>
      </div>
    </Dialog>
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
