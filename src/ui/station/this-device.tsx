/** Where *This device* is opened from, and whether it stands. */
import { signal } from '@preact/signals'
import shield from 'lucide-static/icons/shield-check.svg?raw'
import type { Station } from '../../state/station.ts'
import { IconButton } from '../parts/button.tsx'
import { checkWords } from '../words-station.ts'
import { later } from './part.ts'

export const deviceShown = signal(false)

export function DeviceButton() {
  return <IconButton icon={shield} label={checkWords.title} onPress={() => (deviceShown.value = true)} />
}

export function DevicePart({ station }: { station: Station }) {
  const part = later.part.value
  return deviceShown.value && part && !station.lock.locked.value && <part.DeviceDialog station={station} />
}
