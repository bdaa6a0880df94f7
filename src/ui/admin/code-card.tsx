/** A code just made: to be scanned, typed, or printed and carried to the bed, for as long as it works. */
import type { MadeCode } from '../../state/admin-tablets.ts'
import { Button } from '../parts/button.tsx'
import { useNow } from '../parts/now.ts'
import { QrCode } from '../parts/qr.tsx'
import { placeOf, timeOf } from '../words.ts'
import { tabletsPage as words } from '../words-admin.ts'
import { durationWord } from '../words-station.ts'

type CodeCardProps = { made: MadeCode; ward: string; onDone: () => void }

export function CodeCard({ made: { label, code, url, untilMs }, ward, onDone }: CodeCardProps) {
  const leftMs = untilMs - useNow(1_000)
  return (
    <article class="code-card" aria-label={words.codeFor({ label })}>
      {leftMs > 0 && <QrCode text={url} label={words.qr({ label })} />}
      <div class="code-said">
        <h3>{placeOf(label, ward)}</h3>
        {leftMs > 0 && <p class="code">{code}</p>}
        {leftMs > 0 && (
          <a class="controls" href={url}>
            {url}
          </a>
        )}
        {leftMs > 0 && <p>{words.how}</p>}
        <p role="timer" class="controls">
          {leftMs > 0 ? words.left({ time: durationWord(leftMs) }) : words.over}
        </p>
        {/* Paper does not count down. */}
        <p class="on-paper">{words.until({ time: timeOf(untilMs) })}</p>
        <div class="actions controls">
          {leftMs > 0 && <Button onPress={() => print()}>{words.print}</Button>}
          <Button onPress={onDone}>{words.done}</Button>
        </div>
      </div>
    </article>
  )
}
