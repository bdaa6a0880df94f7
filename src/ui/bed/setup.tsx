/** From the enrolment link to Ready: no bed yet, or one button away. */
import power from 'lucide-static/icons/power.svg?raw'
import type { Bed, Setup } from '../../state/bed.ts'
import { Button } from '../parts/button.tsx'
import { cameraTrouble } from '../words.ts'
import { bindingProblems, setupWords, unbound } from '../words-setup.ts'
import { CodeField } from './code-field.tsx'
import { Frame, Top } from './frame.tsx'
import { offerSelfTest } from './self-test-door.tsx'
import { StaffDoor } from './staff-door.tsx'

type ProblemOf<T extends Setup['type']> = Extract<Setup, { type: T; problem: unknown }>['problem']

export function Unbound({ bed, problem }: { bed: Bed; problem: ProblemOf<'unbound'> }) {
  const identity = bed.identity.value
  const { said, todo } = problem === null ? unbound : bindingProblems[problem]
  return (
    <Frame bed={bed}>
      <div class="middle">
        <h1>{said}</h1>
        <p class="lead">{todo}</p>
        {!identity && <CodeField bed={bed} />}
        {identity && problem !== 'storage-lost' && (
          <>
            <p>{setupWords.stillBound({ label: identity.label })}</p>
            <Button kind="primary" onPress={() => void bed.stay()}>
              {setupWords.stay}
            </Button>
          </>
        )}
      </div>
    </Frame>
  )
}

/** While it tries there is no button: after a reload it tries by itself, and nobody should have to press anything. */
type NeedsStartProps = { bed: Bed; problem: ProblemOf<'needs-start'>; trying: boolean }

export function NeedsStart({ bed, problem, trying }: NeedsStartProps) {
  const start = () => {
    offerSelfTest(bed)
    void bed.start()
  }
  return (
    <Frame bed={bed}>
      <Top bed={bed} />
      <div class="middle">
        {problem && !trying && <Steps problem={problem} />}
        {(!problem || trying) && <p class="lead">{trying ? setupWords.trying : setupWords.why}</p>}
        {!trying && (
          <Button kind="primary" icon={power} onPress={start}>
            {setupWords.start}
          </Button>
        )}
      </div>
      {!trying && (
        <div class="for-staff">
          <StaffDoor bed={bed} />
        </div>
      )}
    </Frame>
  )
}

function Steps({ problem }: { problem: NonNullable<ProblemOf<'needs-start'>> }) {
  const { said, steps } = cameraTrouble(problem)
  return (
    <div class="trouble" role="alert">
      <h2>{said}</h2>
      <ol>
        {[...steps, setupWords.again].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  )
}
