/** Before pictures leave in which a name may be: a person looks, blacks what nobody may read, and says so. */
import '../scan-strip.css'
import { useEffect, useRef } from 'preact/hooks'
import type { Looking } from '../../core/scan/looking.ts'
import { screenPixels } from '../../core/scan/seen.ts'
import type { Seen, StripStep } from '../../state/scan-strip.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { stripWords } from '../words-scan-strip.ts'
import { Boxes } from './strip-boxes.tsx'

/** Escape shows nothing to anybody, as *Show nothing* does. */
export function StripDialog({ step }: { step: StripStep }) {
  const [at, looking] = [step.at.value, step.looking.value]
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [at])
  if (at === null || !looking) return null
  return (
    <Dialog label={stripWords.title} class="strip" onClose={step.giveUp}>
      <h2 ref={heading} tabIndex={-1} data-first>
        {stripWords.title}
      </h2>
      {step.count > 1 && <p>{stripWords.progress({ at: at + 1, all: step.count })}</p>}
      <p>{stripWords.why}</p>
      <p>
        {stripWords.how} {looking.pictures > 1 && stripWords.alike({ count: looking.pictures })}
      </p>
      <div class="strip-pictures">
        {step.seen.value.map((seen, which) => (
          <Shown key={`${at} ${which}`} step={step} looking={looking} seen={seen} which={which} />
        ))}
      </div>
      <p id="strip-keys">{stripWords.keys}</p>
      <p>{stripWords.honest}</p>
      <Actions step={step} looking={looking} />
    </Dialog>
  )
}

function Actions({ step, looking }: { step: StripStep; looking: Looking }) {
  const { rows, columns } = looking
  const middle = { x: columns * 0.3, y: rows * 0.45, width: columns * 0.4, height: rows * 0.1 }
  const hasBoxes = step.boxes.value.length > 0
  function addOne({ target }: MouseEvent): void {
    const dialog = target instanceof Element ? target.closest('dialog') : null
    step.add(middle)
    // Drawn by then: the arrow keys move what was just added.
    requestAnimationFrame(() =>
      dialog?.querySelector<HTMLElement>('.strip-boxes > button:last-of-type')?.focus(),
    )
  }
  return (
    <div class="actions">
      <Button kind="primary" disabled={!step.canSay.value} onPress={step.say}>
        {hasBoxes ? stripWords.lookedBoxes : stripWords.looked}
      </Button>
      <Button onPress={addOne}>{stripWords.add}</Button>
      {step.boxes.value.map((_, index) => (
        <Button key={index} onPress={() => step.remove(index)}>
          {stripWords.remove({ number: index + 1 })}
        </Button>
      ))}
      <Button onPress={step.leaveOut}>{stripWords.leaveOut}</Button>
      <Button onPress={step.giveUp}>{stripWords.giveUp}</Button>
    </div>
  )
}

type ShownProps = { step: StripStep; looking: Looking; seen: Seen; which: number }

function Shown({ step, looking, seen, which }: ShownProps) {
  const word =
    looking.places.length === 1 ? stripWords.only : which === 0 ? stripWords.first : stripWords.last
  return (
    <figure>
      <figcaption>{word}</figcaption>
      {seen.type === 'coming' && <p role="status">{stripWords.coming}</p>}
      {seen.type === 'failed' && <p role="alert">{stripWords.failed}</p>}
      {seen.type === 'there' && (
        <div class="strip-picture" style={placeOf(seen)}>
          <Canvas seen={seen} word={word} />
          <Boxes step={step} looking={looking} name={word} />
        </div>
      )}
    </figure>
  )
}

function Canvas({ seen, word }: { seen: Extract<Seen, { type: 'there' }>; word: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { picture, frame } = seen
  const { rows, columns } = picture
  useEffect(() => {
    const shown = canvas.current
    const context = shown?.getContext('2d')
    context?.putImageData(new ImageData(screenPixels(frame, picture), columns, rows), 0, 0)
    // Emptied, not left to the collector: nothing of it stays behind the dialog.
    return () => context?.clearRect(0, 0, columns, rows)
  }, [seen])
  return <canvas ref={canvas} width={columns} height={rows} role="img" aria-label={word} />
}

/** As large as there is room for, in the shape that it has: small letters are looked for. */
function placeOf({ picture: { rows, columns }, frame }: Extract<Seen, { type: 'there' }>) {
  const ratio = columns / (rows * frame.geometry.pixelAspect)
  return { aspectRatio: `${ratio}`, inlineSize: `min(100%, ${60 * ratio}vh)` }
}
