/** Files that another app or a page handed over: whoever sits here says whether they are to be opened (HZ-1). */
import { Button } from '../parts/button.tsx'
import { handedWords } from '../words-scan-pacs.ts'

type HandedOverProps = { count: number; onOpen: () => void; onDiscard: () => void }

export function HandedOver({ count, onOpen, onDiscard }: HandedOverProps) {
  return (
    <section class="scan-news" role="alert">
      <p>{handedWords.said({ count })}</p>
      <p>{handedWords.yours}</p>
      <div class="actions">
        <Button kind="primary" onPress={onOpen}>
          {handedWords.open}
        </Button>
        <Button onPress={onDiscard}>{handedWords.discard}</Button>
      </div>
    </section>
  )
}
