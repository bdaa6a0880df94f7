/** Who asks for a call back, and whom one asked: above the board, beside what patients ask (HZ-4). */
import '../requests.css'
import '../colleague.css'
import done from 'lucide-static/icons/check.svg?raw'
import later from 'lucide-static/icons/clock-arrow-up.svg?raw'
import seenIcon from 'lucide-static/icons/eye.svg?raw'
import call from 'lucide-static/icons/phone.svg?raw'
import noAnswer from 'lucide-static/icons/phone-missed.svg?raw'
import { type Colleagues, type ConsultView, consultMinutes } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { Status, type Tone } from '../parts/status.tsx'
import { mayDial } from '../station/colleague.tsx'
import { agoWord } from '../words-ask.ts'
import { askedWord, consultWord, consultWords, inMinutesWord } from '../words-colleague.ts'
import { deskOf } from './desk.ts'

const looks: Record<ConsultView['state']['type'], { tone: Tone; icon: string }> = {
  waiting: { tone: 'waits', icon: later },
  unanswered: { tone: 'waits', icon: noAnswer },
  seen: { tone: 'plain', icon: seenIcon },
}

export function Consults({ station }: { station: Station }) {
  const desk = deskOf(station)
  const consults = desk.now.value?.consults ?? []
  const calling = consults.filter(({ alarm }) => alarm !== 'none')
  return (
    <>
      <p class="unseen" aria-live="polite">
        {calling.map(asksWord).join('. ')}
      </p>
      {consults.length > 0 && !station.lock.locked.value && (
        <section class="requests consults" aria-label={consultWords.title}>
          <h2>{consultWords.title}</h2>
          <ul aria-label={consultWords.title}>
            {consults.map((consult) => (
              <Row key={consult.consultId} station={station} desk={desk} consult={consult} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function asksWord({ by: { name }, at, atDuty, mine, to }: ConsultView): string {
  if (mine === 'asked') return consultWords.asked({ name: to })
  return atDuty ? consultWords.asksDuty({ name, duty: at }) : consultWords.asks({ name })
}

type RowProps = { station: Station; desk: Colleagues; consult: ConsultView }

function Row({ station, desk, consult }: RowProps) {
  const nowMs = useNow(10_000)
  const { mine, reason, state, madeMs, alarm } = consult
  const word = mine === 'asked' ? consultWord(consult) : askedWord(consult)
  return (
    <li class={`alarm-${alarm}`} aria-label={asksWord(consult)}>
      <span class="request-reason">
        <Icon svg={later} />
        <span>{asksWord(consult)}</span>
      </span>
      {reason !== '' && <span>{reason}</span>}
      {word !== null && <Status {...looks[state.type]} word={word} />}
      <span class="request-age">{agoWord(nowMs - madeMs)}</span>
      {mine === 'asked' ? (
        <Mine station={station} desk={desk} consult={consult} />
      ) : (
        <Answers station={station} desk={desk} consult={consult} />
      )}
    </li>
  )
}

/** Whoever asked takes it back. */
function Mine({ station, desk, consult: { consultId, to } }: RowProps) {
  return (
    <div class="answers">
      <Button
        label={consultWords.takeBackFrom({ name: to })}
        disabled={station.connection.value.type !== 'open'}
        onPress={() => void desk.end(consultId)}
      >
        {consultWords.takeBack}
      </Button>
    </div>
  )
}

/** *Call back* says that it was seen as well, so that nobody else is alarmed while it rings. */
function Answers({ station, desk, consult: { consultId, by } }: RowProps) {
  const isCut = station.connection.value.type !== 'open'
  const { name } = by
  const callBack = () => {
    void desk.see(consultId, 0)
    station.calls.dial(by, 'ring', null)
  }
  return (
    <div class="answers">
      <Button
        kind="primary"
        icon={call}
        label={consultWords.callBackTo({ name })}
        disabled={!mayDial(station)}
        onPress={callBack}
      >
        {consultWords.callBack}
      </Button>
      <fieldset class="on-my-way">
        <legend>
          <Icon svg={seenIcon} />
          <span>{consultWords.later}</span>
        </legend>
        {consultMinutes
          .filter((count) => count > 0)
          .map((count) => (
            <Button
              key={count}
              label={consultWords.laterTo({ name, count })}
              disabled={isCut}
              onPress={() => void desk.see(consultId, count)}
            >
              {inMinutesWord(count)}
            </Button>
          ))}
      </fieldset>
      <Button
        icon={done}
        label={consultWords.doneFor({ name })}
        disabled={isCut}
        onPress={() => void desk.end(consultId)}
      >
        {consultWords.done}
      </Button>
    </div>
  )
}
