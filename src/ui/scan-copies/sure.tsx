/** What cannot be undone takes two presses, and the first of the second two is the safe one. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'

type SureProps = {
  word: string
  label: string
  sure: string
  yes: string
  no: string
  onYes: () => void
}

export function Sure({ word, label, sure, yes, no, onYes }: SureProps) {
  const [isAsked, setAsked] = useState(false)
  const safe = useRef<HTMLButtonElement>(null)
  useEffect(() => safe.current?.focus(), [isAsked])
  if (!isAsked)
    return (
      <Button label={label} onPress={() => setAsked(true)}>
        {word}
      </Button>
    )
  return (
    <fieldset class="copies-sure" aria-label={label}>
      <p role="status">{sure}</p>
      <div class="actions">
        <button type="button" class="button plain" ref={safe} onClick={() => setAsked(false)}>
          {no}
        </button>
        <Button onPress={onYes}>{yes}</Button>
      </div>
    </fieldset>
  )
}
