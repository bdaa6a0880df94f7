/** A real PACS, Orthanc, that has a CT of the patient in bed 1, and of nobody else. */
import { numbered } from '../fakes/numbered.ts'
import { phantomSlices, readScan } from '../fakes/scans.ts'
import { startOrthanc } from '../orthanc.ts'
import { newServer, type Server } from './server.ts'

/** The patient in bed 1 of the demo ward. */
export const eero = 'DEMO-1048'

/** The slices as they lie there, with this patient's number. */
export const eerosCt = phantomSlices.map((name) => ({ name, file: numbered(readScan(name), eero) }))

/** A server that asks this PACS, for as long as it is used. */
export async function serverWithPacs(
  timeScale: number,
  use: (server: Server) => Promise<void>,
): Promise<void> {
  const orthanc = await startOrthanc('bedside', 'open sesame')
  await orthanc.store(eerosCt.map(({ file }) => file))
  const environment = {
    BEDSIDE_PACS_URL: orthanc.url,
    BEDSIDE_PACS_USER: 'bedside',
    BEDSIDE_PACS_PASSWORD: 'open sesame',
  }
  const server = await newServer(timeScale, { environment })
  await server.start()
  await use(server)
  await server.remove()
  await orthanc.close()
}
