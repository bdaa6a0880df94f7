/** *Show in this call*: what, to whom, whose it is; and before it leaves, a look for names in the pictures. */
import '../scan-share.css'
import cast from 'lucide-static/icons/monitor-up.svg?raw'
import { useRef, useState } from 'preact/hooks'
import { type CallsPatient, type Outpatient, ofAnotherThan } from '../../core/scan/whose.ts'
import type { Calls } from '../../state/calls.ts'
import type { OpenedScan } from '../../state/scan-ports.ts'
import type { ScanShare } from '../../state/scan-share.ts'
import { createStripStep, type Decided, hasToLook, type StripStep } from '../../state/scan-strip.ts'
import type { Viewer } from '../../state/scan-viewer.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { StripDialog } from '../scan/strip-step.tsx'
import { askWords, otherWord, toWord, troubleWord } from '../words-scan-share.ts'
import { Refusals } from './presenter-bar.tsx'

/** `patient`: whose call it is, where the board or the waiting room says so. */
type ShowProps = { share: ScanShare; calls: Calls; viewer: Viewer; patient: CallsPatient | Outpatient | null }

const nothingBlack: Decided = { boxes: new Map(), leftOut: new Set() }

export function ShowInCall({ share, calls, viewer, patient }: ShowProps) {
  const [isOpen, setOpen] = useState(false)
  const there = calls.seats.value.filter(({ state }) => state.value.type === 'live')
  const isFree = share.state.value.share === null && share.preparing.value === null
  if (!share.mayPresent.value || there.length === 0) return null
  return (
    <>
      {isFree && viewer.shown.value && (
        <Button icon={cast} onPress={() => setOpen(true)}>
          {askWords.show}
        </Button>
      )}
      {share.preparing.value && <p role="status">{askWords.preparing(share.preparing.value)}</p>}
      <Trouble share={share} />
      {isOpen && <ShowDialog {...{ share, calls, viewer, patient }} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Where nothing may leave, why not stands at each of them. */
function Trouble({ share }: { share: ScanShare }) {
  const { trouble, refused } = share
  if (trouble.value === 'nothing' && refused.value) return <Refusals share={share} />
  const word = trouble.value && troubleWord(trouble.value)
  return word ? <p role="alert">{word}</p> : null
}

function ShowDialog({ share, calls, viewer, patient, onClose }: ShowProps & { onClose: () => void }) {
  const [identity, setIdentity] = useState<'shown' | 'hidden'>('shown')
  const [step, setStep] = useState<StripStep | null>(null)
  const stacks = viewer.files.stacks.value
  const files = stacks.flatMap((stack) => stack.files)
  const live = calls.seats.value.filter(({ state }) => state.value.type === 'live')
  const people = live.map(({ peer }) => peer)
  /** To whom it was said to be shown. */
  const to = useRef<readonly string[]>([])

  function begin(decided: Decided | null): void {
    onClose()
    if (!decided) return
    const { boxes, leftOut } = decided
    void share.start({ stacks, boxes, leftOut, identity }, to.current).then(() => {
      const view = viewer.view.peek()
      if (view) share.show(view)
    })
  }

  function look(): void {
    to.current = live.map(({ callId }) => callId)
    if (hasToLook(files)) setStep(createStripStep(viewer.reader, files, begin))
    else begin(nothingBlack)
  }

  if (step) return <StripDialog step={step} />
  return (
    <Dialog label={askWords.title} onClose={onClose}>
      <h2 tabIndex={-1} data-first>
        {askWords.title}
      </h2>
      <p>{askWords.what({ files: files.length, series: stacks.length })}</p>
      <p>
        <b>{toWord(people)}</b>
      </p>
      <p>{askWords.live}</p>
      <SomebodyElse files={files} patient={patient} />
      <label class="check">
        <input
          type="checkbox"
          checked={identity === 'shown'}
          onChange={({ currentTarget }) => setIdentity(currentTarget.checked ? 'shown' : 'hidden')}
        />
        <span>{askWords.identity}</span>
      </label>
      {identity === 'hidden' && <p role="status">{askWords.identityOff}</p>}
      <div class="actions">
        <Button onPress={onClose}>{askWords.cancel}</Button>
        <Button kind="primary" icon={cast} onPress={look}>
          {askWords.begin}
        </Button>
      </div>
    </Dialog>
  )
}

/** [VIEW-15] A colleague may have to see what is another patient's; nobody shows it without having read whose it is (HZ-1). */
function SomebodyElse({
  files,
  patient,
}: {
  files: readonly OpenedScan[]
  patient: CallsPatient | Outpatient | null
}) {
  const other =
    patient &&
    ofAnotherThan(
      files.map(({ scan }) => scan.identity),
      patient,
    )
  return patient && other && <p role="alert">{otherWord(other, patient)}</p>
}
