/** The hours in which none of a person's telephones is told; what sounds at a station does not ask them (HZ-4). */
import '../plan.css'
import { useState } from 'preact/hooks'
import { clockOfMinute, clocksOf, isWithin, minuteAt, minuteOfClock } from '../../core/minutes.ts'
import type { Phone, QuietHours } from '../../state/phone.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { useNow } from '../parts/now.ts'
import { Ask } from '../plan/fields.tsx'
import { dailyWord, quietWords } from '../words-phone-quiet.ts'

type QuietProps = { station: Station; phone: Phone }
type Problem = 'both' | 'same' | 'failed'

export function QuietSection({ station, phone }: QuietProps) {
  const hours = phone.quiet.value
  return (
    <section class="asking" aria-label={quietWords.title}>
      <h3>{quietWords.title}</h3>
      <p>{quietWords.means}</p>
      <p aria-live="polite">{hours ? <Standing station={station} hours={hours} /> : quietWords.none}</p>
      <Fields key={hours && `${hours.fromMinute} ${hours.untilMinute}`} phone={phone} hours={hours} />
    </section>
  )
}

function Standing({ station, hours }: { station: Station; hours: QuietHours }) {
  const { zone, aheadMs } = station.wardTime.value
  const isNow = isWithin(hours, minuteAt(useNow(5_000) + aheadMs, zone))
  const now = isNow ? ` ${quietWords.now({ until: clockOfMinute(hours.untilMinute) })}` : ''
  return <>{dailyWord(hours) + now}</>
}

function Fields({ phone, hours }: { phone: Phone; hours: QuietHours | null }) {
  const clocks = hours && clocksOf(hours)
  const [from, setFrom] = useState(clocks?.from ?? '')
  const [until, setUntil] = useState(clocks?.until ?? '')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setBusy] = useState(false)
  async function keep(next: QuietHours | null) {
    setBusy(true)
    setProblem((await phone.beQuiet(next)) ? null : 'failed')
    setBusy(false)
  }
  function read() {
    const [fromMinute, untilMinute] = [minuteOfClock(from), minuteOfClock(until)]
    if (fromMinute === null || untilMinute === null) return setProblem('both')
    return fromMinute === untilMinute ? setProblem('same') : void keep({ fromMinute, untilMinute })
  }
  return (
    <>
      <div class="row">
        <Ask label={quietWords.from} type="time" value={from} onType={setFrom} />
        <Ask label={quietWords.until} type="time" value={until} onType={setUntil} />
      </div>
      {problem && (
        <p class="lost" role="alert">
          {quietWords[problem]}
        </p>
      )}
      <div class="actions">
        <Button disabled={isBusy} onPress={read}>
          {quietWords.keep}
        </Button>
        {hours && (
          <Button disabled={isBusy} onPress={() => void keep(null)}>
            {quietWords.drop}
          </Button>
        )}
      </div>
    </>
  )
}
