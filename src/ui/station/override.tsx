/** Calling a bed in privacy, or aloud in quiet hours: in its panel alone, for a chosen and a typed reason (HZ-3). */
import alert from 'lucide-static/icons/shield-alert.svg?raw'
import { useState } from 'preact/hooks'
import { minuteAt } from '../../core/minutes.ts'
import { type QuietNow, quietAt } from '../../core/quiet.ts'
import { type BedView, type Station, shortestOverride, overrideWhys as whys } from '../../state/station.ts'
import { sleepersNow } from '../../state/waking.ts'
import { Button } from '../parts/button.tsx'
import { Choice } from '../parts/choice.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useNow } from '../parts/now.ts'
import { overrideWhys, overrideWords, quietWord } from '../words-aside.ts'
import { boardWords, privateUntil } from '../words-station.ts'
import { SleepersThere } from './waking.tsx'

type Over = 'privacy' | 'quiet'
type Asked = { station: Station; bed: BedView }

/** Until when it is quiet at this bed, by the clock on the ward's walls; null: it is not. */
function useQuiet({ station, bed }: Asked): QuietNow | null {
  const { zone, aheadMs } = station.wardTime.value
  return quietAt(bed.wishes, minuteAt(useNow(5_000) + aheadMs, zone))
}

/** What there is to override; the curtain before the hours. */
function overOf(bed: BedView, quiet: QuietNow | null): Over | null {
  if (privateUntil(bed) !== null) return 'privacy'
  return quiet?.override && bed.state.type === 'ready' ? 'quiet' : null
}

export function Override({ station, bed }: Asked) {
  const [asks, setAsks] = useState<'yes' | 'no'>('no')
  const quiet = useQuiet({ station, bed })
  const mine = station.calls.state.value.type
  const isFree = station.connection.value.type === 'open' && (mine === 'idle' || mine === 'ended')
  const over =
    bed.override === 'allowed' && isFree && station.mayEver('bed.override') ? overOf(bed, quiet) : null
  return (
    <>
      {quiet && <p>{quietWord(quiet)}</p>}
      {over && (
        <Button icon={alert} onPress={() => setAsks('yes')}>
          {titleOf(over)}
        </Button>
      )}
      {over && asks === 'yes' && (
        <Reason
          station={station}
          bed={bed}
          over={over}
          mayKnock={quiet?.override === 'knock'}
          onClose={() => setAsks('no')}
        />
      )}
    </>
  )
}

function titleOf(over: Over): string {
  return over === 'quiet' ? overrideWords.openQuiet : overrideWords.open
}

type ReasonProps = Asked & { over: Over; mayKnock: boolean; onClose: () => void }

function Reason({ station, bed, over, mayKnock, onClose }: ReasonProps) {
  const [why, setWhy] = useState<(typeof whys)[number]>('worried')
  const [words, setWords] = useState('')
  const { label } = bed
  const typed = words.trim()
  const isShort = typed.length < shortestOverride
  const call = (mode: 'ring' | 'knock') => station.override(bed, mode, { over, why, words: typed })
  return (
    <Dialog label={titleOf(over)} class="glass override" onClose={onClose}>
      <h2>{titleOf(over)}</h2>
      <Choice
        legend={overrideWords.why}
        options={whys.map((one) => [one, overrideWhys[one]] as const)}
        chosen={why}
        onChoose={setWhy}
      />
      <label>
        {overrideWords.words}
        <textarea
          rows={3}
          maxLength={300}
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
      </label>
      <SleepersThere beds={sleepersNow(station.wakingParts, bed).beside} />
      <p>{over === 'quiet' ? overrideWords.meansQuiet : overrideWords.means}</p>
      <div class="actions">
        <Button kind="primary" disabled={isShort} onPress={() => call('ring')}>
          {overrideWords.ring({ label })}
        </Button>
        {over === 'quiet' && mayKnock && (
          <Button disabled={isShort} onPress={() => call('knock')}>
            {boardWords.knockBed({ label })}
          </Button>
        )}
        <Button onPress={onClose}>{overrideWords.back}</Button>
      </div>
    </Dialog>
  )
}
