/** The way to all copies, with how many of them are new. */
import '../scan-copies.css'
import inbox from 'lucide-static/icons/inbox.svg?raw'
import type { Copies } from '../../state/scan-copies.ts'
import { IconButton } from '../parts/button.tsx'
import { copiesWords } from '../words-scan-copies.ts'

export function BarButton({ copies, onPress }: { copies: Copies; onPress: () => void }) {
  const count = copies.unread.value
  const label = count > 0 ? copiesWords.openNew({ count }) : copiesWords.open
  return (
    <span class="counted-button">
      <IconButton icon={inbox} label={label} onPress={onPress} />
      {count > 0 && (
        <span class="button-count" aria-hidden="true">
          {count}
        </span>
      )}
    </span>
  )
}
