/** Who it is: initials, name and role, never one without the other. */
import type { Party } from '../../core/call-state.ts'
import { initialsOf, nameOf, roleOf } from '../words.ts'

export function Avatar({ party }: { party: Party }) {
  return (
    <span class="avatar" aria-hidden="true">
      {initialsOf(party)}
    </span>
  )
}

export function PersonName({ party }: { party: Party }) {
  return (
    <span class="person">
      <b>{nameOf(party)}</b>, {roleOf(party)}
    </span>
  )
}
