/** Keys: this browser's own, and the tablets and stations that wait for its signature. */
import { useMemo, useState } from 'preact/hooks'
import { digitsOf } from '../../core/proof.ts'
import type { Admin } from '../../state/admin.ts'
import {
  type AdminKeys,
  createAdminKeys,
  type KeysView,
  labelOf,
  type WaitingKey,
} from '../../state/admin-keys.ts'
import { Button } from '../parts/button.tsx'
import { dateWord, keysProblemWords, keysWords } from '../words-admin.ts'

type Shown = Extract<KeysView, { type: 'shown' }>

export function KeysSection({ admin }: { admin: Admin }) {
  const keys = useMemo(() => createAdminKeys(admin.ports), [admin])
  const view = keys.view.value
  const problem = view.type === 'failed' ? view.failure : keys.problem.value
  return (
    <section class="admin-section" aria-labelledby="keys-title">
      <h2 id="keys-title">{keysWords.title}</h2>
      {problem && <p role="alert">{keysProblemWords(problem)}</p>}
      {view.type === 'shown' && <Own keys={keys} view={view} />}
      {view.type === 'shown' && view.standing === 'certified' && <Waiting keys={keys} view={view} />}
    </section>
  )
}

function Own({ keys, view }: { keys: AdminKeys; view: Shown }) {
  const { own, keyId, standing } = view
  return (
    <>
      {view.demo && <p>{keysWords.demo}</p>}
      <dl class="facts">
        <dt>{keysWords.own}</dt>
        <dd class="digits">{digitsOf(keyId)}</dd>
        {own && <dt>{keysWords.root}</dt>}
        {own && <dd class="digits">{digitsOf(own.issuer)}</dd>}
        {own && <dt>{keysWords.organisation}</dt>}
        {own && (
          <dd>{keysWords.until({ organisation: own.organisation, date: dateWord(own.notAfterMs) })}</dd>
        )}
      </dl>
      {standing === 'foreign' && <p role="alert">{keysWords.foreign}</p>}
      {view.endsSoon && <p role="alert">{keysWords.endsSoon}</p>}
      {(standing !== 'certified' || view.endsSoon) && <Ask keys={keys} />}
    </>
  )
}

/** Two steps, with the root's machine between them. */
function Ask({ keys }: { keys: AdminKeys }) {
  const [label, setLabel] = useState('')
  return (
    <>
      <p>{keysWords.askWhy}</p>
      <label class="field">
        <span>{keysWords.label}</span>
        <input value={label} maxLength={80} onInput={(event) => setLabel(event.currentTarget.value)} />
      </label>
      <Button
        kind="primary"
        disabled={label.trim() === ''}
        onPress={() => void keys.saveRequest(label.trim())}
      >
        {keysWords.save}
      </Button>
      <label class="field">
        <span>{keysWords.take}</span>
        <input
          type="file"
          accept="application/json"
          onChange={async ({ currentTarget }) => {
            const [file] = currentTarget.files ?? []
            if (file) await keys.takeGrant(await file.text())
          }}
        />
      </label>
    </>
  )
}

function Waiting({ keys, view: { waiting } }: { keys: AdminKeys; view: Shown }) {
  const busy = keys.signing.value > 0
  if (waiting.length === 0) return <p>{keysWords.nobody}</p>
  return (
    <>
      <h3>{keysWords.waiting}</h3>
      <p>{keysWords.compare}</p>
      <ul class="keys-waiting">
        {waiting.map((device) => (
          <Device key={device.keyId} device={device} keys={keys} />
        ))}
      </ul>
      <Button kind="primary" disabled={busy} onPress={() => void keys.sign(waiting)}>
        {busy ? keysWords.busy({ left: keys.signing.value }) : keysWords.all({ count: waiting.length })}
      </Button>
    </>
  )
}

function Device({ device, keys }: { device: WaitingKey; keys: AdminKeys }) {
  const [label, setLabel] = useState(labelOf(device))
  return (
    <li>
      {device.kind === 'bed' ? (
        <b>{`${label}, ${device.ward}`}</b>
      ) : (
        <input
          aria-label={keysWords.stationLabel}
          value={label}
          maxLength={80}
          onInput={(event) => setLabel(event.currentTarget.value)}
        />
      )}
      <span class="digits">{digitsOf(device.keyId)}</span>
      <Button
        label={keysWords.signFor({ label })}
        disabled={label.trim() === '' || keys.signing.value > 0}
        onPress={() => void keys.sign([device], label.trim())}
      >
        {keysWords.sign}
      </Button>
    </li>
  )
}
