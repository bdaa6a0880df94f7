/** One act about who lies where: its fields, its button, and in one sentence why it was not done. */
import '../plan.css'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { AdmissionOutcome } from '../../state/admission-desk.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { admissionWords, refusalWords } from '../words-admission.ts'

type ActDialogProps = {
  title: string
  go: string
  /** What is missing before it can be asked, in words. */
  problem: string | null
  ask: () => Promise<AdmissionOutcome>
  onDone: () => void
  onClose: () => void
  children: ComponentChildren
}

type Standing = 'typing' | 'missing' | 'asking' | Exclude<AdmissionOutcome, 'done'>

export function ActDialog({ title, go, problem, ask, onDone, onClose, children }: ActDialogProps) {
  const [standing, setStanding] = useState<Standing>('typing')

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (standing === 'asking') return
    if (problem !== null) return setStanding('missing')
    setStanding('asking')
    const outcome = await ask()
    if (outcome === 'done') onDone()
    else setStanding(outcome)
  }

  return (
    <Dialog label={title} class="plan-dialog form" onClose={onClose}>
      <form class="asking" noValidate onSubmit={(event) => void submit(event)}>
        <h2>{title}</h2>
        {children}
        <div class="actions foot-actions">
          <Said standing={standing} problem={problem} />
          <button type="submit" class="button primary">
            {go}
          </button>
          <Button onPress={onClose}>{admissionWords.close}</Button>
        </div>
      </form>
    </Dialog>
  )
}

function Said({ standing, problem }: { standing: Standing; problem: string | null }) {
  switch (standing) {
    case 'typing':
      return null
    case 'asking':
      return <output class="soft">{admissionWords.asking}</output>
    case 'missing':
      return problem === null ? null : (
        <p class="lost" role="alert">
          {problem}
        </p>
      )
    default:
      return (
        <p class="lost" role="alert">
          {refusalWords[standing]}
        </p>
      )
  }
}
