/** What of a visit a person decides, and nothing by itself: who has not come, another device, a link that lets nobody in. */
import type { ComponentChildren, FunctionComponent } from 'preact'
import { mayInvite, type Question, questionsOf } from '../../state/visit-rows.ts'
import type { Visits, VisitView } from '../../state/visits.ts'
import { Button } from '../parts/button.tsx'
import { hindranceWords, inviteWords, mailWord, minutesSince, questionWords } from '../words-visits.ts'
import { Failed, useAct } from './act.tsx'
import { printLetter } from './desk.ts'

type QuestionsProps = { desk: Visits; nowMs: number; visit: VisitView }
type Act = ReturnType<typeof useAct>['act']
type AskedProps = QuestionsProps & { act: Act; isBusy: boolean }

const asked: Record<Question, FunctionComponent<AskedProps>> = {
  device: Device,
  blocked: (props) => <NewLink {...props} why={questionWords.blocked} />,
  missing: Missing,
  mail: (props) => (
    <NewLink {...props} why={mailWord(props.visit.mail)}>
      <Dealt {...props} />
    </NewLink>
  ),
  wishes: (props) => <NewLink {...props} why={questionWords.wishes} />,
}

export function Questions(props: QuestionsProps) {
  const { act, failure, isBusy } = useAct()
  const open = questionsOf(props.visit, props.desk.awaited.value)
  if (open.length === 0) return null
  return (
    <div class="visit-questions">
      {open.map((question) => {
        const Asked = asked[question]
        return <Asked key={question} {...props} act={act} isBusy={isBusy} />
      })}
      <Failed failure={failure} />
    </div>
  )
}

/** Two who know the same date of birth: one of them may be another patient (HZ-1). */
function Device({ desk, visit, act, isBusy }: AskedProps) {
  const { name } = visit
  return (
    <div class="visit-question">
      <p class="waits">{questionWords.device}</p>
      <p>{questionWords.deviceMeans}</p>
      {(['let-in', 'refuse'] as const).map((answer) => {
        const what = questionWords[answer === 'let-in' ? 'letIn' : 'refuse']
        return (
          <Button
            key={answer}
            label={questionWords.of({ what, name })}
            disabled={isBusy}
            onPress={() => void act(() => desk.device(visit, answer))}
          >
            {what}
          </Button>
        )
      })}
    </div>
  )
}

function NewLink(props: AskedProps & { why: string; children?: ComponentChildren }) {
  const { desk, nowMs, visit, why, children } = props
  return (
    <div class="visit-question">
      <p class="waits">{why}</p>
      {mayInvite(visit, nowMs) && <Invite {...props} />}
      {visit.wishesNew && <SeenTo {...props} />}
      {children}
      {mayInvite(visit, nowMs) && desk.now.value?.mail === 'off' && (
        <p class="soft">{hindranceWords['no-mail']}</p>
      )}
    </div>
  )
}

/** What cannot be mailed is printed. */
function Invite({ desk, visit, act, isBusy }: AskedProps) {
  const { appointmentId, name } = visit
  const isOff = isBusy || visit.born === null
  const send = async () => {
    const answer = await desk.invite(appointmentId, 'mail')
    return answer.ok ? null : answer.failure
  }
  return (
    <>
      <Button
        label={questionWords.of({ what: questionWords.sendNew, name })}
        disabled={isOff || desk.now.value?.mail === 'off'}
        onPress={() => void act(send)}
      >
        {questionWords.sendNew}
      </Button>
      <Button
        label={questionWords.of({ what: inviteWords.print, name })}
        disabled={isOff}
        onPress={() => void act(() => printLetter(desk, visit))}
      >
        {inviteWords.print}
      </Button>
      {visit.born === null && <p class="soft">{hindranceWords['no-birth']}</p>}
    </>
  )
}

function SeenTo({ desk, visit: { visitId, name }, act, isBusy }: AskedProps) {
  return (
    <Button
      label={questionWords.of({ what: questionWords.seenTo, name })}
      disabled={isBusy}
      onPress={() => void act(() => desk.seenTo(visitId))}
    >
      {questionWords.seenTo}
    </Button>
  )
}

/** They were told by telephone, say: it is asked again when another letter fails. */
function Dealt({ desk, visit, act, isBusy }: AskedProps) {
  return (
    <Button
      label={questionWords.of({ what: questionWords.dealt, name: visit.name })}
      disabled={isBusy}
      onPress={() => void act(() => desk.mailDealt(visit))}
    >
      {questionWords.dealt}
    </Button>
  )
}

function Missing({ desk, nowMs, visit, act, isBusy }: AskedProps) {
  const { visitId, name, startMs } = visit
  return (
    <div class="visit-question">
      <p class="waits">{questionWords.missing({ count: minutesSince(startMs, nowMs) })}</p>
      <Button
        label={questionWords.of({ what: questionWords.noShow, name })}
        disabled={isBusy}
        onPress={() => void act(() => desk.end(visitId, 'no-show'))}
      >
        {questionWords.noShow}
      </Button>
      <Button label={questionWords.of({ what: questionWords.wait, name })} onPress={() => desk.wait(visitId)}>
        {questionWords.wait}
      </Button>
    </div>
  )
}
