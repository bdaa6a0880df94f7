/** One appointment opened: everything about it, and what can be done to it with one press. */
import { useState } from 'preact/hooks'
import type { Appointment, PlanScreens } from '../../state/plan.ts'
import { cancelAct, statusAct } from '../../state/plan-acts.ts'
import { lookOf, waitingOf } from '../../state/plan-entries.ts'
import type { Scope } from '../../state/plan-form.ts'
import { repeatOf } from '../../state/plan-repeat.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Status } from '../parts/status.tsx'
import { actWords, repeatSentence, scopeWords } from '../words-changes.ts'
import { dialogWords, kindWords, lookWords, planWords } from '../words-plan.ts'
import type { Desk } from './desk.ts'
import { Late, LateForm } from './late.tsx'
import { languageWord, whenSentence, whereOf, whoOf } from './lines.ts'
import { looks } from './looks.ts'
import { MoveForm } from './move-form.tsx'
import { InterpreterLine } from './no-interpreter.tsx'
import { Round } from './round.tsx'
import { Toast } from './toast.tsx'
import { VisitPart } from './visit-part.tsx'

type Doing = 'looking' | 'cancelling' | 'moving' | 'changing' | { readonly lateBy: number }

export function EntryDialog({ desk, id }: { desk: Desk; id: string }) {
  const { plan } = desk
  const row = plan.sync.view.value.get('appointment', id)
  const [doing, setDoing] = useState<Doing>('looking')
  if (!row) return null
  const keep = () => setDoing('looking')
  // What it pushes, and the press for it, stand on one screen.
  const isLate = typeof doing === 'object'
  return (
    <Dialog label={row.title} class="plan-dialog" onClose={desk.close}>
      <Head plan={plan} row={row} />
      {!isLate && <Facts plan={plan} row={row} />}
      {!isLate && row.kind === 'round' && row.stops.length > 0 && <Round plan={plan} row={row} />}
      {doing === 'looking' && <VisitPart plan={plan} row={row} />}
      {doing === 'looking' && <Acts desk={desk} row={row} onDo={setDoing} />}
      {doing === 'cancelling' && <Cancelling desk={desk} row={row} onKeep={keep} />}
      {doing === 'moving' && <MoveForm desk={desk} row={row} onKeep={keep} />}
      {typeof doing === 'object' && <LateForm plan={plan} row={row} minutes={doing.lateBy} onKeep={keep} />}
      {doing === 'changing' && <Scopes desk={desk} row={row} onKeep={keep} />}
      <Toast plan={plan} />
    </Dialog>
  )
}

function Head({ plan, row }: { plan: PlanScreens; row: Appointment }) {
  const look = lookOf(row, waitingOf(plan.sync), null)
  return (
    <div class="entry-head">
      <div>
        <h2 tabIndex={-1} data-first>
          {row.title}
        </h2>
        <p>{whenSentence(row, plan.zone.value)}</p>
        {row.occasion?.shifted && <p class="shifted">{planWords.shifted}</p>}
        {row.interpreter && (
          <p>
            <InterpreterLine plan={plan} row={row} />
          </p>
        )}
      </div>
      <Status tone={looks[look].tone} icon={looks[look].icon} word={lookWords[look]} />
    </div>
  )
}

function Facts({ plan, row }: { plan: PlanScreens; row: Appointment }) {
  const series = plan.seriesOf(row)
  const facts: readonly (readonly [string, string | null])[] = [
    [dialogWords.kind, kindWords[row.kind]],
    [dialogWords.people, whoOf(plan, row)],
    [isOfPatientOnly(row) ? dialogWords.patient : dialogWords.where, whereOf(plan, row)],
    [dialogWords.language, row.interpreter ? null : languageWord(row.language)],
    [dialogWords.repeat, series ? repeatSentence(repeatOf(series.rule, series.zone)) : null],
    [dialogWords.note, row.note],
    [dialogWords.cancelReason, row.cancelReason],
  ]
  return (
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
  )
}

/** Who comes is no place. */
function isOfPatientOnly({ outpatient, stops, place }: Appointment): boolean {
  return outpatient !== null && stops.length === 0 && !place
}

/** Nobody of the ward has agreed to it yet: it neither runs late nor is it done. */
function isProposed({ status }: Appointment): boolean {
  return status === 'proposed' || status === 'pending'
}

type ActsProps = { desk: Desk; row: Appointment; onDo: (doing: Doing) => void }

function Acts({ desk, row, onDo }: ActsProps) {
  const { plan } = desk
  const isOver = ['cancelled', 'fulfilled', 'noshow', 'entered-in-error'].includes(row.status)
  const isAsked = isProposed(row)
  if (!plan.mayChange) return <CloseOnly desk={desk} />
  return (
    <>
      {!isOver && !isAsked && row.when.type === 'at' && (
        <Late plan={plan} row={row} onAsk={(lateBy) => onDo({ lateBy })} />
      )}
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
  const isAsked = isProposed(row)
  const done = () => void plan.ask(statusAct(row, 'fulfilled'), 'done').then((kept) => kept && desk.close())
  const missed = () => void plan.ask(statusAct(row, 'noshow'), 'missed').then((kept) => kept && desk.close())
  return (
    <>
      {isAsked && (
        <Button kind="primary" onPress={() => void plan.ask(statusAct(row, 'booked'), 'agreed')}>
          {actWords.confirm}
        </Button>
      )}
      {row.kind === 'visit' && row.status === 'booked' && (
        <Button onPress={() => void plan.ask(statusAct(row, 'arrived'), 'arrived')}>
          {actWords.arrived}
        </Button>
      )}
      {!isWaiting && !isAsked && (
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
      {row.kind === 'visit' && row.status === 'booked' && <Button onPress={missed}>{actWords.missed}</Button>}
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
