/** Which build of the app this page is of, so that somebody from afar can see it (HZ-11). */

/**
 * The first twelve hexadecimal digits of the SHA-256 of its `index.html` (`protocol/tablet-health.ts`), as the worker, or the
 * server, has it; null where that names another script than this page runs, or nothing can be hashed.
 */
async function readOwn(): Promise<string | null> {
  const script = document.querySelector('script[type="module"][src]')?.getAttribute('src')
  const answer = await fetch('/index.html').catch(() => null)
  if (!script || !answer?.ok || !globalThis.crypto.subtle) return null
  const bytes = await answer.arrayBuffer()
  if (!new TextDecoder().decode(bytes).includes(`"${script}"`)) return null
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A page is of one build for as long as it is open. */
let own: string | null = null

/** The same; what could not be read is asked again. */
export async function ownBuild(): Promise<string | null> {
  own ??= await readOwn()
  return own
}
