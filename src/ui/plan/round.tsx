/** A round: its beds in their order, dragged or moved by keys, each done or left out. */
import { type Signal, useSignal } from '@preact/signals'
import grip from 'lucide-static/icons/grip-vertical.svg?raw'
import type { Appointment, PlanScreens } from '../../state/plan.ts'
import { reorderAct, stopAct } from '../../state/plan-acts.ts'
import { stopSpans } from '../../state/plan-entries.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { actWords, stopStates } from '../words-changes.ts'
import { bedWord, clockWord, minutesWord } from '../words-plan.ts'
import { bedLabel } from './lines.ts'

type Dragged = { readonly from: number; readonly to: number }
type RoundProps = { plan: PlanScreens; row: Appointment }

export function Round({ plan, row }: RoundProps) {
  const dragged = useSignal<Dragged | null>(null)
  const reorder = (from: number, to: number) => {
    const act = reorderAct(row, from, to)
    if (act) void plan.ask(act, 'reordered')
  }
  const put = dragged.value
  return (
    <ol class="stops" aria-label={actWords.round}>
      {stopSpans(row).map(({ stop, index, startMs }) => {
        const bed = bedWord(bedLabel(plan, stop.bedId))
        const mark =
          put?.from === index ? ' lifted' : put?.to === index ? (put.from < index ? ' below' : ' above') : ''
        return (
          <li key={stop.bedId} class={`stop ${stop.state}${mark}`}>
            {plan.mayChange && (
              <button
                type="button"
                class="grip"
                aria-label={actWords.drag({ bed })}
                onPointerDown={(event) => dragStop(event, index, dragged, reorder)}
                onKeyDown={(event) => {
                  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
                  if (step === undefined) return
                  event.preventDefault()
                  reorder(index, index + step)
                }}
              >
                <Icon svg={grip} />
              </button>
            )}
            <span class="stop-what">
              <b>{bed}</b>
              <span>{`${clockWord(startMs, plan.zone.value)} · ${minutesWord(stop.minutes)}`}</span>
              <Lying plan={plan} stop={stop} />
            </span>
            {plan.mayChange && <StopActs plan={plan} row={row} index={index} bed={bed} />}
            {!plan.mayChange && <span>{stopStates[stop.state]}</span>}
          </li>
        )
      })}
    </ol>
  )
}

/** The place of a stop follows the finger; it is put where it is let go. */
function dragStop(
  event: PointerEvent,
  from: number,
  dragged: Signal<Dragged | null>,
  reorder: (from: number, to: number) => void,
): void {
  const handle = event.currentTarget
  const list = handle instanceof HTMLElement ? handle.closest('ol') : null
  if (!(handle instanceof HTMLElement) || !list) return
  handle.setPointerCapture(event.pointerId)
  const listening = new AbortController()
  const { signal } = listening
  const move = ({ clientY }: PointerEvent) => {
    const below = [...list.children].findIndex((item) => clientY < item.getBoundingClientRect().bottom)
    dragged.value = { from, to: below === -1 ? list.children.length - 1 : below }
  }
  const end = () => {
    const put = dragged.value
    listening.abort()
    dragged.value = null
    return put
  }
  const drop = () => {
    const put = end()
    if (put && put.to !== put.from) reorder(put.from, put.to)
  }
  handle.addEventListener('pointermove', move, { signal })
  handle.addEventListener('pointercancel', end, { signal })
  handle.addEventListener('pointerup', drop, { signal })
}

/** Who lies there now; a stop for somebody who has left says so (HZ-1). */
function Lying({ plan, stop }: { plan: PlanScreens; stop: Appointment['stops'][number] }) {
  const stay = plan.sync.view.value.get('bed', stop.bedId)?.stay ?? null
  const isSame = stop.admissionId === null || stay?.admissionId === stop.admissionId
  if (!isSame) return <span class="warns">{actWords.left}</span>
  return stay ? <span class="stop-who">{stay.patient.name}</span> : null
}

type StopProps = RoundProps & { index: number; bed: string }

function StopActs({ plan, row, index, bed }: StopProps) {
  const state = row.stops[index]?.state
  const set = (next: 'open' | 'done' | 'skipped') => void plan.ask(stopAct(row, index, next), 'changed')
  if (state !== 'open') {
    return (
      <>
        <span class="stop-state">{state && stopStates[state]}</span>
        <Button label={actWords.stopOpen({ bed })} onPress={() => set('open')}>
          {actWords.open1}
        </Button>
      </>
    )
  }
  return (
    <>
      <Button label={actWords.stopDone({ bed })} onPress={() => set('done')}>
        {actWords.done1}
      </Button>
      <Button label={actWords.stopSkip({ bed })} onPress={() => set('skipped')}>
        {actWords.skip1}
      </Button>
    </>
  )
}
