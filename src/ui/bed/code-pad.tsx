/** Six digits on a large pad, or from a keyboard; the room sees how many there are and never which. */
import erase from 'lucide-static/icons/delete.svg?raw'
import { useEffect } from 'preact/hooks'
import { codeDigits } from '../../core/staff-code.ts'
import type { Bed } from '../../state/bed.ts'
import type { DoorState, StaffDoor } from '../../state/staff-door.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { leftWord } from '../words-desk.ts'
import { codeWords } from '../words-settings.ts'
import { BedDialog } from './bed-dialog.tsx'

type CodePadProps = { bed: Bed; door: StaffDoor }

export function CodePad({ bed, door }: CodePadProps) {
  const state = door.state.value
  const isAsking = state.type === 'asks'
  useKeys(door)
  return (
    <BedDialog
      title={codeWords.title}
      class="code-pad"
      onClose={door.shut}
      acts={<Button onPress={door.shut}>{codeWords.close}</Button>}
    >
      <div class="pad-said">
        <Dots typed={state.type === 'waits' ? codeDigits : isAsking ? state.typed : 0} />
        <Said bed={bed} state={state} />
      </div>
      {/* Not disabled, which would take the focus from whoever types by it. */}
      <fieldset class="pad" aria-label={codeWords.pad}>
        {['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'].map((digit) => (
          <button
            key={digit}
            type="button"
            class="button plain"
            aria-disabled={!isAsking}
            onClick={() => door.press(digit)}
          >
            {digit}
          </button>
        ))}
        <button
          type="button"
          class="button plain"
          aria-label={codeWords.erase}
          aria-disabled={!isAsking || state.typed === 0}
          onClick={door.erase}
        >
          <Icon svg={erase} />
        </button>
      </fieldset>
    </BedDialog>
  )
}

/** Digits and Backspace wherever the focus is; Enter and space stay the focused key's own. */
function useKeys(door: StaffDoor): void {
  useEffect(() => {
    const hear = ({ key, repeat, ctrlKey, altKey, metaKey }: KeyboardEvent) => {
      if (repeat || ctrlKey || altKey || metaKey) return
      if (key === 'Backspace') door.erase()
      else door.press(key)
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [door])
}

function Dots({ typed }: { typed: number }) {
  return (
    <p class="dots" role="img" aria-label={codeWords.typed({ typed, all: codeDigits })}>
      {Array.from({ length: codeDigits }, (_, index) => (
        <span key={index} class={index < typed ? 'dot typed' : 'dot'} />
      ))}
    </p>
  )
}

function Said({ bed, state }: { bed: Bed; state: DoorState }) {
  useNow(250)
  if (state.type === 'pauses')
    return (
      <p class="wrong" role="timer">
        {codeWords.pauses({ time: leftWord(state.untilUpMs - bed.beside.clock.upMs()) })}
      </p>
    )
  if (state.type === 'asks' && state.left !== null && state.typed === 0)
    return (
      <p class="wrong" role="alert">
        {codeWords.wrong({ left: state.left })}
      </p>
    )
  return <p role="status">{state.type === 'waits' ? codeWords.waits : codeWords.where}</p>
}
