/** The station in a ward that is not one's own: the way in, how long it lasts, and who else came that way (HZ-3). */
import glassIcon from 'lucide-static/icons/shield-alert.svg?raw'
import { useState } from 'preact/hooks'
import type { Glass } from '../../state/glass.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { breakWords, brokenWord, noBoard, noBreaking, notYourWard, visitorWord } from '../words-glass.ts'
import { durationWord } from '../words-station.ts'
import { later } from './part.ts'

export function seesBoard({ access }: Glass): boolean {
  return access.value.type === 'own' || access.value.type === 'broken'
}

/** How long it still lasts, as long as it does. */
export function GlassBanner({ glass }: { glass: Glass }) {
  const access = glass.access.value
  const nowMs = useNow(1_000)
  if (access.type !== 'broken') return null
  return (
    <div class="banner waits">
      <Icon svg={glassIcon} />
      <span role="alert">{brokenWord(access.untilMs)}</span>
      <span class="duration" aria-hidden="true">
        {durationWord(access.untilMs - nowMs)}
      </span>
      <Button onPress={() => void glass.leave()}>{breakWords.leave}</Button>
    </div>
  )
}

/** Told to the ward's own people. */
export function Visitors({ glass }: { glass: Glass }) {
  return (
    <>
      {glass.visitors.value.map((visitor) => (
        <div key={visitor.glassId} class="banner waits">
          <Icon svg={glassIcon} />
          <span role="alert">{visitorWord(visitor)}</span>
          <Button onPress={() => glass.dismiss(visitor.glassId)}>{breakWords.seen}</Button>
        </div>
      ))}
    </>
  )
}

/** In place of the board: never an empty one. */
export function NoBoard({ glass }: { glass: Glass }) {
  const access = glass.access.value
  const [asking, setAsking] = useState(false)
  const part = later.part.value
  const mayBreak = access.type === 'foreign' && access.mayBreak
  const advice = access.type === 'none' ? noBoard : mayBreak ? notYourWard : noBreaking
  return (
    <section class="no-board">
      <h2>{advice.said}</h2>
      <p>{advice.todo}</p>
      {mayBreak && (
        <Button kind="primary" icon={glassIcon} onPress={() => setAsking(true)}>
          {breakWords.open}
        </Button>
      )}
      {asking && part && <part.BreakDialog glass={glass} onClose={() => setAsking(false)} />}
    </section>
  )
}
