/**
 * Pictures by the share menu of the device: taken here, so that no server ever gets them, held in memory for the page that
 * opens, and forgotten.
 */
/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope

/** What the manifest names (vite.config.ts). */
const target = '/station/pictures'
/** A page that is not there by then will not come: its files are forgotten. */
const heldMs = 60_000

let held: readonly File[] = []
let fetched = () => {}

export function isShare({ method, url }: Request): boolean {
  return method === 'POST' && new URL(url).pathname === target
}

export async function takeShare(event: FetchEvent): Promise<Response> {
  const form = await event.request.formData()
  held = form.getAll('pictures').filter((one) => one instanceof File)
  event.waitUntil(forgotten())
  return Response.redirect('/station', 303)
}

/** Keeps this worker alive until a page has asked, or nobody will. */
async function forgotten(): Promise<void> {
  const mine = held
  await new Promise<void>((then) => {
    fetched = then
    setTimeout(then, heldMs)
  })
  // Others may have come meanwhile.
  if (held === mine) held = []
}

self.addEventListener('message', ({ data, source }) => {
  if (data !== 'pictures' || held.length === 0) return
  source?.postMessage(held)
  held = []
  fetched()
})
