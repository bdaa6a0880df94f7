/** A native modal dialog that gives the focus back to where it came from. */
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

type DialogProps = {
  label: string
  class?: string
  /** What Escape does. Without it nothing but the dialog's own buttons closes it. */
  onClose?: () => void
  children: ComponentChildren
}

/**
 * The first focus goes to the element with `data-first`, else where the browser puts it. A call's dialog marks its
 * heading: a stray key then neither answers nor refuses.
 */
export function Dialog({ label, class: look = '', onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    shown?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      class={look}
      aria-label={label}
      closedby={onClose ? 'closerequest' : 'none'}
      onCancel={(event) => (onClose ? onClose() : event.preventDefault())}
    >
      {children}
    </dialog>
  )
}
