/** Copies that have not gone yet: how far each is, or why it stays. */
import type { CopyOutbox } from '../../state/scan-copies-outbox.ts'
import type { WaitingCopy } from '../../state/scan-copies-ports.ts'
import { Button } from '../parts/button.tsx'
import { progressWord, stopWords, waitingWords } from '../words-scan-copies.ts'
import { Sure } from './sure.tsx'

export function Waiting({ outbox }: { outbox: CopyOutbox }) {
  const [waiting, others] = [outbox.waiting.value, outbox.others.value]
  if (waiting.length + others === 0) return null
  return (
    <section>
      <h3>{waitingWords.title}</h3>
      {waiting.length > 0 && <p class="soft">{waitingWords.sealed}</p>}
      <ul class="copies-list" aria-label={waitingWords.title}>
        {waiting.map((copy) => (
          <Row key={copy.copyId} outbox={outbox} copy={copy} />
        ))}
      </ul>
      {others > 0 && <p class="soft">{waitingWords.others({ count: others })}</p>}
    </section>
  )
}

/** What a second try may change. */
const passing = new Set<WaitingCopy['stop']>(['refused', 'no-room', 'untrusted', 'uncertified'])

function Row({ outbox, copy: { copyId, about, stop } }: { outbox: CopyOutbox; copy: WaitingCopy }) {
  const name = about?.toName ?? waitingWords.unknown
  const progress = outbox.progress.value
  const mine = progress?.copyId === copyId ? progress : null
  return (
    <li>
      <div class="copies-about">
        <b>{about ? waitingWords.to({ name, number: about.patientNumber }) : name}</b>
        {stop !== null && <span role="alert">{stopWords[stop]}</span>}
        {stop === null && !mine && <output>{waitingWords.waits}</output>}
        {mine && (
          <div class="copies-progress">
            <progress aria-label={waitingWords.bar({ name })} max={mine.ofBytes} value={mine.bytes} />
            <span>{progressWord(mine)}</span>
          </div>
        )}
      </div>
      {passing.has(stop) && (
        <Button onPress={() => void outbox.tryAgain(copyId)}>{waitingWords.again}</Button>
      )}
      <Sure
        word={waitingWords.giveUp}
        label={waitingWords.giveUpTo({ name })}
        sure={waitingWords.sure}
        yes={waitingWords.yes}
        no={waitingWords.no}
        onYes={() => void outbox.giveUp(copyId)}
      />
    </li>
  )
}
