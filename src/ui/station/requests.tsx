/** The queue of what patients ask for, first of all on the station: bed, need, age, and who takes it (HZ-4). */
import '../requests.css'
import bell from 'lucide-static/icons/bell-ring.svg?raw'
import done from 'lucide-static/icons/check.svg?raw'
import lateIcon from 'lucide-static/icons/circle-alert.svg?raw'
import seenIcon from 'lucide-static/icons/eye.svg?raw'
import comingIcon from 'lucide-static/icons/footprints.svg?raw'
import call from 'lucide-static/icons/phone.svg?raw'
import silent from 'lucide-static/icons/volume-x.svg?raw'
import { useLayoutEffect, useRef } from 'preact/hooks'
import {
  type ComingIn,
  createRequestQueue,
  type RequestQueue,
  type RequestView,
} from '../../state/requests.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { reasonIcons } from '../parts/reasons.ts'
import { Status, type Tone } from '../parts/status.tsx'
import { agoWord, namesOf, progressWord, queueWords, reasonWords } from '../words-ask.ts'
import { besides } from './besides.ts'
import { mayCall } from './board.tsx'
import { ColleaguesAsk } from './colleague.tsx'
import { PatientLines } from './patient.tsx'
import { HandedToMe } from './shift.tsx'
import { useStillRows } from './still-rows.ts'
import { VisitorsAsk } from './visits.tsx'

const looks: Record<RequestView['state']['type'], { tone: Tone; icon: string }> = {
  reaching: { tone: 'waits', icon: bell },
  sent: { tone: 'waits', icon: bell },
  unheard: { tone: 'waits', icon: bell },
  seen: { tone: 'plain', icon: seenIcon },
  coming: { tone: 'plain', icon: comingIcon },
  overdue: { tone: 'waits', icon: lateIcon },
  ended: { tone: 'plain', icon: done },
}

const comings: readonly ComingIn[] = [0, 5, 15]

type QueueProps = { station: Station; queue: RequestQueue }

/** One for the life of the page: it goes on sounding behind a lock, and whatever else is shown. */
let queue: RequestQueue | null = null

function queueOf({ requests }: Station): RequestQueue {
  if (queue) return queue
  const made = createRequestQueue(requests, besides)
  queue = made
  // Browsers keep a page silent until somebody touches it: a station that nobody has touched hears no request.
  const arm = () => {
    if (made.sound.value === 'blocked') made.armSound()
  }
  document.addEventListener('pointerup', arm)
  document.addEventListener('keydown', arm)
  return made
}

export function Requests({ station }: { station: Station }) {
  const queue = queueOf(station)
  const open = station.requests.open.value
  return (
    <>
      {station.requests.answers.value && queue.sound.value === 'blocked' && <Silent />}
      <Spoken open={open} />
      <Queue station={station} queue={queue} open={open} />
      <HandedToMe station={station} />
      <VisitorsAsk station={station} />
      <ColleaguesAsk station={station} />
    </>
  )
}

/** Rows stay where they are: what is over goes when nobody is about to press anything. */
function Queue({ open, ...rest }: QueueProps & { open: readonly RequestView[] }) {
  const { rows, hears } = useStillRows(open)
  if (rows.length === 0) return null
  return (
    <section class="requests" aria-label={queueWords.title} {...hears}>
      <h2>{queueWords.title}</h2>
      <ul aria-label={queueWords.title}>
        {rows.map(({ request, isOver }) => (
          <Row key={request.requestId} {...rest} request={request} isOver={isOver} />
        ))}
      </ul>
    </section>
  )
}

function Silent() {
  return (
    <p class="banner waits">
      <Icon svg={silent} />
      <output>{queueWords.silent}</output>
    </p>
  )
}

/** Said by a screen reader when it begins, and when nobody answers. */
function Spoken({ open }: { open: readonly RequestView[] }) {
  const calling = open.filter(({ alarm }) => alarm === 'first' || alarm === 'again')
  const unanswered = open.filter(({ alarm }) => alarm === 'ward')
  return (
    <>
      <p class="unseen" aria-live="polite">
        {calling.map((request) => queueWords.asks(namesOf(request))).join('. ')}
      </p>
      {unanswered.length > 0 && (
        <p class="unseen" role="alert">
          {unanswered.map((request) => queueWords.nobodyAnswers(namesOf(request))).join('. ')}
        </p>
      )}
    </>
  )
}

type RowProps = QueueProps & { request: RequestView; isOver: boolean }

/** Whoever had the keys in a row that is over keeps their place in the queue. */
function useKeptFocus(isOver: boolean) {
  const place = useRef<HTMLLIElement>(null)
  const hadFocus = place.current?.contains(document.activeElement) === true
  useLayoutEffect(() => {
    if (!isOver) return
    if (hadFocus) place.current?.focus({ preventScroll: true })
    return () => {
      const next = place.current?.nextElementSibling ?? place.current?.previousElementSibling
      if (document.activeElement === place.current) next?.querySelector('button')?.focus()
    }
  }, [isOver])
  return place
}

/** As high when it is over as it was before: nothing below it moves. */
function Row({ station, queue, request, isOver }: RowProps) {
  const place = useKeptFocus(isOver)
  const nowMs = useNow(10_000)
  const { label, reason, alarm, state, madeMs } = request
  const isLocked = station.lock.locked.value
  const bed = station.beds.value.find(({ bedId }) => bedId === request.bedId)
  const isSame = bed?.stay.epoch === request.stay
  return (
    <li
      ref={place}
      class={isOver ? 'over' : `alarm-${alarm}`}
      tabIndex={isOver ? -1 : undefined}
      aria-label={isOver ? undefined : queueWords.item(namesOf(request))}
    >
      <b class="request-bed">{queueWords.bed({ label })}</b>
      <span class="request-reason">
        <Icon svg={reasonIcons[reason]} />
        <span>{reasonWords[reason]}</span>
      </span>
      {isOver ? (
        <Status tone="plain" icon={done} word={queueWords.over} />
      ) : (
        <Status {...looks[state.type]} word={progressWord(request)} />
      )}
      <span class="request-age">{agoWord(nowMs - madeMs)}</span>
      {bed && isSame && <PatientLines patient={bed.patient} lock={station.lock} />}
      {!isLocked && station.requests.answers.value && (
        <Answers station={station} queue={queue} request={request} isOver={isOver} />
      )}
    </li>
  )
}

function Answers({ station, queue, request, isOver }: RowProps) {
  const { requestId } = request
  const names = namesOf(request)
  const isCut = station.connection.value.type !== 'open'
  const bed = station.beds.value.find(({ bedId }) => bedId === request.bedId) ?? null
  const maySee = request.alarm !== 'none'
  return (
    <div class="answers" inert={isOver}>
      <Button
        kind={maySee ? 'primary' : 'plain'}
        icon={seenIcon}
        label={queueWords.seeFor(names)}
        disabled={isCut || !maySee}
        onPress={() => queue.see(requestId)}
      >
        {queueWords.see}
      </Button>
      <fieldset class="on-my-way">
        <legend>
          <Icon svg={comingIcon} />
          <span>{queueWords.way}</span>
        </legend>
        {comings.map((count) => (
          <Button
            key={count}
            label={count === 0 ? queueWords.comeNow(names) : queueWords.comeIn({ ...names, count })}
            disabled={isCut}
            onPress={() => queue.come(requestId, count)}
          >
            {count === 0 ? queueWords.now : queueWords.minutes({ count })}
          </Button>
        ))}
      </fieldset>
      <Button
        icon={done}
        label={queueWords.doneFor(names)}
        disabled={isCut}
        onPress={() => queue.done(requestId)}
      >
        {queueWords.done}
      </Button>
      <Button
        icon={call}
        label={queueWords.callFor(names)}
        disabled={!mayCall(station, bed) || bed?.stay.epoch !== request.stay}
        onPress={() => bed && station.call(bed, 'ring')}
      >
        {queueWords.call}
      </Button>
    </div>
  )
}

/** On the bed's card: amber while somebody has to see it. */
export function Mark({ station, bedId }: { station: Station; bedId: string }) {
  const mine = station.requests.open.value.filter((request) => request.bedId === bedId)
  if (mine.length === 0) return null
  const isCalling = mine.some(({ alarm }) => alarm !== 'none')
  const reason = mine.map((request) => reasonWords[request.reason]).join(', ')
  return (
    <p class={isCalling ? 'request-mark waits' : 'request-mark'}>
      <Icon svg={bell} />
      <span>{queueWords.mark({ reason })}</span>
    </p>
  )
}

export function Count({ station }: { station: Station }) {
  const count = station.requests.open.value.length
  return count > 0 ? <p class="request-count">{queueWords.count({ count })}</p> : null
}
