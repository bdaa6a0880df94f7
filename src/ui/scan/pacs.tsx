/** Scans in the PACS: the studies of one patient, their series, and a series on its way to the viewer. */
import '../scan-pacs.css'
import { useEffect, useMemo } from 'preact/hooks'
import type { Lock } from '../../state/lock.ts'
import { createScanPacs, type PacsSeries, type PacsStudy, type ScanPacs } from '../../state/scan-pacs.ts'
import type { PacsPort, ScanSource } from '../../state/scan-ports.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { PatientLines } from '../station/patient.tsx'
import { clockOf } from '../texts/dates.ts'
import { comingWord, pacsWords, seriesWord, studyWord, troubleWord } from '../words-scan-pacs.ts'
import type { Patient } from '../words-station.ts'

export type PacsDialogProps = {
  port: PacsPort
  /** Whose, by the stay on the screen. */
  admissionId: string
  patient: Patient
  lock: Lock
  /** The viewer takes what comes. */
  open: (sources: readonly ScanSource[]) => void
  onClose: () => void
}

/** With the dialog a fetch ends; what has come stays with the viewer. */
export function PacsDialog({ port, admissionId, patient, lock, open, onClose }: PacsDialogProps) {
  const pacs = useMemo(() => createScanPacs(port, admissionId, open), [port, admissionId])
  useEffect(() => {
    void pacs.ask()
    return pacs.stop
  }, [pacs])
  return (
    <Dialog label={pacsWords.title} class="pacs" onClose={onClose}>
      <h2>{pacsWords.title}</h2>
      <PatientLines patient={patient} lock={lock} />
      <Studies pacs={pacs} />
      <Coming pacs={pacs} />
      <div class="actions">
        <Button onPress={onClose}>{pacsWords.close}</Button>
      </div>
    </Dialog>
  )
}

function Studies({ pacs }: { pacs: ScanPacs }) {
  const asked = pacs.studies.value
  if (asked.type === 'asking') return <p role="status">{pacsWords.asking}</p>
  if (asked.type === 'failed')
    return (
      <>
        <p role="alert">{troubleWord(asked.why)}</p>
        <Again pacs={pacs} />
      </>
    )
  const { studies, withheld, isAll, askedMs } = asked.found
  return (
    <>
      {studies.length === 0 && <p>{pacsWords.none}</p>}
      {withheld > 0 && <p role="alert">{pacsWords.withheld({ count: withheld })}</p>}
      <ul class="pacs-studies">
        {studies.map((study) => (
          <Study key={study.study} pacs={pacs} study={study} />
        ))}
      </ul>
      {!isAll && <p>{pacsWords.more}</p>}
      <p class="pacs-age">
        <span class="soft">{pacsWords.asOf({ time: clockOf(askedMs) })}</span>
        <Again pacs={pacs} />
      </p>
    </>
  )
}

function Again({ pacs }: { pacs: ScanPacs }) {
  return <Button onPress={() => void pacs.ask()}>{pacsWords.again}</Button>
}

function Study({ pacs, study }: { pacs: ScanPacs; study: PacsStudy }) {
  const isShown = pacs.study.value === study.study
  return (
    <li>
      <button
        type="button"
        class="pacs-study"
        aria-expanded={isShown}
        onClick={() => void pacs.show(isShown ? null : study.study)}
      >
        <b>{studyWord(study)}</b>
        <span>{study.description || pacsWords.noText}</span>
        {study.images !== null && <span class="soft">{pacsWords.images({ count: study.images })}</span>}
      </button>
      {isShown && <SeriesList pacs={pacs} study={study} />}
    </li>
  )
}

function SeriesList({ pacs, study }: { pacs: ScanPacs; study: PacsStudy }) {
  const asked = pacs.series.value
  if (asked.type === 'asking') return <p role="status">{pacsWords.asking}</p>
  if (asked.type === 'failed') return <p role="alert">{troubleWord(asked.why)}</p>
  if (asked.found.length === 0) return <p>{pacsWords.noSeries}</p>
  return (
    <ul class="pacs-series" aria-label={pacsWords.seriesOf({ study: studyWord(study) })}>
      {asked.found.map((series) => (
        <SeriesRow key={series.series} pacs={pacs} series={series} />
      ))}
    </ul>
  )
}

function SeriesRow({ pacs, series }: { pacs: ScanPacs; series: PacsSeries }) {
  const now = pacs.fetching.value
  const isComing = now?.series === series.series && now.state.type === 'coming'
  return (
    <li>
      <span>
        {seriesWord(series)}{' '}
        {series.images !== null && <span class="soft">{pacsWords.images({ count: series.images })}</span>}
      </span>
      <Button
        kind="primary"
        label={pacsWords.openOne({ series: seriesWord(series) })}
        disabled={isComing}
        onPress={() => void pacs.fetch(series)}
      >
        {pacsWords.open}
      </Button>
    </li>
  )
}

/** How far the series is that was asked for last, and what became of it. */
function Coming({ pacs }: { pacs: ScanPacs }) {
  const now = pacs.fetching.value
  if (now === null) return null
  const { state, images, of } = now
  if (state.type === 'coming')
    return (
      <div class="pacs-coming">
        <output>{comingWord(now)}</output>
        <progress aria-label={pacsWords.title} {...(of === null ? {} : { max: of, value: images })} />
        <Button onPress={pacs.stop}>{pacsWords.stop}</Button>
      </div>
    )
  if (state.type === 'done')
    return (
      <p role="status">
        {pacsWords.done({ count: images })} {state.missing > 0 && pacsWords.missing({ count: state.missing })}
      </p>
    )
  return (
    <p role="alert">
      {troubleWord(state.why)} {images > 0 && pacsWords.kept}
    </p>
  )
}
