/** How scans come to this page: by the device's share menu, through the service worker, or because the app opens such files. */
import type { HandedBy, ScanDoor, ScanIo, ScanSource } from '../state/scan-ports.ts'

let io: Promise<ScanIo> | null = null

async function load(): Promise<ScanIo> {
  const { browserScans } = await import('./scan/io.ts')
  return browserScans()
}

const sourceOf = (file: File): ScanSource => ({ name: file.name, content: file })

/** What the service worker holds for the page that asks first (sw/shared.ts). */
function listenToShares(hear: (sources: readonly ScanSource[], by: HandedBy) => void): void {
  const { serviceWorker: worker } = navigator
  worker?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!Array.isArray(data)) return
    const files: readonly unknown[] = data
    const sources = files.flatMap((file) => (file instanceof File ? [sourceOf(file)] : []))
    if (sources.length > 0) hear(sources, 'page')
  })
  worker?.startMessages()
  worker?.controller?.postMessage('pictures')
}

export const browserScanDoor: ScanDoor = {
  io() {
    io ??= load()
    io.catch(() => {
      io = null
    })
    return io
  },
  listen(hear) {
    listenToShares(hear)
    globalThis.launchQueue?.setConsumer(async ({ files }) => {
      const opened = await Promise.all(files.map((handle) => handle.getFile().catch(() => null)))
      const sources = opened.flatMap((file) => (file ? [sourceOf(file)] : []))
      if (sources.length > 0) hear(sources, 'person')
    })
  },
}
