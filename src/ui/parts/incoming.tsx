/** Somebody at the door: who it is, that nothing is on yet, and two buttons that are hard to press by mistake. */
import phone from 'lucide-static/icons/phone.svg?raw'
import phoneOff from 'lucide-static/icons/phone-off.svg?raw'
import type { ComponentChildren } from 'preact'
import type { Call } from '../../core/call-state.ts'
import type { Calls } from '../../state/calls.ts'
import { incomingName, incomingWords, nameOf } from '../words.ts'
import { askedToWord } from '../words-table.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { useNow } from './now.ts'
import { Avatar, PersonName } from './person.tsx'
import { useMeantPresses } from './presses.ts'
import { Verified } from './verified.tsx'

type IncomingProps = {
  calls: Calls
  call: Call
  how: 'ringing' | 'knocking'
  /** `still`: it does not flash. */
  look?: 'still' | ''
  /** More about who it is. */
  who?: ComponentChildren
  /** Why it comes although the patient wants to be alone: before anything that large letters push out of sight. */
  why?: ComponentChildren
  /** What else may be done about it; it scrolls with who it is where letters are large. */
  about?: ComponentChildren
  /** What the screen shows on every one of its pages, so here too. */
  children?: ComponentChildren
}

/** From here on a name is set smaller, so that Answer stays on the screen. */
const longName = 24

export function Incoming({ calls, call, how, look = '', who, why, about, children }: IncomingProps) {
  const presses = useMeantPresses()
  return (
    <Dialog class={`incoming ${how} ${look}`} label={incomingName(call.peer, how)}>
      <div class="incoming-who">
        {how === 'knocking' ? <Countdown calls={calls} call={call} /> : <Avatar party={call.peer} />}
        <h1 class={nameOf(call.peer).length > longName ? 'long' : ''} tabIndex={-1} data-first>
          <PersonName party={call.peer} />
        </h1>
        {who}
        <p class="incoming-wish">{wishWord(call)}</p>
        {why}
        {how === 'knocking' && <TimeLeft calls={calls} call={call} />}
        <p>{how === 'knocking' ? incomingWords.offUntilEntry : incomingWords.offUntilAnswer}</p>
        <div class="incoming-mark">
          <Verified calls={calls} peer={call.peer} />
        </div>
        {about}
      </div>
      <div class="incoming-choice" {...presses.row}>
        <Button kind="go" icon={phone} onPress={(event) => presses.counts(event) && calls.answer()}>
          {incomingWords.answer}
        </Button>
        <Button icon={phoneOff} onPress={(event) => presses.counts(event) && calls.hangUp()}>
          {incomingWords.notNow}
        </Button>
      </div>
      {children}
    </Dialog>
  )
}

/** Somebody who asks a colleague to come says to whom. */
function wishWord({ continued, table }: Call): string {
  if (continued) return incomingWords.continued
  return table ? askedToWord(table) : incomingWords.wish
}

function useLeftMs(calls: Calls): number {
  return Math.max(0, calls.sinceMs.value + calls.timings().knockMs - useNow(250))
}

/** The knock, counted down around the caller's initials. */
function Countdown({ calls, call }: { calls: Calls; call: Call }) {
  const gone = useLeftMs(calls) / calls.timings().knockMs - 1
  return (
    <span class="countdown">
      <Avatar party={call.peer} />
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="47" pathLength={1} style={{ strokeDashoffset: String(gone) }} />
      </svg>
    </span>
  )
}

/** Shown every second; said aloud only every five. */
function TimeLeft({ calls, call }: { calls: Calls; call: Call }) {
  const left = Math.ceil(useLeftMs(calls) / 1000)
  const aloud = Math.ceil(left / 5) * 5
  return (
    <>
      <p class="countdown-word" aria-hidden="true">
        {incomingWords.comesIn({ count: left })}
      </p>
      <p class="unseen" aria-live="polite">
        {incomingWords.enters({ name: nameOf(call.peer), count: aloud })}
      </p>
    </>
  )
}
