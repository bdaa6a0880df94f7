/** A link that was just made, to be copied, or scanned off this screen: a field, so that one press marks all of it. */
import '../made-link.css'
import copy from 'lucide-static/icons/copy.svg?raw'
import { useId, useRef, useState } from 'preact/hooks'
import { guestWords } from '../words-bring-in.ts'
import { Button } from './button.tsx'
import { QrCode } from './qr.tsx'

export function MadeLink({ link, name, good }: { link: string; name: string; good: string }) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null)
  async function toClipboard(): Promise<void> {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(link)
      setCopied('yes')
    } catch {
      setCopied('no')
    }
  }
  return (
    <section class="made-link" aria-label={guestWords.link({ name })}>
      <QrCode text={link} label={guestWords.qr({ name })} />
      <div class="field">
        <label for={id}>{guestWords.link({ name })}</label>
        <input
          id={id}
          ref={field}
          readOnly
          value={link}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Button icon={copy} onPress={() => void toClipboard()}>
          {guestWords.copy}
        </Button>
        <output>{copied !== null && guestWords[copied === 'yes' ? 'copied' : 'notCopied']}</output>
        <p>{good}</p>
      </div>
    </section>
  )
}
