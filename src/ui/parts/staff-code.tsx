/** The code that opens the settings of every tablet of the ward: behind a press, and hidden again after a minute. */
import key from 'lucide-static/icons/key-square.svg?raw'
import { useEffect } from 'preact/hooks'
import type { ShownCode, StaffCodeDesk } from '../../state/staff-code.ts'
import { staffCodeWords } from '../words-alive.ts'
import { digitsWord } from '../words-digits.ts'
import { adviceOf } from '../words-tablets.ts'
import { Button } from './button.tsx'

export function StaffCode({ desk }: { desk: StaffCodeDesk }) {
  const shown = desk.shown.value
  const isHidden = shown.type === 'hidden'
  useEffect(() => desk.hide, [desk])
  return (
    <div class="staff-code">
      <Button icon={key} onPress={isHidden ? () => void desk.show() : desk.hide}>
        {isHidden ? staffCodeWords.show : staffCodeWords.hide}
      </Button>
      <div role="status">{!isHidden && <Shown shown={shown} />}</div>
    </div>
  )
}

function Shown({ shown }: { shown: ShownCode }) {
  if (shown.type === 'failed') {
    const { said, todo } = adviceOf(shown.failure)
    return (
      <p>
        {said} {todo}
      </p>
    )
  }
  if (shown.type !== 'shown') return null
  return (
    <>
      <p class="digits">{digitsWord(shown.code.code)}</p>
      <p class="soft">{staffCodeWords.means}</p>
    </>
  )
}
