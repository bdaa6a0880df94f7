/** Where *This device* is opened from, and whether it stands. */
import { signal } from '@preact/signals'
import check from 'lucide-static/icons/activity.svg?raw'
import type { Station } from '../../state/station.ts'
import { IconButton } from '../parts/button.tsx'
import { checkWords } from '../words-station.ts'
import { later } from './part.ts'

export const checkShown = signal(false)

export function CheckButton() {
  return <IconButton icon={check} label={checkWords.title} onPress={() => (checkShown.value = true)} />
}

export function CheckPart({ station }: { station: Station }) {
  const part = later.part.value
  return checkShown.value && part && !station.lock.locked.value && <part.CheckDialog station={station} />
}
