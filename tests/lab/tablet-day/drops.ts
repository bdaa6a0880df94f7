/** What breaks between a tablet and its ward between calls. Untouched, it is Ready again each time (HZ-11). */
import type { DropKind } from './plan.ts'
import { isReady, label, type Ward } from './ward.ts'

export async function drop(ward: Ward, kind: DropKind, lastsMs: number): Promise<void> {
  const { bed, way, comes, passes, killServer, startServer } = ward
  if (kind === 'the air is silent') {
    way.stop()
    await passes(lastsMs)
    way.goOn()
  } else if (kind === 'every socket is lost') {
    way.cut()
    await passes(1_000)
  } else {
    await killServer()
    await passes(lastsMs)
    await startServer()
  }
  await comes('Ready', () => isReady(bed))
  await comes('Ready on the board', () => onBoard(ward))
}

/** The board may say more of the bed, as what its patient asks for. */
export async function onBoard({ station }: Ward): Promise<boolean> {
  const card = station()
    .getByRole('list', { name: 'Beds' })
    .getByRole('listitem', { name: `Bed ${label}`, exact: true })
  return await card
    .getByRole('status')
    .filter({ hasText: /^Ready$/ })
    .first()
    .isVisible()
}
