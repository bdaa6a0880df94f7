/** The files that a person has open: what opened, what did not and why, whose they are, and into which stacks they fall. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import type { ScanFailure } from '../core/scan/outcome.ts'
import type { ScanIdentity } from '../core/scan/scan.ts'
import { byPatient, patientOf, type Stack, stacksOf, withoutTwins } from '../core/scan/stacks.ts'
import type { OpenedScan, Opening, PdfFailure, ScanIo, ScanReader, ScanSource } from './scan-ports.ts'
import { wipe } from './scan-wipe.ts'

/** What did not open, by the name that its file has. */
export type Failed = {
  readonly name: string
  readonly failure: ScanFailure['failure'] | PdfFailure
  readonly detail: string
}

/** Somebody whose pictures were handed over. */
export type Patient = {
  readonly patient: string
  readonly identity: ScanIdentity
  readonly files: number
}

export type ScanFiles = {
  /** While files are opened. */
  readonly opening: ReadonlySignal<{ readonly done: number; readonly of: number } | null>
  readonly failed: ReadonlySignal<readonly Failed[]>
  /** How many more did not open than have a name here. */
  readonly unnamed: ReadonlySignal<number>
  /** Names of files that were open already. */
  readonly twins: ReadonlySignal<readonly string[]>
  /** More than one: a person has to choose, and nothing is shown until then (VIEW-10). */
  readonly patients: ReadonlySignal<readonly Patient[]>
  /** Empty while there is a choice to make. */
  readonly stacks: ReadonlySignal<readonly Stack<OpenedScan>[]>
  /** Resolves when each of them is open or has failed. */
  open(sources: readonly ScanSource[]): Promise<void>
  /** Keeps the pictures of this one, and closes those of the others. */
  choose(patient: string): void
  /** What is said of failures and of twins has been read. */
  dismiss(): void
  /** Nothing of them stays, and nothing is opened any more. */
  close(): void
}

type Filed = {
  readonly file: OpenedScan
  /** With what it was handed over. */
  readonly bundle: string
  /** Of a photograph: whose pictures it was put beside; null while there are none. */
  readonly beside: string | null
}
type FailedOpening = Extract<Opening, { type: 'failed' }>

/** So many names are enough to know what went wrong; the rest is counted. */
const mostNamed = 200

/** Of one hand; a series has some hundreds, a disc some thousands. */
export const mostFiles = 4_000

/** A PDF is no scan, and is known by its first bytes (SCAN-14). */
const isPdf = ({ failure, detail }: FailedOpening) => failure === 'not-dicom' && detail === 'PDF'

export function createScanFiles(io: ScanIo, reader: ScanReader): ScanFiles {
  const filed = signal<readonly Filed[]>([])
  const failed = signal<readonly Failed[]>([])
  const unnamed = signal(0)
  const twins = signal<readonly string[]>([])
  const opening = signal<{ readonly done: number; readonly of: number } | null>(null)
  const files = computed(() => filed.value.map(({ file }) => file))
  const patients = computed(() => patientsOf(files.value))
  const stacks = computed(() => {
    if (patients.value.length > 1) return []
    const bundles = new Map(filed.value.map(({ file, bundle }) => [file.fileId, bundle]))
    return stacksOf(files.value, ({ fileId }) => bundles.get(fileId) ?? fileId)
  })
  const over = new AbortController()
  let openings = 0
  let bundles = 0

  function fail(name: string, why: Pick<Failed, 'failure' | 'detail'>): void {
    if (failed.value.length >= mostNamed) unnamed.value += 1
    else failed.value = [...failed.value, { name, failure: why.failure, detail: why.detail }]
  }

  function count(done: number, of: number): void {
    const before = opening.value ?? { done: 0, of: 0 }
    opening.value = { done: before.done + done, of: before.of + of }
  }

  /** Those of one hand go into one bundle. What opened is kept once all of them are: stacks do not change under a reader. */
  async function openBundle(
    sources: readonly ScanSource[],
    signalled: AbortSignal,
  ): Promise<readonly FailedOpening[]> {
    bundles += 1
    const bundle = `${bundles}`
    const found: Filed[] = []
    const pdfs: FailedOpening[] = []
    const tell = (told: Opening) => {
      count(1, 0)
      if (told.type === 'opened') found.push({ file: told.file, bundle, beside: null })
      else if (isPdf(told)) pdfs.push(told)
      else fail(told.name, told)
    }
    await reader.open(sources, tell, signalled)
    if (signalled.aborted) reader.close(found.map(({ file }) => file.fileId))
    else keep(found)
    return pdfs
  }

  function keep(found: readonly Filed[]): void {
    const all = [...filed.value, ...found]
    const sorted = withoutTwins(all.map(({ file }) => file))
    const gone = new Set(sorted.twins)
    batch(() => {
      filed.value = besides(all.filter(({ file }) => !gone.has(file)))
      twins.value = [...twins.value, ...sorted.twins.map(({ name }) => name)].slice(0, mostNamed)
    })
    reader.close(sorted.twins.map(({ fileId }) => fileId))
  }

  async function openPdf(pdf: ScanSource, signalled: AbortSignal): Promise<void> {
    const pages = await io.pages(pdf)
    if (signalled.aborted) return pages.ok ? wipeAll(pages.value) : undefined
    if (!pages.ok) return fail(pdf.name, { failure: pages.failure, detail: '' })
    count(0, pages.value.length)
    await openBundle(pages.value, signalled)
  }

  function forgetNews(): void {
    failed.value = []
    twins.value = []
    unnamed.value = 0
  }

  /** Two of one name in one hand are told apart by nothing: each of them is tried. */
  function sourcesOf(sources: readonly ScanSource[], pdfs: readonly FailedOpening[]): readonly ScanSource[] {
    const names = new Set(pdfs.map(({ name }) => name))
    return sources.filter(({ name }) => names.has(name))
  }

  return {
    opening,
    failed,
    unnamed,
    twins,
    patients,
    stacks,
    async open(handed) {
      if (handed.length === 0) return
      const { signal: signalled } = over
      if (signalled.aborted) return wipeAll(handed)
      const sources = handed.slice(0, mostFiles)
      for (const { name } of handed.slice(mostFiles))
        fail(name, { failure: 'too-large', detail: `${mostFiles} files` })
      openings += 1
      count(0, sources.length)
      const pdfs = await openBundle(sources, signalled)
      for (const pdf of sourcesOf(sources, pdfs)) await openPdf(pdf, signalled)
      openings -= 1
      if (openings === 0) opening.value = null
    },
    choose(patient) {
      const stay = new Set(staying(filed.peek(), patient))
      const gone = filed.peek().filter((one) => !stay.has(one))
      filed.value = besides([...stay])
      reader.close(gone.map(({ file }) => file.fileId))
    },
    dismiss() {
      batch(forgetNews)
    },
    close() {
      over.abort()
      const gone = filed.peek().map(({ file }) => file.fileId)
      batch(() => {
        filed.value = []
        forgetNews()
      })
      reader.close(gone)
    },
  }
}

/** Of what nobody is there to see. */
function wipeAll(sources: readonly ScanSource[]): void {
  for (const { content } of sources) wipe(content)
}

/** A photograph that is nobody's yet is put beside the one whose pictures are there. */
function besides(all: readonly Filed[]): readonly Filed[] {
  const [only, ...others] = byPatient(all.map(({ file }) => file)).keys()
  if (only === undefined || others.length > 0) return all
  return all.map((one) => (one.file.kind === 'photo' && one.beside === null ? { ...one, beside: only } : one))
}

/** [VIEW-10] Photographs stay with whom they were put beside; of those that came in one hand with others nobody knows. */
function staying(all: readonly Filed[], patient: string): readonly Filed[] {
  const isOthers = ({ file }: Filed) => file.kind === 'dicom' && patientOf(file) !== patient
  const mixed = new Set(all.filter(isOthers).map(({ bundle }) => bundle))
  return all.filter((one) => {
    if (one.file.kind === 'dicom') return !isOthers(one)
    return one.beside === patient || (one.beside === null && !mixed.has(one.bundle))
  })
}

function patientsOf(files: readonly OpenedScan[]): readonly Patient[] {
  return [...byPatient(files)].flatMap(([patient, theirs]) => {
    const [first] = theirs
    return first ? [{ patient, identity: first.scan.identity, files: theirs.length }] : []
  })
}
