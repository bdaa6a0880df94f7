/** One plain sentence across the screen about something that needs a person. */
import { Icon } from './icon.tsx'
import type { Tone } from './status.tsx'

export function Banner({ tone, icon, children }: { tone: Tone; icon: string; children: string }) {
  return (
    <p class={`banner ${tone}`} role="alert">
      <Icon svg={icon} />
      <span>{children}</span>
    </p>
  )
}
