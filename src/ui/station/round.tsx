/** A round by call: who comes next, with both identifiers, and one press that calls them; at the end, who was missed (HZ-1). */
import call from 'lucide-static/icons/phone-forwarded.svg?raw'
import { useEffect, useRef, useState } from 'preact/hooks'
import { createStationRound, type RoundView, type StationRound } from '../../state/round.ts'
import type { BedView, Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { listOf } from '../texts/dates.ts'
import { missedWords, roundWords } from '../words-care.ts'
import { mayCall } from './board.tsx'
import { PatientLines } from './patient.tsx'

/** One for the life of the page. */
let made: StationRound | null = null

function roundOf(station: Station): StationRound {
  made ??= createStationRound(station)
  return made
}

export function isOnRound(station: Station): boolean {
  return roundOf(station).view.value !== null
}

export function StartRound({ station }: { station: Station }) {
  if (isOnRound(station) || !station.mayEver('bed.call')) return null
  return (
    <Button icon={call} onPress={roundOf(station).begin}>
      {roundWords.start}
    </Button>
  )
}

/** Within the panel of a call that is over, or a panel of its own. */
export function RoundPart({ station }: { station: Station }) {
  const view = roundOf(station).view.value
  if (!view) return null
  return (
    <section class="round" aria-label={roundWords.title}>
      {view.next ? (
        <Next key={view.next.bedId} station={station} view={view} bed={view.next} />
      ) : (
        <Over view={view} />
      )}
      <div class="controls">
        <Button onPress={roundOf(station).end}>{roundWords.end}</Button>
      </div>
    </section>
  )
}

/** A finger, or a key held down, that meant what stood here before rings nobody. */
const settleMs = 700

function Next({ station, view, bed }: { station: Station; view: RoundView; bed: BedView }) {
  const { label } = bed
  const button = useRef<HTMLButtonElement>(null)
  const [isSettled, setSettled] = useState(false)
  useEffect(() => {
    // Whoever is busy elsewhere is left alone.
    if (document.activeElement === document.body) button.current?.focus()
    const timer = setTimeout(() => setSettled(true), settleMs)
    return () => clearTimeout(timer)
  }, [])
  const isHeld = !isSettled || !mayCall(station, bed)
  return (
    <>
      <h3>{roundWords.next({ label })}</h3>
      <PatientLines patient={bed.patient} lock={station.lock} />
      <p class="soft">{roundWords.left({ count: view.left })}</p>
      {view.missed.length > 0 && <p class="soft">{roundWords.sofar({ beds: missedList(view) })}</p>}
      <button
        ref={button}
        type="button"
        class="button primary"
        aria-disabled={isHeld}
        onClick={() => !isHeld && roundOf(station).callNext()}
      >
        <Icon svg={call} />
        <span>{roundWords.callNext({ label })}</span>
      </button>
    </>
  )
}

function Over({ view }: { view: RoundView }) {
  return (
    <>
      <h3>
        <output>{roundWords.over}</output>
      </h3>
      <p>{roundWords.talked({ count: view.talked })}</p>
      {view.missed.length > 0 && (
        <>
          <p>
            <b>{roundWords.missed}</b>
          </p>
          <ul class="round-missed">
            {view.missed.map(({ bed, why }) => (
              <li key={bed.bedId}>{roundWords.one({ label: bed.label, why: missedWords[why] })}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function missedList({ missed }: RoundView): string {
  return listOf(missed.map(({ bed, why }) => `${bed.label} (${missedWords[why]})`))
}
