/** Says that somebody needs an interpreter and has none, by word, icon and colour, wherever the appointment stands. */
import languages from 'lucide-static/icons/languages.svg?raw'
import { lacksInterpreter } from '../../core/plan/interpreting.ts'
import type { Appointment, PlanScreens } from '../../state/plan.ts'
import { Icon } from '../parts/icon.tsx'
import { planWords } from '../words-plan.ts'
import { languageWord } from './lines.ts'

export function InterpreterLine({ plan, row }: { plan: PlanScreens; row: Appointment }) {
  if (!row.interpreter) return null
  const language = languageWord(row.language)
  const words = (word: string) => [word, language].filter((part) => part).join(' · ')
  if (!lacksInterpreter(plan.sync.view.value, row)) return <span>{words(planWords.interpreter)}</span>
  return (
    <span class="no-interpreter">
      <Icon svg={languages} />
      <b>{words(planWords.noInterpreter)}</b>
    </span>
  )
}
