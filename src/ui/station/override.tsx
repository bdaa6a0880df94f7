/** Ringing a bed in privacy: in its panel alone, for a chosen and a typed reason, where the ward allows it (HZ-3). */
import alert from 'lucide-static/icons/shield-alert.svg?raw'
import { useState } from 'preact/hooks'
import { type BedView, type Station, shortestOverride, overrideWhys as whys } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Choice } from '../parts/choice.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { overrideWhys, overrideWords } from '../words-aside.ts'
import { privateUntil } from '../words-station.ts'

type Asked = { station: Station; bed: BedView }

export function Override({ station, bed }: Asked) {
  const [asks, setAsks] = useState<'yes' | 'no'>('no')
  const mine = station.calls.state.value.type
  const isFree = station.connection.value.type === 'open' && (mine === 'idle' || mine === 'ended')
  const isOffered = bed.override === 'allowed' && privateUntil(bed) !== null
  if (!isOffered || !isFree || !station.mayEver('bed.override')) return null
  return (
    <>
      <Button icon={alert} onPress={() => setAsks('yes')}>
        {overrideWords.open}
      </Button>
      {asks === 'yes' && <Reason station={station} bed={bed} onClose={() => setAsks('no')} />}
    </>
  )
}

function Reason({ station, bed, onClose }: Asked & { onClose: () => void }) {
  const [why, setWhy] = useState<(typeof whys)[number]>('worried')
  const [words, setWords] = useState('')
  const typed = words.trim()
  return (
    <Dialog label={overrideWords.open} class="glass override" onClose={onClose}>
      <h2>{overrideWords.open}</h2>
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
      <p>{overrideWords.means}</p>
      <div class="actions">
        <Button
          kind="primary"
          disabled={typed.length < shortestOverride}
          onPress={() => station.override(bed, { why, words: typed })}
        >
          {overrideWords.ring({ label: bed.label })}
        </Button>
        <Button onPress={onClose}>{overrideWords.back}</Button>
      </div>
    </Dialog>
  )
}
