/** Brings the tablets to another build: one bed, its area, all; and back. */
import { useState } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import { type AdminTablets, newBuild } from '../../state/admin-tablets.ts'
import { Button } from '../parts/button.tsx'
import { momentWord, rolloutWord, stageWord, updateWords as words } from '../words-fleet.ts'

type Props = { admin: Admin; state: AdminTablets }

export function FleetUpdates({ admin, state }: Props) {
  const updates = state.updates.value
  const tablets = state.tablets.value ?? []
  if (!updates) return null
  const { rollout } = updates
  return (
    <section class="panel" aria-label={words.title}>
      <h3>{words.title}</h3>
      <p role="status">{rolloutWord(rollout, tablets)}</p>
      {rollout.failed && (
        <p class="warning lost" role="alert">
          {words[rollout.failed.why === 'files' ? 'files' : 'notReady']({ label: rollout.failed.label })}
        </p>
      )}
      {admin.mayEver('tablet.update') && <Acts state={state} />}
      <p class="note">{words.idle}</p>
    </section>
  )
}

function Acts({ state }: { state: AdminTablets }) {
  const updates = state.updates.value
  if (!updates) return null
  const { number, next, state: now, stage, mayGoBack } = updates.rollout
  const isOpen = now === 'going' && stage.type !== 'all'
  if (!next && !isOpen && !mayGoBack) return <Begin state={state} />
  return (
    <>
      <Begin state={state} />
      <div class="acts">
        {next && (
          <Button kind="primary" onPress={() => void state.roll({ act: 'wider', number })}>
            {words.wider({ where: stageWord(next, state.tablets.value ?? []) })}
          </Button>
        )}
        {isOpen && <Button onPress={() => void state.roll({ act: 'stop', number })}>{words.stop}</Button>}
        {mayGoBack && <Button onPress={() => void state.roll({ act: 'back', number })}>{words.back}</Button>}
      </div>
    </>
  )
}

/** A bed whose tablet is there comes first: nothing is learnt from one that is not. */
function Begin({ state }: { state: AdminTablets }) {
  const [chosen, setChosen] = useState('')
  const updates = state.updates.value
  const fresh = updates && newBuild(updates)
  const beds = (state.tablets.value ?? []).filter(
    (one) => one.state === 'bound' && one.offlineSinceMs === null,
  )
  const bedId = beds.find((one) => one.bedId === chosen)?.bedId ?? beds[0]?.bedId
  if (!updates || !fresh) return null
  const { build, builtMs, before } = fresh
  const isAgain = build === updates.rollout.build
  return (
    <>
      {!isAgain && <p>{words.isNew({ build, before, date: momentWord(builtMs) })}</p>}
      <div class="acts">
        <label>
          <span>{words.first}</span>
          <select value={bedId} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
            {beds.map((bed) => (
              <option key={bed.bedId} value={bed.bedId}>
                {bed.label}
              </option>
            ))}
          </select>
        </label>
        <Button
          kind="primary"
          disabled={!bedId}
          onPress={() => bedId && void state.roll({ act: 'begin', build, bedId })}
        >
          {isAgain ? words.again : words.begin}
        </Button>
      </div>
    </>
  )
}
