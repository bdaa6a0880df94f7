/** One bed in full. Knock lives here, away from Call, with what it does said beside it (HZ-3). */
import knock from 'lucide-static/icons/door-open.svg?raw'
import close from 'lucide-static/icons/x.svg?raw'
import type { BedView, Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Status } from '../parts/status.tsx'
import { placeOf } from '../words.ts'
import { bedStateWord, detailsWord, knockMeans, knockPolicy } from '../words-station.ts'
import { bedLooks, mayCall, Warning } from './board.tsx'
import { cardId } from './keys.tsx'
import { PatientLines } from './patient.tsx'

export function BedPanel({ station, bed }: { station: Station; bed: BedView }) {
  const shut = () => {
    station.openPanel(null)
    document.getElementById(cardId(bed.bedId))?.focus()
  }
  return (
    <section class="panel" aria-label={detailsWord(bed.label)}>
      <header class="panel-head">
        <h2>{placeOf(bed.label, station.ward.value)}</h2>
        <Button icon={close} onPress={shut}>
          Close
        </Button>
      </header>
      <PatientLines patient={bed.patient} lock={station.lock} />
      <Status {...bedLooks[bed.state.type]} word={bedStateWord(bed)} />
      <Warning bed={bed} />
      <div class="knock">
        <p>{knockMeans}</p>
        <p>
          <b>{knockPolicy(bed.report)}</b>
        </p>
        <Button icon={knock} disabled={!mayCall(station, bed)} onPress={() => station.call(bed, 'knock')}>
          {`Knock bed ${bed.label}`}
        </Button>
      </div>
    </section>
  )
}
