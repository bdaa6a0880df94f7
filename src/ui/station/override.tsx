/** Calling a bed in privacy, or aloud in quiet hours: in its panel alone, for a chosen and a typed reason (HZ-3). */
import alert from 'lucide-static/icons/shield-alert.svg?raw'
import { useState } from 'preact/hooks'
import { type BedView, type Station, shortestOverride, overrideWhys as whys } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Choice } from '../parts/choice.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { overrideWhys, overrideWords, quietWord } from '../words-aside.ts'
import { boardWords, privateUntil } from '../words-station.ts'

type Over = 'privacy' | 'quiet'
type Asked = { station: Station; bed: BedView }

/** What there is to override; the curtain before the hours. */
function overOf({ station, bed }: Asked): Over | null {
  if (privateUntil(bed) !== null) return 'privacy'
  const isThere = bed.state.type === 'ready'
  return isThere && station.quietUntil(bed)?.override ? 'quiet' : null
}

export function Override({ station, bed }: Asked) {
  const [asks, setAsks] = useState<'yes' | 'no'>('no')
  const quiet = station.quietUntil(bed)
  const mine = station.calls.state.value.type
  const isFree = station.connection.value.type === 'open' && (mine === 'idle' || mine === 'ended')
  const over =
    bed.override === 'allowed' && isFree && station.mayEver('bed.override') ? overOf({ station, bed }) : null
  return (
    <>
      {quiet && <p>{quietWord(quiet)}</p>}
      {over && (
        <Button icon={alert} onPress={() => setAsks('yes')}>
          {titleOf(over)}
        </Button>
      )}
      {over && asks === 'yes' && (
        <Reason station={station} bed={bed} over={over} onClose={() => setAsks('no')} />
      )}
    </>
  )
}

function titleOf(over: Over): string {
  return over === 'quiet' ? overrideWords.openQuiet : overrideWords.open
}

function Reason({ station, bed, over, onClose }: Asked & { over: Over; onClose: () => void }) {
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
      <p>{over === 'quiet' ? overrideWords.meansQuiet : overrideWords.means}</p>
      <div class="actions">
        <Button kind="primary" disabled={isShort} onPress={() => call('ring')}>
          {overrideWords.ring({ label })}
        </Button>
        {over === 'quiet' && station.quietUntil(bed)?.override === 'knock' && (
          <Button disabled={isShort} onPress={() => call('knock')}>
            {boardWords.knockBed({ label })}
          </Button>
        )}
        <Button onPress={onClose}>{overrideWords.back}</Button>
      </div>
    </Dialog>
  )
}
