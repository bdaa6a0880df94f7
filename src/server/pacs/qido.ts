/** Asks what the PACS has (QIDO-RS, PS3.18 section 10.6), and passes on only what is surely of the asked patient (HZ-1). */
import * as v from 'valibot'
import { dicomUid, type PacsSeries, type PacsStudies, type PacsStudy } from '../../protocol/pacs.ts'
import type { Patient } from '../../protocol/people.ts'
import { PacsProblem } from './problem.ts'
import type { Upstream } from './upstream.ts'

export type Qido = ReturnType<typeof createQido>

const accept = 'application/dicom+json'
const mostBytes = 8 * 1024 * 1024
const mostStudies = 200
const mostSeries = 1_000
/** Of one series. */
export const mostInstances = 5_000

/** Attributes that are asked for and read (PS3.6). */
const tag = {
  instance: '00080018',
  date: '00080020',
  modality: '00080060',
  modalities: '00080061',
  studyDescription: '00081030',
  seriesDescription: '0008103E',
  patientId: '00100020',
  issuer: '00100021',
  born: '00100030',
  study: '0020000D',
  series: '0020000E',
  seriesNumber: '00200011',
  seriesOfStudy: '00201206',
  imagesOfStudy: '00201208',
  imagesOfSeries: '00201209',
} as const

const rows = v.array(v.record(v.string(), v.looseObject({ Value: v.optional(v.array(v.unknown())) })))
type Row = v.InferOutput<typeof rows>[number]

export function createQido(upstream: Upstream, issuer: string | null) {
  async function find(
    path: string,
    match: Readonly<Record<string, string>>,
    fields: readonly string[],
    limit: number,
    signal: AbortSignal,
  ): Promise<Row[]> {
    const query = [
      ...Object.entries(match).map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
      ...fields.map((field) => `includefield=${field}`),
      `limit=${limit}`,
    ].join('&')
    const answer = await upstream.ask(`${path}?${query}`, accept, signal)
    if (answer.status === 204) return []
    if (!/^application\/(?:dicom\+)?json\b/i.test(answer.type)) throw new PacsProblem('wrong-answer')
    const found = v.safeParse(rows, parsed(await textOf(answer.pieces)))
    if (!found.success) throw new PacsProblem('wrong-answer')
    return found.output
  }

  /** By number and issuer as they are written, since a number with a star in it would find others' (PS3.4 section C.2.2.2.4). */
  async function studiesOf(
    patient: Patient,
    study: string | null,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ readonly all: number; readonly own: readonly Row[]; readonly others: number }> {
    const match = {
      [tag.patientId]: patient.number,
      ...(issuer === null ? {} : { [tag.issuer]: issuer }),
      ...(study === null ? {} : { [tag.study]: study }),
    }
    const { date, modalities, studyDescription, born, seriesOfStudy, imagesOfStudy } = tag
    const fields = [date, modalities, studyDescription, born, tag.issuer, seriesOfStudy, imagesOfStudy]
    const found = await find('/studies', match, fields, limit, signal)
    const numbered = found.filter(
      (row) =>
        text(row, tag.patientId) === patient.number && (issuer === null || text(row, tag.issuer) === issuer),
    )
    const own = numbered.filter((row) => isBorn(row, patient) && uid(row, tag.study) !== null)
    return { all: found.length, own, others: numbered.filter((row) => !isBorn(row, patient)).length }
  }

  return {
    async studies(patient: Patient, nowMs: number, signal: AbortSignal): Promise<PacsStudies> {
      const { all, own, others } = await studiesOf(patient, null, mostStudies + 1, signal)
      const studies = own.slice(0, mostStudies).map(studyOf)
      return {
        type: 'found',
        studies: studies.toSorted((a, b) => (b.date ?? '').localeCompare(a.date ?? '')),
        withheld: others,
        isAll: all <= mostStudies,
        askedMs: nowMs,
      }
    },

    /** Whether the PACS lists this study as that patient's, asked anew. */
    async isStudyOf(patient: Patient, study: string, signal: AbortSignal): Promise<boolean> {
      const { own } = await studiesOf(patient, study, 10, signal)
      return own.some((row) => uid(row, tag.study) === study)
    },

    async series(study: string, signal: AbortSignal): Promise<PacsSeries[]> {
      const { modality, seriesDescription, seriesNumber, imagesOfSeries } = tag
      const fields = [modality, seriesDescription, seriesNumber, imagesOfSeries]
      const found = await find(`/studies/${study}/series`, {}, fields, mostSeries, signal)
      return found
        .flatMap((row) => {
          const series = uid(row, tag.series)
          return series === null ? [] : [seriesOf(row, series)]
        })
        .toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0))
    },

    async instances(study: string, series: string, signal: AbortSignal): Promise<string[]> {
      const path = `/studies/${study}/series/${series}/instances`
      const found = await find(path, {}, [tag.instance], mostInstances, signal)
      return found.flatMap((row) => uid(row, tag.instance) ?? [])
    },
  }
}

function studyOf(row: Row): PacsStudy {
  return {
    study: uid(row, tag.study) ?? '',
    date: dateOf(text(row, tag.date)),
    modalities: values(row, tag.modalities).map((one) => one.slice(0, 16)),
    description: text(row, tag.studyDescription).slice(0, 200),
    series: count(row, tag.seriesOfStudy),
    images: count(row, tag.imagesOfStudy),
  }
}

function seriesOf(row: Row, series: string): PacsSeries {
  return {
    series,
    number: count(row, tag.seriesNumber),
    modality: text(row, tag.modality).slice(0, 16),
    description: text(row, tag.seriesDescription).slice(0, 200),
    images: count(row, tag.imagesOfSeries),
  }
}

/** The second identifier: a number that was mistyped at the admission is somebody else's (HZ-1). Unknown there is not other. */
function isBorn(row: Row, { born }: Patient): boolean {
  const theirs = text(row, tag.born)
  return theirs === '' || dateOf(theirs) === born
}

function dateOf(written: string): string | null {
  const [, year, month, day] = /^(\d{4})[.-]?(\d\d)[.-]?(\d\d)$/.exec(written) ?? []
  const date = `${year}-${month}-${day}`
  return v.is(v.pipe(v.string(), v.isoDate()), date) ? date : null
}

function values(row: Row, name: string): string[] {
  const all = row[name]?.Value ?? []
  return all
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map((one) => String(one).trim())
}

function text(row: Row, name: string): string {
  return values(row, name)[0] ?? ''
}

function uid(row: Row, name: string): string | null {
  const found = text(row, name)
  return v.is(dicomUid, found) ? found : null
}

function count(row: Row, name: string): number | null {
  const found = text(row, name)
  return /^\d{1,9}$/.test(found) ? Number(found) : null
}

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = []
  let length = 0
  for await (const piece of pieces) {
    length += piece.length
    if (length > mostBytes) throw new PacsProblem('too-large')
    all.push(piece)
  }
  return Buffer.concat(all).toString('utf8')
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
