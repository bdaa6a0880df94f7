/** Whether this browser may use camera and microphone: known at the start, long before either is opened. */
import type { TrackKind } from './camera.ts'

/** What the browser would answer without asking the person; Safari and Firefox do not know every name. */
export async function permission(
  kinds: readonly TrackKind[] = ['camera', 'microphone'],
): Promise<'granted' | 'denied' | 'unknown'> {
  try {
    const states = await Promise.all(
      (kinds as PermissionName[]).map(async (name) => (await navigator.permissions.query({ name })).state),
    )
    if (states.includes('denied')) return 'denied'
    return states.every((state) => state === 'granted') ? 'granted' : 'unknown'
  } catch {
    return 'unknown'
  }
}
