/** A state as word, icon and colour. The word alone is the live region: its text is exact. */
import { Icon } from './icon.tsx'

/** `well`: live and well; `waits`: for somebody; `lost`: unsafe or lost; `plain`: everything else. */
export type Tone = 'well' | 'waits' | 'lost' | 'plain'

export function Status({ tone, icon, word }: { tone: Tone; icon: string; word: string }) {
  return (
    <p class={`status ${tone}`}>
      <Icon svg={icon} />
      <output>{word}</output>
    </p>
  )
}
