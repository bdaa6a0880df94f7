/** Each state of an entry as icon and colour; its word is in words-plan. Dashed: not confirmed by the server. */
import done from 'lucide-static/icons/circle-check-big.svg?raw'
import requested from 'lucide-static/icons/circle-dashed.svg?raw'
import confirmed from 'lucide-static/icons/circle-dot.svg?raw'
import saving from 'lucide-static/icons/circle-dot-dashed.svg?raw'
import proposed from 'lucide-static/icons/circle-question-mark.svg?raw'
import cancelled from 'lucide-static/icons/circle-x.svg?raw'
import attention from 'lucide-static/icons/triangle-alert.svg?raw'
import arrived from 'lucide-static/icons/user-check.svg?raw'
import missed from 'lucide-static/icons/user-x.svg?raw'
import type { Look } from '../../state/plan-entries.ts'
import type { Tone } from '../parts/status.tsx'

export const looks: Record<Look, { readonly tone: Tone; readonly icon: string }> = {
  confirmed: { tone: 'plain', icon: confirmed },
  saving: { tone: 'waits', icon: saving },
  requested: { tone: 'waits', icon: requested },
  proposed: { tone: 'waits', icon: proposed },
  arrived: { tone: 'well', icon: arrived },
  attention: { tone: 'lost', icon: attention },
  cancelled: { tone: 'plain', icon: cancelled },
  done: { tone: 'well', icon: done },
  missed: { tone: 'plain', icon: missed },
  cancelling: { tone: 'waits', icon: requested },
  finishing: { tone: 'waits', icon: requested },
  missing: { tone: 'waits', icon: requested },
}
