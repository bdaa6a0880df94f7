/** Whether a tablet may still use its camera and its microphone, while nobody calls (Permissions API). */
import type { TrackKind } from './camera.ts'

const statuses = new Map<TrackKind, Promise<PermissionStatus>>()

/**
 * Asked once for the life of the page: Chromium keeps every answer for as long, and a tablet that looks twice a minute would
 * have thousands by the evening. While somebody listens to it, its state is what is so now.
 */
function asked(kind: TrackKind): Promise<PermissionStatus> {
  const known = statuses.get(kind)
  if (known) return known
  const status = ask(kind)
  statuses.set(kind, status)
  // What failed once may be answered the next time.
  status.catch(() => statuses.delete(kind))
  return status
}

async function ask(kind: TrackKind): Promise<PermissionStatus> {
  return await navigator.permissions.query({ name: kind as PermissionName })
}

/** What the browser would answer without asking anybody; `unknown`: it does not know the name. Never rejects. */
export async function allowed(kind: TrackKind): Promise<PermissionState | 'unknown'> {
  try {
    return (await asked(kind)).state
  } catch {
    return 'unknown'
  }
}

/** `changed` is called when a person, the browser or the device's management decides otherwise. */
export function watchAllowed(kind: TrackKind, changed: () => void): void {
  asked(kind).then(
    (status) => status.addEventListener('change', changed),
    () => {},
  )
}
