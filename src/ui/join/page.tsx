/** A page that is no call: what it is about, what is to be done, and in which language. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Guest } from '../../state/guest.ts'
import { LanguagePicker } from '../parts/language.tsx'
import { appWords } from '../words.ts'

/** `guest`: whoever comes from outside, by a code or by the link of a visit. */
type PageProps = { guest: Pick<Guest, 'demo' | 'speech'>; title: string; children?: ComponentChildren }

export function Page({ guest, title, children }: PageProps) {
  return (
    <main class="screen">
      <header class="join-head">
        <img src="/icon.svg" alt="" width="32" height="32" />
        <p>{appWords.product}</p>
        {guest.demo.value && <p class="demo">{appWords.demoWard}</p>}
        <LanguagePicker speech={guest.speech} />
      </header>
      <Heading title={title} />
      {children}
    </main>
  )
}

/** What went with the last page took the focus with it: whoever listens hears what stands there now. */
function Heading({ title }: { title: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus()
  }, [title])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  )
}
