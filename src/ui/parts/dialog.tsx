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

const idleMs = 300

/**
 * The dialog around `within` is out of sight with the next picture, and closed when there is nothing else to do: a
 * browser that lets go of a modal dialog goes through all of the page, and what the dialog made is seen before that.
 * The answer brings it back into sight; false: it is closed already.
 */
export function vanish(within: EventTarget | null, close: () => void): () => boolean {
  const dialog = within instanceof Element ? within.closest('dialog') : null
  let isThere = true
  // A caret in what is not there any more has the browser look for its place all over the page.
  if (document.activeElement instanceof HTMLInputElement) getSelection()?.removeAllRanges()
  dialog?.style.setProperty('display', 'none')
  const end = () => {
    if (isThere) close()
    isThere = false
  }
  if ('requestIdleCallback' in globalThis) requestIdleCallback(end, { timeout: idleMs })
  else setTimeout(end, idleMs)
  return () => {
    const wasThere = isThere
    isThere = false
    dialog?.style.removeProperty('display')
    return wasThere
  }
}
