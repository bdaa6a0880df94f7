/** Asking for a call back: a few words, and who is told what when. */
import later from 'lucide-static/icons/clock-arrow-up.svg?raw'
import { useEffect, useId, useState } from 'preact/hooks'
import type { CallState, EndReason } from '../../core/call-state.ts'
import type { Addressee, Colleagues } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { rungFor } from '../station/colleague.tsx'
import { nameOf } from '../words.ts'
import { consultWords } from '../words-colleague.ts'
import { deskOf } from './desk.ts'

/** A duty, or one person, by the name that the screen shows. */
export type Asked = { readonly to: Addressee; readonly name: string }

type AskFormProps = { desk: Colleagues; asked: Asked; onDone: () => void }

export function AskForm({ desk, asked: { to, name }, onDone }: AskFormProps) {
  const [reason, setReason] = useState('')
  const [stage, setStage] = useState<'writing' | 'asking' | 'sent' | 'failed'>('writing')
  const id = useId()
  if (stage === 'sent') return <output>{consultWords.sent}</output>
  return (
    <form
      class="ask-back"
      aria-label={consultWords.askOf({ name })}
      onSubmit={(event) => {
        event.preventDefault()
        setStage('asking')
        void desk.ask(to, reason).then((isDone) => setStage(isDone ? 'sent' : 'failed'))
      }}
    >
      <p>
        <b>{consultWords.askOf({ name })}</b>
      </p>
      <p class="soft">{to.type === 'duty' ? consultWords.means : consultWords.meansOne}</p>
      <div class="field">
        <label for={id}>{consultWords.reason}</label>
        <input
          id={id}
          maxLength={200}
          autocomplete="off"
          value={reason}
          data-first
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </div>
      {stage === 'failed' && <p role="alert">{consultWords.failed}</p>}
      <div class="actions">
        <button type="submit" class="button primary" disabled={stage === 'asking'}>
          {consultWords.send}
        </button>
        <Button onPress={onDone}>{consultWords.notNow}</Button>
      </div>
    </form>
  )
}

/** Ends by which nobody was reached. */
const unanswered: readonly EndReason[] = ['no-answer', 'declined', 'busy', 'device-unready', 'rung-too-often']

type AfterCallProps = { station: Station; ended: Extract<CallState, { type: 'ended' }> }

export function AfterCall({ station, ended }: AfterCallProps) {
  const { part, peer, reason } = ended
  if (peer.type !== 'staff') return null
  if (part === 'callee' && reason === 'taken-elsewhere') return <TakenBy station={station} ended={ended} />
  const isUnanswered = part === 'caller' && unanswered.includes(reason)
  return isUnanswered ? <AskAfter station={station} ended={ended} /> : null
}

/** Of several who have a duty, the one who answered. */
function TakenBy({ station, ended: { callId } }: AfterCallProps) {
  const desk = deskOf(station)
  useEffect(desk.look, [desk])
  const one = desk.now.value?.taken.find((taken) => taken.callId === callId)
  return one ? <p>{consultWords.answered({ name: one.by })}</p> : null
}

/** After a call to a colleague that nobody answered; after one to a duty it lies open already. */
function AskAfter({ station, ended: { callId, peer } }: AfterCallProps) {
  const duty = rungFor(callId)
  const [isOpen, setIsOpen] = useState(duty !== null)
  if (peer.type !== 'staff') return null
  if (!isOpen)
    return (
      <Button icon={later} onPress={() => setIsOpen(true)}>
        {consultWords.ask}
      </Button>
    )
  const asked: Asked = duty
    ? { to: { type: 'duty', dutyId: duty.dutyId }, name: duty.name }
    : { to: { type: 'staff', staffId: peer.staffId }, name: nameOf(peer) }
  return <AskForm desk={deskOf(station)} asked={asked} onDone={() => setIsOpen(false)} />
}
