/** A picture for each need: the same at the bed and at the station. */
import question from 'lucide-static/icons/circle-question-mark.svg?raw'
import other from 'lucide-static/icons/ellipsis.svg?raw'
import pain from 'lucide-static/icons/frown.svg?raw'
import water from 'lucide-static/icons/glass-water.svg?raw'
import toilet from 'lucide-static/icons/toilet.svg?raw'
import type { RequestReason } from '../../state/my-requests.ts'

/** In the order in which they are offered. */
export const reasons: readonly RequestReason[] = ['water', 'pain', 'toilet', 'question', 'other']
export const reasonIcons: Record<RequestReason, string> = { water, pain, toilet, question, other }
