/** Whether a tablet may still use its camera and its microphone, while nobody calls (Permissions API). */
import type { TrackKind } from './camera.ts'

async function asked(kind: TrackKind): Promise<PermissionStatus> {
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
