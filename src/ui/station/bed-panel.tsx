/** One bed in full. Knock lives here, away from Call, with what it does said beside it (HZ-3). */
import knock from 'lucide-static/icons/door-open.svg?raw'
import userCheck from 'lucide-static/icons/user-check.svg?raw'
import close from 'lucide-static/icons/x.svg?raw'
import { useState } from 'preact/hooks'
import type { BedView, Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { DigitsForm } from '../parts/digits-form.tsx'
import { Status } from '../parts/status.tsx'
import { listOf } from '../texts/dates.ts'
import { appWords, nameOf, placeOf, roleOf } from '../words.ts'
import { careWords } from '../words-care.ts'
import { bedStateWord, boardWords, knockPolicy } from '../words-station.ts'
import { tabletAdvice } from '../words-tablets.ts'
import { AdmissionPart } from './admission-part.tsx'
import { lookOf, mayCall, Warning } from './board.tsx'
import { cardId } from './keys.tsx'
import { later } from './part.ts'
import { PatientLines } from './patient.tsx'
import { PicturesButton } from './pictures.tsx'
import { TabletCode } from './staff-code.tsx'

export function BedPanel({ station, bed }: { station: Station; bed: BedView }) {
  const part = later.part.value
  const shut = () => {
    station.openPanel(null)
    document.getElementById(cardId(bed.bedId))?.focus()
  }
  return (
    <section class="panel" aria-label={boardWords.details({ label: bed.label })}>
      <header class="panel-head">
        <h2>{placeOf(bed.label, station.ward.value)}</h2>
        <Button icon={close} onPress={shut}>
          {appWords.close}
        </Button>
      </header>
      <PatientLines patient={bed.patient} lock={station.lock} />
      <Status {...lookOf(bed)} word={bedStateWord(bed)} />
      <Carers bed={bed} />
      <Mine station={station} bed={bed} />
      {part && <part.Room station={station} bed={bed} />}
      <Warning bed={bed} />
      <TabletNeeds station={station} bed={bed} />
      <AdmissionPart station={station} bed={bed} />
      <div class="knock">
        <p>{boardWords.knockMeans}</p>
        <p>
          <b>{knockPolicy(bed.report)}</b>
        </p>
        <Button icon={knock} disabled={!mayCall(station, bed)} onPress={() => station.call(bed, 'knock')}>
          {boardWords.knockBed({ label: bed.label })}
        </Button>
      </div>
      {part && <part.Override station={station} bed={bed} />}
      {bed.patient && station.mayEver('scan.fetch') && <PicturesButton />}
      <TabletCode station={station} bed={bed} />
    </section>
  )
}

/** Whoever the patient's tablet names as being with them today. */
function Carers({ bed: { carers } }: { bed: BedView }) {
  if (carers.length === 0) return null
  return (
    <p>
      <span class="soft">{boardWords.carers}</span>{' '}
      {listOf(carers.map((carer) => `${nameOf(carer)}, ${roleOf(carer)}`))}
    </p>
  )
}

/** One bed more, or less, in the middle of a shift. */
function Mine({ station, bed: { bedId } }: { station: Station; bed: BedView }) {
  const { care, connection, mayEver } = station
  const mine = care.mine.value
  if (!mayEver('care.take')) return null
  const others = [...mine].filter((one) => one !== bedId)
  return (
    <Button
      icon={userCheck}
      pressed={mine.has(bedId)}
      disabled={connection.value.type !== 'open'}
      onPress={() => care.take(mine.has(bedId) ? others : [...mine, bedId])}
    >
      {careWords.mine}
    </Button>
  )
}

/** Nobody but whoever stands at the bed knows which tablet lies there: its six digits say so. */
function TabletNeeds({ station, bed }: { station: Station; bed: BedView }) {
  const [asked, setAsked] = useState(false)
  const advice = tabletAdvice[bed.tablet]
  // What came of the digits stays to be read, though the tablet needs nobody any more.
  if ((!advice && !asked) || !station.mayEver('tablet.confirm')) return null
  return (
    <div class="tablet-needs">
      {advice && <p>{advice}</p>}
      <DigitsForm
        label={bed.label}
        needed={advice !== undefined}
        onType={(typed) => {
          setAsked(true)
          return station.confirmTablet(bed, typed)
        }}
      />
    </div>
  )
}
