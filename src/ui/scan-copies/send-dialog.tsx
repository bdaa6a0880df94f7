/** Sending a copy: to whom, of whom, for how long, with or without the name; then the look for names, and it is sealed. */
import '../scan-copies.css'
import icon from 'lucide-static/icons/send.svg?raw'
import { useMemo, useRef, useState } from 'preact/hooks'
import { numberFor, whoseAreThey } from '../../core/scan/copying.ts'
import { sealing } from '../../core/scan/sealed.ts'
import { rehearse, sendCopy } from '../../state/scan-copies-send.ts'
import type { Refused } from '../../state/scan-outgoing.ts'
import { createStripStep, type Decided, hasToLook, type StripStep } from '../../state/scan-strip.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { StripDialog } from '../scan/strip-step.tsx'
import { bytesWord, sendFailureWord, sendWords } from '../words-scan-copies.ts'
import { serverNowMs } from './desk.ts'
import { LeftBehind } from './left-behind.tsx'
import type { SendCopyProps } from './send.tsx'
import { Identity, Lasts, Whose } from './send-fields.tsx'
import { Addressed, type To } from './to-whom.tsx'

type Stage =
  | { readonly type: 'asking'; readonly failed: string | null; readonly refused: readonly Refused[] }
  | { readonly type: 'looking'; readonly step: StripStep }
  | { readonly type: 'preparing'; readonly done: number; readonly of: number }
  | { readonly type: 'kept'; readonly refused: readonly Refused[] }

const nothingBlack: Decided = { boxes: new Map(), leftOut: new Set() }
const asking: Stage = { type: 'asking', failed: null, refused: [] }

export { rehearse }

export function SendDialog(props: SendCopyProps & { onClose: () => void }) {
  const { station, copies, io, viewer, patient, onClose } = props
  const [stage, setStage] = useState<Stage>(asking)
  const [to, setTo] = useState<To | null>(null)
  const [typed, setTyped] = useState('')
  const [lastsMs, setLasts] = useState(sealing.usualMs)
  const [identity, setIdentity] = useState<'shown' | 'hidden'>('shown')
  const isOver = useRef(false)
  // What is sent is what was open when it was asked for.
  const stacks = useMemo(() => viewer.files.stacks.peek(), [viewer])
  const files = stacks.flatMap((stack) => stack.files)
  const identities = files.map(({ scan }) => scan.identity)
  const whose = whoseAreThey(identities, patient?.number ?? null)
  const patientNumber = numberFor(whose, typed)

  async function begin(decided: Decided | null): Promise<void> {
    if (!decided || !to || patientNumber === null) return setStage(asking)
    setStage({ type: 'preparing', done: 0, of: files.length })
    const refused: Refused[] = []
    const port = await station.copies()
    const failed = await sendCopy(
      {
        ...{ io, port, outbox: copies.outbox, newId: station.admissions.newId },
        serverNowMs: () => serverNowMs(station),
      },
      {
        ...{ stacks, boxes: decided.boxes, leftOut: decided.leftOut, identity, lastsMs, patientNumber },
        ...{ to: to.addressee, toName: to.name, isOver: () => isOver.current },
        refused: (file) => refused.push(file),
        told: (done, of) => setStage({ type: 'preparing', done: done + 1, of }),
      },
    )
    if (isOver.current) return
    if (failed === null) setStage({ type: 'kept', refused })
    else setStage({ type: 'asking', failed: sendFailureWord(failed), refused })
  }

  function look(): void {
    if (hasToLook(files))
      setStage({
        type: 'looking',
        step: createStripStep(viewer.reader, files, (decided) => void begin(decided)),
      })
    else void begin(nothingBlack)
  }

  function close(): void {
    isOver.current = true
    onClose()
  }

  if (stage.type === 'looking') return <StripDialog step={stage.step} />
  if (stage.type === 'preparing') return <Preparing {...stage} onClose={close} />
  if (stage.type === 'kept')
    return <Kept {...stage} name={to?.name ?? ''} isHeard={isHeard(props)} onClose={close} />
  const bytes = bytesWord(files.reduce((sum, { byteLength }) => sum + byteLength, 0))
  return (
    <Dialog key="ask" label={sendWords.title} class="copies send-copy" onClose={close}>
      <h2>{sendWords.title}</h2>
      <p>{sendWords.what({ files: files.length, series: stacks.length, bytes })}</p>
      {stage.failed !== null && <p role="alert">{stage.failed}</p>}
      <LeftBehind files={stage.refused} />
      <Addressed station={station} to={to} onChoose={setTo} />
      <Whose {...{ whose, identities, patient, typed }} onType={setTyped} />
      <Lasts lastsMs={lastsMs} onChoose={setLasts} />
      <Identity identity={identity} onChoose={setIdentity} />
      <p class="soft">{sendWords.sealed}</p>
      <div class="actions">
        <Button onPress={close}>{sendWords.cancel}</Button>
        <Button kind="primary" icon={icon} disabled={to === null || patientNumber === null} onPress={look}>
          {sendWords.begin}
        </Button>
      </div>
    </Dialog>
  )
}

const isHeard = ({ station }: SendCopyProps): boolean => station.connection.value.type === 'open'

type PreparingProps = { done: number; of: number; onClose: () => void }

function Preparing({ done, of, onClose }: PreparingProps) {
  return (
    <Dialog key="prepare" label={sendWords.title} class="copies send-copy">
      <h2 tabIndex={-1} data-first>
        {sendWords.title}
      </h2>
      <div class="copies-progress">
        <progress aria-label={sendWords.title} max={of} value={done} />
        <output>{done < of ? sendWords.preparing({ done, of }) : sendWords.sealing}</output>
      </div>
      <div class="actions">
        <Button onPress={onClose}>{sendWords.cancel}</Button>
      </div>
    </Dialog>
  )
}

type KeptProps = { name: string; isHeard: boolean; refused: readonly Refused[]; onClose: () => void }

function Kept({ name, isHeard, refused, onClose }: KeptProps) {
  return (
    <Dialog key="kept" label={sendWords.title} class="copies send-copy" onClose={onClose}>
      <h2 tabIndex={-1} data-first>
        {sendWords.title}
      </h2>
      <p role="status">{isHeard ? sendWords.done({ name }) : sendWords.offline({ name })}</p>
      <LeftBehind files={refused} />
      <div class="actions">
        <Button kind="primary" onPress={onClose}>
          {sendWords.close}
        </Button>
      </div>
    </Dialog>
  )
}
