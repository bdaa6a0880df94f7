/** The station by keyboard: numbers go to a bed, and never ring it; `?` lists the keys. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import { later } from './part.ts'

export const keysShown = signal(false)

/** How long two digits may lie apart and still be one number. */
const numberMs = 800

export function Keys({ station }: { station: Station }) {
  useEffect(() => {
    const listen = newListener(station)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [station])
  const part = later.part.value
  return keysShown.value && part && <part.KeysDialog />
}

function newListener(station: Station): (event: KeyboardEvent) => void {
  let typed = ''
  let typedMs = 0
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
    if (event.key === '?') keysShown.value = true
    const begun = event.timeStamp - typedMs < numberMs ? typed : ''
    if (!/^\d$/.test(event.key) && !(begun && /^[a-z]$/i.test(event.key))) return
    typed = begun + event.key
    typedMs = event.timeStamp
    focusBed(station, typed)
  }
}

/** Someone who types or answers a dialog means something else by a key. */
function isBusy(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog, select, input, textarea') !== null
}

function focusBed(station: Station, label: string): void {
  const bed = station.beds.value.find((bed) => bed.label.toLowerCase() === label.toLowerCase())
  if (bed) document.getElementById(cardId(bed.bedId))?.focus()
}

/** The id of the button that opens a bed: where number keys and a closed panel put the focus. */
export function cardId(bedId: string): string {
  return `open-${bedId}`
}
