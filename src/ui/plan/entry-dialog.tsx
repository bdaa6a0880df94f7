/** One appointment opened: everything about it, and what can be done to it with one press. */
import { useState } from 'preact/hooks'
import type { Appointment, PlanScreens } from '../../state/plan.ts'
import { cancelAct, lateAct, statusAct } from '../../state/plan-acts.ts'
import { lookOf, waitingOf } from '../../state/plan-entries.ts'
import type { Scope } from '../../state/plan-form.ts'
import { repeatOf } from '../../state/plan-repeat.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Status } from '../parts/status.tsx'
import {
  actWords,
  dayWord,
  dialogWords,
  kindWords,
  lookWords,
  minutesWord,
  planWords,
  repeatSentence,
  scopeWords,
  spanWord,
} from '../words-plan.ts'
import type { Desk } from './desk.ts'
import { languageWord, whereOf, whoOf } from './lines.ts'
import { looks } from './looks.ts'
import { MoveForm } from './move-form.tsx'
import { Round } from './round.tsx'
import { Toast } from './toast.tsx'

type Doing = 'looking' | 'cancelling' | 'moving' | 'changing'

export function EntryDialog({ desk, id }: { desk: Desk; id: string }) {
  const { plan } = desk
  const row = plan.sync.view.value.get('appointment', id)
  const [doing, setDoing] = useState<Doing>('looking')
  if (!row) return null
  const keep = () => setDoing('looking')
  return (
    <Dialog label={row.title} class="plan-dialog" onClose={desk.close}>
      <Facts plan={plan} row={row} />
      {row.kind === 'round' && row.stops.length > 0 && <Round plan={plan} row={row} />}
      {doing === 'looking' && <Acts desk={desk} row={row} onDo={setDoing} />}
      {doing === 'cancelling' && <Cancelling desk={desk} row={row} onKeep={keep} />}
      {doing === 'moving' && <MoveForm desk={desk} row={row} onKeep={keep} />}
      {doing === 'changing' && <Scopes desk={desk} row={row} onKeep={keep} />}
      <Toast plan={plan} />
    </Dialog>
  )
}

function Facts({ plan, row }: { plan: PlanScreens; row: Appointment }) {
  const zone = plan.zone.value
  const look = lookOf(row, waitingOf(plan.sync), null)
  const series = plan.seriesOf(row)
  const facts: readonly (readonly [string, string | null])[] = [
    [dialogWords.kind, kindWords[row.kind]],
    [dialogWords.people, whoOf(plan, row)],
    [dialogWords.where, whereOf(plan, row)],
    [
      dialogWords.language,
      [languageWord(row.language), row.interpreter && dialogWords.interpreter]
        .filter((part) => part)
        .join(' · '),
    ],
    [dialogWords.repeat, series ? repeatSentence(repeatOf(series.rule, series.zone)) : null],
    [dialogWords.note, row.note],
    [dialogWords.cancelReason, row.cancelReason],
  ]
  return (
    <>
      <div class="entry-head">
        <div>
          <h2 tabIndex={-1} data-first>
            {row.title}
          </h2>
          <p>{whenSentence(row, zone)}</p>
          {row.occasion?.shifted && <p class="shifted">{planWords.shifted}</p>}
        </div>
        <Status tone={looks[look].tone} icon={looks[look].icon} word={lookWords[look]} />
      </div>
      <dl class="facts">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </>
  )
}

function whenSentence({ when }: Appointment, zone: string): string {
  if (when.type === 'at')
    return `${dayWord(when.startMs, zone)}, ${spanWord(when.startMs, when.endMs, zone)} · ${minutesWord((when.endMs - when.startMs) / 60_000)}`
  return `${minutesWord(when.minutes)} · ${dayWord(when.notBeforeMs, zone)} – ${dayWord(when.notAfterMs - 1, zone)}`
}

type ActsProps = { desk: Desk; row: Appointment; onDo: (doing: Doing) => void }

function Acts({ desk, row, onDo }: ActsProps) {
  const { plan } = desk
  const isOver = ['cancelled', 'fulfilled', 'noshow', 'entered-in-error'].includes(row.status)
  if (!plan.mayChange) return <CloseOnly desk={desk} />
  return (
    <>
      {!isOver && row.when.type === 'at' && <Late plan={plan} row={row} />}
      <div class="actions">
        {isOver ? (
          <Button onPress={() => void plan.ask(statusAct(row, 'booked'), 'changed')}>
            {actWords.reopen}
          </Button>
        ) : (
          <OpenActs desk={desk} row={row} onDo={onDo} />
        )}
        <Button onPress={desk.close}>{dialogWords.close}</Button>
      </div>
    </>
  )
}

function OpenActs({ desk, row, onDo }: ActsProps) {
  const { plan } = desk
  const isWaiting = row.when.type === 'waiting'
  const done = () => void plan.ask(statusAct(row, 'fulfilled'), 'done').then((kept) => kept && desk.close())
  const missed = () => void plan.ask(statusAct(row, 'noshow'), 'missed').then((kept) => kept && desk.close())
  return (
    <>
      {!isWaiting && (
        <Button kind="primary" onPress={done}>
          {actWords.done}
        </Button>
      )}
      <Button kind={isWaiting ? 'primary' : 'plain'} onPress={() => onDo('moving')}>
        {isWaiting ? actWords.schedule : actWords.move}
      </Button>
      <Button onPress={() => (row.occasion ? onDo('changing') : desk.change(row, 'this'))}>
        {actWords.change}
      </Button>
      {row.kind === 'visit' && !isWaiting && <Button onPress={missed}>{actWords.missed}</Button>}
      <Button onPress={() => onDo('cancelling')}>{actWords.cancel}</Button>
    </>
  )
}

/** What repeats is changed once, from here on, or everywhere: asked before the form, for it changes what it holds. */
function Scopes({ desk, row, onKeep }: KeepProps) {
  return (
    <fieldset class="asking" aria-label={dialogWords.scope}>
      <p>{dialogWords.scope}</p>
      <div class="actions">
        {scopes.map((scope) => (
          <Button key={scope} onPress={() => desk.change(row, scope)}>
            {scopeWords[scope]}
          </Button>
        ))}
        <Button onPress={onKeep}>{dialogWords.back}</Button>
      </div>
    </fieldset>
  )
}
const scopes: readonly Scope[] = ['this', 'following', 'all']

/** All that follows in it comes later; whom it then meets is said before it is asked. */
function Late({ plan, row }: { plan: PlanScreens; row: Appointment }) {
  return (
    <fieldset class="late" aria-label={actWords.late}>
      <span>{actWords.late}</span>
      {[5, 10, 15].map((minutes) => (
        <Button
          key={minutes}
          onPress={() => {
            // Ignored rather than disabled, which would take the focus from whoever presses by keys.
            if (!plan.asking.peek()) void plan.ask(lateAct(row, minutes), 'late')
          }}
        >
          {actWords.plus({ minutes })}
        </Button>
      ))}
    </fieldset>
  )
}

function CloseOnly({ desk }: { desk: Desk }) {
  return (
    <div class="actions">
      <Button onPress={desk.close}>{dialogWords.close}</Button>
    </div>
  )
}

type KeepProps = { desk: Desk; row: Appointment; onKeep: () => void }

function Cancelling({ desk, row, onKeep }: KeepProps) {
  const { plan } = desk
  const [reason, setReason] = useState('')
  const isReady = reason.trim() !== ''
  const close = (kept: boolean) => kept && desk.close()
  return (
    <form
      class="asking"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void plan.ask(cancelAct(row, reason.trim()), 'cancelled').then(close)
      }}
    >
      <label class="ask">
        <span>{actWords.reason}</span>
        <input
          value={reason}
          maxLength={200}
          ref={(field) => void (field && reason === '' && field.focus())}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <small>{actWords.reasonHint}</small>
      </label>
      <div class="actions">
        <button type="submit" class="button primary" disabled={!isReady}>
          {actWords.cancelNow}
        </button>
        {row.occasion && (
          <>
            <Button
              disabled={!isReady}
              onPress={() => void plan.endSeries(row, 'following', reason.trim()).then(close)}
            >
              {actWords.cancelFollowing}
            </Button>
            <Button
              disabled={!isReady}
              onPress={() => void plan.endSeries(row, 'all', reason.trim()).then(close)}
            >
              {actWords.cancelAll}
            </Button>
          </>
        )}
        <Button onPress={onKeep}>{actWords.keep}</Button>
      </div>
    </form>
  )
}
