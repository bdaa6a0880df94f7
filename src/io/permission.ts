/** Whether this browser may use camera and microphone: known at the start, long before either is opened. */

/** What the browser would answer without asking the person; Safari and Firefox do not know every name. */
export async function permission(): Promise<'granted' | 'denied' | 'unknown'> {
  try {
    const names = ['camera', 'microphone'] as PermissionName[]
    const states = await Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name })).state),
    )
    if (states.includes('denied')) return 'denied'
    return states.every((state) => state === 'granted') ? 'granted' : 'unknown'
  } catch {
    return 'unknown'
  }
}
