/** Everything of scans that touches the world, for one page. */
import type { ScanIo, SharingIo } from '../../state/scan-ports.ts'
import { httpApi } from '../api.ts'
import { scriptAddress } from '../script-address.ts'
import { createDesk } from './desk.ts'
import { createPainter } from './painter.ts'
import { createReader, type PageReader } from './reader.ts'
import type { Stage } from './sheet.ts'
import { createCpuStage } from './stage-cpu.ts'
import { createGlStage } from './stage-gl.ts'
import workerAddress from './worker.ts?worker&url'

let scans: ScanIo | null = null

/** One for the page. */
export function browserScans(): ScanIo {
  scans ??= createScans()
  return scans
}

function createScans(): ScanIo {
  let reader: PageReader | null = null
  let stages: readonly Stage[] | null = null
  let sharing: SharingIo | null = null
  const makeWorker = () => new Worker(scriptAddress(workerAddress), { type: 'module', name: 'scans' })
  async function getReader(): Promise<PageReader> {
    reader ??= createReader(createDesk(makeWorker), () => crypto.randomUUID())
    return reader
  }
  return {
    reader: getReader,
    async sharing(relaysOf) {
      sharing ??= (await import('./sharing.ts')).createSharing(relaysOf)
      return sharing
    },
    stripper: async () => (await import('./stripper.ts')).createScanStripper(await getReader()),
    painter(canvas, of) {
      stages ??= [createGlStage(), createCpuStage()]
      return createPainter(canvas, of, stages)
    },
    camera: async () => (await import('./photo-camera.ts')).createPhotoCamera(),
    pacs: async () => (await import('./pacs.ts')).createPacs(httpApi),
    pages: async (pdf) => (await import('./pdf.ts')).pagesOf(pdf),
  }
}
