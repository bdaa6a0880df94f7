/** The reader of a copy: its files say nothing of whose they are, so that each is given what the list of contents says. */
import type { ScanIdentity } from '../core/scan/scan.ts'
import type { Manifest } from '../protocol/scan-share.ts'
import type { ScanReader } from './scan-ports.ts'

type Said = Partial<ScanIdentity>

/** By the names under which they are handed over: the first one is `1`. */
function saidBy({ identity, series }: Manifest): ReadonlyMap<string, Said> {
  return new Map(
    series.flatMap(({ label, modality, studyDate, files }) =>
      files.map((file): [string, Said] => [
        `${file + 1}`,
        {
          ...identity,
          ...(studyDate === null ? {} : { studyDate }),
          ...(label === null ? {} : { seriesDescription: label }),
          ...(modality === null ? {} : { modality }),
        },
      ]),
    ),
  )
}

const named = <T extends { readonly identity: ScanIdentity }>(one: T, said: Said): T => ({
  ...one,
  identity: { ...one.identity, ...said },
})

export function createCopyReader(reader: ScanReader, manifest: Manifest): ScanReader {
  const byName = saidBy(manifest)
  const byFile = new Map<string, Said>()
  return {
    async open(sources, tell, signal) {
      await reader.open(
        sources,
        (opening) => {
          if (opening.type === 'failed') return tell(opening)
          const { file } = opening
          // A photograph names nobody.
          const said = (file.kind === 'dicom' && byName.get(file.name)) || {}
          byFile.set(file.fileId, said)
          tell({
            type: 'opened',
            file: { ...file, scan: named(file.scan, said), first: named(file.first, said) },
          })
        },
        signal,
      )
    },
    async frame(fileId, frame) {
      const found = await reader.frame(fileId, frame)
      return found.ok ? { ...found, value: named(found.value, byFile.get(fileId) ?? {}) } : found
    },
    picture: reader.picture,
    bytes: reader.bytes,
    close(fileIds) {
      for (const fileId of fileIds) byFile.delete(fileId)
      reader.close(fileIds)
    },
  }
}
