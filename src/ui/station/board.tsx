/** Every bed of the ward in its place; a bed never moves. */

import ringing from 'lucide-static/icons/bell-ring.svg?raw'
import ready from 'lucide-static/icons/circle-check.svg?raw'
import call from 'lucide-static/icons/phone.svg?raw'
import unwiped from 'lucide-static/icons/shield-alert.svg?raw'
import unbound from 'lucide-static/icons/unlink.svg?raw'
import unverified from 'lucide-static/icons/user-round-search.svg?raw'
import inCall from 'lucide-static/icons/video.svg?raw'
import offline from 'lucide-static/icons/wifi-off.svg?raw'
import { Fragment } from 'preact'
import type { BedView, Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import curtain from '../parts/curtain.svg?raw'
import { Icon } from '../parts/icon.tsx'
import { Status, type Tone } from '../parts/status.tsx'
import { bedWord } from '../words.ts'
import { bedStateWord, boardWords, privateUntil } from '../words-station.ts'
import { tabletNeeds } from '../words-tablets.ts'
import { cardId } from './keys.tsx'
import { areaShown, later } from './part.ts'
import { PatientLines } from './patient.tsx'
import { RequestMark } from './requests-part.tsx'

const bedLooks: Record<BedView['state']['type'], { tone: Tone; icon: string }> = {
  ready: { tone: 'well', icon: ready },
  ringing: { tone: 'waits', icon: ringing },
  'in-call': { tone: 'well', icon: inCall },
  offline: { tone: 'lost', icon: offline },
}

/** A drawn curtain looks like one wherever the bed is shown. */
export function lookOf(bed: BedView): { tone: Tone; icon: string } {
  return privateUntil(bed) === null ? bedLooks[bed.state.type] : { tone: 'plain', icon: curtain }
}

/**
 * Whether this station may ring that bed now: both reachable, this one not in a call, and with a screen for one. A bed in another call may be
 * rung: the board can be a moment behind, and *busy* is a clear answer.
 */
export function mayCall(station: Station, bed: BedView | null): boolean {
  const mine = station.calls.state.value.type
  const connected = station.connection.value.type === 'open' && !station.lock.locked.value
  if (bed === null || station.changing.value.has(bed.bedId) || !station.mayEver('bed.call')) return false
  if (privateUntil(bed) !== null || later.part.value === null) return false
  return connected && (mine === 'idle' || mine === 'ended') && bed.state.type !== 'offline'
}

/** More of them do not fit onto one screen as roomy as these. */
const fewBeds = 12

export function Board({ station }: { station: Station }) {
  const { mine, shown } = station.care
  const all = station.beds.value
  const beds = shown.value === 'mine' ? all.filter(({ bedId }) => mine.value.has(bedId)) : all
  if (beds.length === 0) return <p class="empty">{boardWords.empty}</p>
  const areas = [...Map.groupBy(beds, ({ area }) => area)]
  const chosen = areas.filter(([area]) => area !== undefined && area === areaShown.value)
  const part = later.part.value
  return (
    <div class={all.length > fewBeds ? 'board many' : 'board'}>
      {areas.length > 1 && part && <part.Areas names={areas.flatMap(([area]) => area ?? [])} />}
      {(chosen.length > 0 ? chosen : areas).map(([area = boardWords.beds, some]) => (
        <Fragment key={area}>
          {areas.length > 1 && <h2>{area}</h2>}
          <ul class="beds" aria-label={area}>
            {some.map((bed) => (
              <BedCard key={bed.bedId} station={station} bed={bed} />
            ))}
          </ul>
        </Fragment>
      ))}
    </div>
  )
}

function BedCard({ station, bed }: { station: Station; bed: BedView }) {
  const opened = station.openBedId.value === bed.bedId
  return (
    <li class={`card ${bed.state.type}`} aria-label={bedWord(bed.label)}>
      <div class="card-head">
        <button
          type="button"
          class="card-open"
          id={cardId(bed.bedId)}
          aria-label={boardWords.open({ label: bed.label })}
          aria-pressed={opened}
          disabled={station.lock.locked.value}
          onClick={() => station.openPanel(bed.bedId)}
        >
          {bed.label}
        </button>
        <Status {...lookOf(bed)} word={bedStateWord(bed)} />
      </div>
      <PatientLines patient={bed.patient} lock={station.lock} />
      <CallButton station={station} bed={bed} />
      <div class="card-notes">
        <Warning bed={bed} />
        <RequestMark station={station} bedId={bed.bedId} />
      </div>
    </li>
  )
}

/** A button that cannot be pressed says why. */
function CallButton({ station, bed }: { station: Station; bed: BedView }) {
  const time = privateUntil(bed)
  const { label } = bed
  return (
    <Button
      icon={call}
      label={time === null ? boardWords.callBed({ label }) : boardWords.noCallBed({ label, time })}
      disabled={!mayCall(station, bed)}
      onPress={() => station.call(bed, 'ring')}
    >
      {time === null ? boardWords.call : boardWords.noCall({ time })}
    </Button>
  )
}

/** A tablet that needs somebody, or that nobody would hear (HZ-11); and whose name nobody vouches for at present (HZ-1). */
export function Warning({ bed }: { bed: BedView }) {
  return (
    <>
      <NeedsSomebody bed={bed} />
      {bed.identity === 'unverified' && (
        <p class="warning">
          <Icon svg={unverified} />
          <span>{boardWords.unverified}</span>
        </p>
      )}
      {isUnwiped(bed) && (
        <p class="warning lost">
          <Icon svg={unwiped} />
          <span>{boardWords.unwiped}</span>
        </p>
      )}
    </>
  )
}

/** Its tablet has not said yet that it holds nothing of the last patient (HZ-6). The first one has nothing to forget. */
export function isUnwiped({ tablet, cleanEpoch, stay }: BedView): boolean {
  const isFirst = tablet === 'waiting' && cleanEpoch === 0
  return tablet !== 'none' && !isFirst && cleanEpoch < stay.epoch
}

function NeedsSomebody({ bed }: { bed: BedView }) {
  const needs = tabletNeeds[bed.tablet]
  const part = later.part.value
  return (
    <>
      {needs && (
        <p class="warning">
          <Icon svg={unbound} />
          <span>{needs}</span>
        </p>
      )}
      {part && <part.Trouble bed={bed} />}
    </>
  )
}
