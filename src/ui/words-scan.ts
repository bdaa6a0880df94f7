/** What is said about scans and photographs. */
import type { Window } from '../core/scan/grey.ts'
import type { Plate } from '../core/scan/plate.ts'
import type { Preset } from '../core/scan/presets.ts'
import type { ScanIdentity } from '../core/scan/scan.ts'
import type { Stack } from '../core/scan/stacks.ts'
import type { Failed } from '../state/scan-files.ts'
import { localeNow } from './texts/catalogue.ts'
import { dateFormat } from './texts/dates.ts'
import { scan } from './texts/scan.ts'
import { filled } from './words.ts'

export const scanWords = scan('scan')
export const plateWords = scan('plate')
export const toolWords = scan('tools')
export const stackWords = scan('stacks')
export const newsWords = scan('news')
const presetWords = scan('presets')
const failureWords = scan('failures')
const metWords = scan('met')

type Counted = 'frames' | 'files' | 'bits' | 'colour' | 'signed'

const day: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric' }
/** A date of a file is a day on a calendar, in no zone. */
const zone = 'UTC'

/** A `YYYYMMDD` as people write it; what is no date is shown as it stands in the file. */
export function dayWord(text: string): string {
  const [, year, month, date] = text.match(/^(\d{4})(\d{2})(\d{2})$/) ?? []
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(date))
  return Number.isNaN(ms) ? text : dateFormat(day, zone).format(ms)
}

function numberWord(value: number): string {
  return new Intl.NumberFormat(localeNow(), { maximumFractionDigits: 6, useGrouping: false }).format(value)
}

export function windowWord({ centre, width }: Window): string {
  return plateWords.window({ width: numberWord(width), centre: numberWord(centre) })
}

/** Through what it is seen; empty where there is nothing to say. */
export function throughWord({ through }: Plate): string {
  switch (through.type) {
    case 'window':
      return windowWord(through.voi)
    case 'table':
      return through.name === null ? plateWords.table : plateWords.tableNamed({ name: through.name })
    case 'colour':
    case 'unknown':
      return ''
  }
}

/** The same for the ear. */
export function throughLong(plate: Plate): string {
  const { through } = plate
  if (through.type !== 'window') return throughWord(plate)
  const { width, centre } = through.voi
  return plateWords.windowLong({ width: numberWord(width), centre: numberWord(centre) })
}

export function lossyWord({ ratio }: { readonly ratio: number | null }): string {
  return ratio === null ? plateWords.lossy : plateWords.lossyRatio({ ratio: numberWord(ratio) })
}

export function aspectWord(pixelAspect: number): string {
  return plateWords.aspect({ aspect: `1:${numberWord(Math.round(pixelAspect * 100) / 100)}` })
}

export function nameWord({ patientName, isPhoto }: Pick<Plate, 'patientName' | 'isPhoto'>): string {
  return patientName ?? (isPhoto ? plateWords.photo : plateWords.noName)
}

/** Birth date and number, as far as the file says them. */
export function personWords({
  patientBirthDate,
  patientId,
}: Pick<ScanIdentity, 'patientBirthDate' | 'patientId'>): readonly string[] {
  return [
    ...(patientBirthDate === null ? [] : [plateWords.born({ date: dayWord(patientBirthDate) })]),
    ...(patientId === null ? [] : [patientId]),
  ]
}

/** Date, kind and series. */
export function studyWords({ studyDate, modality, seriesDescription, isPhoto }: Plate): readonly string[] {
  const when = studyDate === null ? (isPhoto ? [] : [plateWords.noDate]) : [dayWord(studyDate)]
  return [
    ...when,
    ...(modality && !isPhoto ? [modality] : []),
    ...(seriesDescription ? [seriesDescription] : []),
  ]
}

/** What the file calls it, else what it is. */
export function stackWord({ kind, identity }: Stack): string {
  if (kind === 'photos') return stackWords.photos
  if (identity.seriesDescription) return identity.seriesDescription
  if (kind === 'film') return stackWords.film
  return identity.seriesNumber === null
    ? stackWords.series
    : stackWords.seriesNumber({ count: identity.seriesNumber })
}

export function presetWord(preset: Preset, place: number): string {
  if (preset.type === 'ct') return presetWords[preset.preset]
  if (preset.type === 'named') return preset.name ?? presetWords.named({ count: place + 1 })
  return presetWords[preset.type]
}

/** Why a file was not opened, or a picture is not shown. */
export function failureWord({ failure, detail }: Pick<Failed, 'failure' | 'detail'>): string {
  return filled(failureWords[sentenceOf(failure, detail)], { what: metWord(detail) })
}

function sentenceOf(failure: Failed['failure'], detail: string): keyof typeof failureWords {
  // A file that begins as nothing that is known has no name.
  if (failure === 'not-dicom') return /^(prefix|)$/.test(detail) ? failure : 'foreign'
  if (failure === 'too-large' && detail === '') return 'large'
  return failure === 'no-codec' && /^(memory|canvas)$/.test(detail) ? 'no-memory' : failure
}

const plainlyMet: Readonly<Record<string, Exclude<keyof typeof metWords, Counted>>> = {
  program: 'program',
  deflated: 'deflated',
  time: 'time',
  'no colour': 'noColour',
  'no bits': 'noBits',
  palette: 'palette',
  grey: 'grey',
}
const countedMet: Readonly<Record<string, Counted>> = {
  frames: 'frames',
  files: 'files',
  bits: 'bits',
  'bits of colour': 'colour',
  'signed bits of colour': 'signed',
}

/** What was met, in the language of the screen. What has no words here is a name, or a size: both are the same everywhere. */
function metWord(detail: string): string {
  const plain = Object.hasOwn(plainlyMet, detail) && plainlyMet[detail]
  if (plain) return metWords[plain]
  const [, count = '', what = ''] = detail.match(/^(\d+) ([a-z ]+)$/) ?? []
  if (what === 'bytes') return megabytes(Number(count))
  const counted = Object.hasOwn(countedMet, what) && countedMet[what]
  return counted ? metWords[counted]({ count: Number(count) }) : detail
}

function megabytes(bytes: number): string {
  const unit = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 } as const
  return new Intl.NumberFormat(localeNow(), unit).format(bytes / 1_000_000)
}
