/** The screen between calls: the time, where one is, whether a nurse can call, how to ask for one, and the curtain. */
import elsewhere from 'lucide-static/icons/circle-alert.svg?raw'
import ready from 'lucide-static/icons/circle-check.svg?raw'
import waiting from 'lucide-static/icons/loader.svg?raw'
import unbound from 'lucide-static/icons/unlink.svg?raw'
import lost from 'lucide-static/icons/wifi-off.svg?raw'
import type { Bed, Readiness } from '../../state/bed.ts'
import { Button } from '../parts/button.tsx'
import { Status, type Tone } from '../parts/status.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { listOf } from '../texts/dates.ts'
import { atRestWord, nameOf } from '../words.ts'
import { careWords, idleWords, readinessWords } from '../words-bed.ts'
import { AskedPart, AskPart } from './ask-part.tsx'
import { Frame, Top } from './frame.tsx'
import { MyPlanPart } from './my-plan-part.tsx'
import { later } from './part.ts'
import { SoundCheckPart } from './sound-check-part.tsx'

const looks: Record<Readiness['type'], { tone: Tone; icon: string }> = {
  ready: { tone: 'well', icon: ready },
  connecting: { tone: 'plain', icon: waiting },
  updating: { tone: 'plain', icon: waiting },
  uncertified: { tone: 'waits', icon: elsewhere },
  unreachable: { tone: 'lost', icon: lost },
  replaced: { tone: 'lost', icon: elsewhere },
  revoked: { tone: 'lost', icon: unbound },
}

/** Where a call may still come: only there is it worth asking how. */
const mayReturn: ReadonlySet<Readiness['type']> = new Set(['ready', 'connecting', 'unreachable'])

/** Where the patient may ask for somebody; whether that reaches anybody is said at once (HZ-4). */
const mayAsk: ReadonlySet<Readiness['type']> = new Set([...mayReturn, 'uncertified'])

export function Idle({ bed }: { bed: Bed }) {
  const part = later.part.value
  const isAstray = bed.whereabouts.isAstray.value
  return (
    <Frame bed={bed} class="idle" acts={<Doings bed={bed} />}>
      <Top bed={bed} />
      {mayAsk.has(bed.readiness.value.type) && <AskedPart bed={bed} />}
      <div class="middle">
        {isAstray && <AstrayPart bed={bed} />}
        <State bed={bed} />
        {!isAstray && <WithYou bed={bed} />}
      </div>
      {!isAstray && <MyPlanPart bed={bed} />}
      <SoundCheckPart bed={bed} />
      {part && mayReturn.has(bed.readiness.value.type) && <part.WhenCalled bed={bed} />}
      {part && <ForStaff bed={bed} />}
    </Frame>
  )
}

/** Who carried it away reads nobody's name (HZ-14). */
function AstrayPart({ bed }: { bed: Bed }) {
  const part = later.part.value
  return part && <part.Astray bed={bed} />
}

/** Who cares for the patient today, by name and role. */
function WithYou({ bed }: { bed: Bed }) {
  const carers = bed.carers.value
  if (carers.length === 0) return null
  return (
    <p class="with-you">
      <span>{careWords.withYou}</span>
      <b>{listOf(carers.map(nameOf))}</b>
    </p>
  )
}

function State({ bed }: { bed: Bed }) {
  const readiness = bed.readiness.value
  const { tone, icon } = looks[readiness.type]
  const { said, more } = readinessWords(readiness, bed.identity.value?.label ?? '')
  return (
    <>
      <Status tone={tone} icon={icon} word={said} />
      <p class="lead">{more}</p>
      {readiness.type === 'replaced' && (
        <Button kind="primary" onPress={bed.useHere}>
          {idleWords.useHere}
        </Button>
      )}
      <Tracks tracks={bed.calls.mine.value} word={atRestWord} />
    </>
  )
}

/** Below what is the patient's, and no part of what they are asked. */
function ForStaff({ bed }: { bed: Bed }) {
  const part = later.part.value
  return (
    part && (
      <div class="for-staff">
        <part.SelfTestDoor bed={bed} />
        <part.CleaningDoor bed={bed} />
        <part.StaffDoor bed={bed} />
        <part.Cleaning bed={bed} />
      </div>
    )
  )
}

/** What the patient can do here; it follows the screen by itself. */
function Doings({ bed }: { bed: Bed }) {
  const part = later.part.value
  return (
    <div class="doings">
      {mayAsk.has(bed.readiness.value.type) && <AskPart bed={bed} />}
      {part && !bed.whereabouts.isAstray.value && <part.CallBack bed={bed} />}
      {part && <part.DrawCurtain bed={bed} />}
      {part && !bed.whereabouts.isAstray.value && <part.WhoCalled bed={bed} />}
    </div>
  )
}
