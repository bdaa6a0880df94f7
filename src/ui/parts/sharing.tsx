/** What is shown in a call, as its screens have it: nothing is fetched before the call is live. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Calls } from '../../state/calls.ts'
import type { ScanShare } from '../../state/scan-share.ts'
import { createLater, useLater } from './later.ts'

const later = createLater(() => import('../scan-share/index.ts'))
type Part = typeof import('../scan-share/index.ts')

/** Of whose calls it is; another screen of this page has others. */
const opened = signal<{ readonly calls: Calls; readonly share: ScanShare; readonly part: Part } | null>(null)

/** Null until it is there. */
export function sharingOf(calls: Calls): { readonly share: ScanShare; readonly part: Part } | null {
  const now = opened.value
  return now?.calls === calls ? now : null
}

/** Beside a call that goes on: fetches it, and keeps it for all that follow. */
export function Sharing({ calls }: { calls: Calls }) {
  return calls.seats.value.some(({ state }) => state.value.type === 'live') ? <Fetched calls={calls} /> : null
}

function Fetched({ calls }: { calls: Calls }) {
  const part = useLater(later)
  useEffect(() => {
    if (part && !sharingOf(calls))
      void part.shareOf(calls).then((share) => {
        opened.value = { calls, share, part }
      })
  }, [part, calls])
  return null
}

/** The place of whoever is shown something, large over the pictures of the call. */
export function ShownToMe({ calls, size }: { calls: Calls; size: 'usual' | 'large' }) {
  const now = sharingOf(calls)
  return (
    <>
      <Sharing calls={calls} />
      {now && <now.part.Following share={now.share} size={size} />}
    </>
  )
}
