/** A bed that is in a call with a nurse, in a world that does only what a test says. */
import { vi } from 'vitest'
import { type Bed, createBed } from '../../src/state/bed.ts'
import { bedOne, fakeWorld, ringingAt, welcomeOf } from './ports.ts'

/** `back`: the welcome that it would be told again. */
export async function bedInCall() {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1 }
  const bed: Bed = createBed(ports)
  await world.settle()
  const accepted = ringingAt('callee', { phase: 'accepted' })
  const back = () => welcomeOf(bedOne, { snapshot: { beds: [], calls: [accepted] } })
  world.socket?.welcomed(back())
  // What counts a call comes while it rings.
  await vi.dynamicImportSettled()
  bed.calls.answer()
  world.media?.linkUp('call-1', 1)
  return { world, bed, back }
}
