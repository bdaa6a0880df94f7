/** A question or a list over the bed's screen: what it says may scroll, its buttons and the emergency line do not. */
import type { ComponentChildren } from 'preact'
import { Dialog } from '../parts/dialog.tsx'
import { Emergency } from './frame.tsx'

type BedDialogProps = {
  title: string
  /** What a screen reader calls it, where that is not its title. */
  label?: string
  class?: string
  onClose: () => void
  acts: ComponentChildren
  children?: ComponentChildren
}

export function BedDialog({
  title,
  label = title,
  class: look = '',
  onClose,
  acts,
  children,
}: BedDialogProps) {
  return (
    <Dialog label={label} class={`aside ${look}`} onClose={onClose}>
      <h2 tabIndex={-1} data-first>
        {title}
      </h2>
      {children && <div class="rest">{children}</div>}
      <div class="actions">{acts}</div>
      <Emergency />
    </Dialog>
  )
}
