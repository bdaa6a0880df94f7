/** Sealed copies of scans at the station: their part follows the board by itself, so that what waits goes and what came is seen. */
import { signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { CallsPatient } from '../../core/scan/whose.ts'
import type { Copies } from '../../state/scan-copies.ts'
import type { ScanIo } from '../../state/scan-ports.ts'
import type { Viewer } from '../../state/scan-viewer.ts'
import type { Station } from '../../state/station.ts'
import { createLater, useLater } from '../parts/later.ts'

type Part = typeof import('../scan-copies/index.ts')
type Opened = { readonly of: Station; readonly part: Part; readonly copies: Copies }

/** One for the page. */
const opened = signal<Opened | null>(null)
const isListShown = signal(false)
/** What a dialog asks about, to send a copy of it. */
const sending = signal<SendProps | null>(null)

function copiesOf(station: Station): Opened | null {
  return opened.value?.of === station ? opened.value : null
}

async function load(station: Station): Promise<Opened> {
  const [part, port] = await Promise.all([import('../scan-copies/index.ts'), station.copies()])
  return { of: station, part, copies: part.openDesk(station, port) }
}

/** In the bar, for whoever may show scans; how many are new stands on it. */
export function CopiesButton({ station }: { station: Station }) {
  return station.mayEver('scan.share') ? <Button station={station} /> : null
}

function Button({ station }: { station: Station }) {
  const later = useMemo(() => createLater(() => load(station)), [station])
  const there = useLater(later)
  useEffect(() => {
    if (there && !opened.peek()) opened.value = there
  }, [there])
  const now = copiesOf(station)
  return now && <now.part.BarButton copies={now.copies} onPress={() => (isListShown.value = true)} />
}

/** Beside the bar and not in it, where a narrow screen leaves words out. */
export function CopiesSheet({ station }: { station: Station }) {
  const now = copiesOf(station)
  if (!now || station.lock.locked.value || station.me.value === null) return null
  return (
    <>
      {isListShown.value && (
        <now.part.CopiesDialog
          {...{ station, copies: now.copies }}
          onClose={() => (isListShown.value = false)}
        />
      )}
      <now.part.Ended copies={now.copies} />
      {sending.value && (
        <now.part.Sending {...sending.value} copies={now.copies} onClose={() => (sending.value = null)} />
      )}
    </>
  )
}

/** A copy that somebody sent is looked at here. */
export function isCopyShown(station: Station): boolean {
  return copiesOf(station)?.copies.reading.opened.value != null
}

export function CopyShown({ station }: { station: Station }) {
  const now = copiesOf(station)
  return now && <now.part.CopyViewer copies={now.copies} />
}

type SendProps = {
  station: Station
  io: ScanIo
  viewer: Viewer
  /** Whose call it is, where the board says so. */
  patient: CallsPatient | null
}

/** What one has open oneself, to somebody who is not here now. */
export function SendCopyButton(props: SendProps) {
  const now = copiesOf(props.station)
  const open = () => {
    sending.value = props
  }
  // Whoever closes the pictures sends nothing of them.
  useEffect(
    () => () => {
      sending.value = null
    },
    [],
  )
  return now && <now.part.SendCopy {...props} copies={now.copies} onOpen={open} />
}
