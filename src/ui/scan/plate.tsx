/** What stands on a picture whatever else does (VIEW-14): whose it is, when, which, through what, and what it is not for (HZ-9). */
import type { ReadonlySignal } from '@preact/signals'
import type { Plate } from '../../core/scan/plate.ts'
import {
  aspectWord,
  lossyWord,
  nameWord,
  personWords,
  plateWords,
  scanWords,
  studyWords,
  throughLong,
  throughWord,
} from '../words-scan.ts'

export function PlateView({ plate }: { plate: ReadonlySignal<Plate | null> }) {
  const now = plate.value
  if (!now) return null
  return (
    <div class="scan-plate">
      <p class="scan-who">
        <b>{nameWord(now)}</b>
        {now.isPhoto ? <span>{plateWords.photoNames}</span> : <Parts words={personWords(now)} />}
      </p>
      <p class="scan-study">
        <Parts words={studyWords(now)} />
      </p>
      <Which plate={now} />
      <p class="scan-notes">
        {now.lossy && (
          <span class="scan-lossy" title={plateWords.lossyLong}>
            {lossyWord(now.lossy)}
          </span>
        )}
        {now.pixelAspect !== 1 && <span>{aspectWord(now.pixelAspect)}</span>}
      </p>
    </div>
  )
}

function Parts({ words }: { words: readonly string[] }) {
  return words.map((word) => <span key={word}>{word}</span>)
}

/** Numbers for the eye, a sentence for the ear. */
function Which({ plate }: { plate: Plate }) {
  return (
    <p class="scan-which">
      <span aria-hidden="true">
        {plate.slice.at} / {plate.slice.of}
      </span>
      <span aria-hidden="true">{throughWord(plate)}</span>
      <span class="unseen">{plateWords.place(plate.slice)}</span>
      <span class="unseen">{throughLong(plate)}</span>
    </p>
  )
}

/** Under every picture, always. */
export function PermanentLine() {
  return <p class="scan-line">{scanWords.line}</p>
}
