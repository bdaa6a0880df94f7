/** One visit in the waiting room: who, for when, since when, with what device, and what can be done. */
import message from 'lucide-static/icons/message-square.svg?raw'
import call from 'lucide-static/icons/phone.svg?raw'
import type { Station } from '../../state/station.ts'
import type { Visits, VisitView } from '../../state/visits.ts'
import { Button } from '../parts/button.tsx'
import { mayDial } from '../station/colleague.tsx'
import { agreedWord, otherDayWord, visitStateWord, visitWords } from '../words-visits.ts'
import { shown } from './desk.ts'
import { Questions } from './questions.tsx'
import { Identifiers, TestResult } from './who.tsx'

export type RowProps = { station: Station; desk: Visits; nowMs: number; visit: VisitView }

const here: readonly VisitView['state'][] = ['ahead', 'waiting', 'again']

export function Row({ station, desk, nowMs, visit }: RowProps) {
  const isHere = here.includes(visit.state)
  const { zone } = station.wardTime.value
  const otherDay = otherDayWord(visit, { nowMs, zone })
  return (
    <li aria-label={visit.name}>
      <div class="visit-about">
        <Identifiers visit={visit} />
        <p>
          {otherDay !== null && `${otherDay} · `}
          {agreedWord(visit, zone)} · {visit.title}
        </p>
        <p class={visit.state === 'waiting' ? 'visit-state' : 'soft'}>{visitStateWord(visit, nowMs)}</p>
      </div>
      {isHere && <TestResult visit={visit} />}
      {isHere && <Acts station={station} visit={visit} />}
      <Questions desk={desk} nowMs={nowMs} visit={visit} />
    </li>
  )
}

function Acts({ station, visit: { visitId, name, state } }: Pick<RowProps, 'station' | 'visit'>) {
  const isFree = mayDial(station)
  return (
    <div class="actions">
      {state !== 'ahead' && (
        <Button
          kind="primary"
          icon={call}
          label={visitWords.admitOf({ name })}
          disabled={!isFree}
          onPress={() => (shown.value = { type: 'admit', visitId })}
        >
          {visitWords.admit}
        </Button>
      )}
      <Button
        icon={message}
        label={visitWords.messageTo({ name })}
        disabled={station.connection.value.type !== 'open'}
        onPress={() => (shown.value = { type: 'say', visitId })}
      >
        {visitWords.message}
      </Button>
      {state !== 'ahead' && !isFree && station.connection.value.type === 'open' && (
        <p class="soft">{visitWords.busy}</p>
      )}
    </div>
  )
}
