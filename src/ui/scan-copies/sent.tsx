/** Copies that were sent: to whom, who opened them, which devices they are on besides; and taking one back. */
import ended from 'lucide-static/icons/archive-x.svg?raw'
import there from 'lucide-static/icons/mail-check.svg?raw'
import coming from 'lucide-static/icons/mail-plus.svg?raw'
import { useState } from 'preact/hooks'
import type { Copies, SentCopy } from '../../state/scan-copies.ts'
import { Status } from '../parts/status.tsx'
import {
  copyParts,
  copyStates,
  momentWord,
  readerWord,
  resealedWord,
  sentWords,
} from '../words-scan-copies.ts'
import { Parts } from './received.tsx'
import { Sure } from './sure.tsx'

const icons = { coming, there, withdrawn: ended, expired: ended }

export function Sent({ copies, list }: { copies: Copies; list: readonly SentCopy[] }) {
  return (
    <section>
      <h3>{sentWords.title}</h3>
      {list.length === 0 && <p class="soft">{sentWords.none}</p>}
      <ul class="copies-list" aria-label={sentWords.title}>
        {list.map((copy) => (
          <Row key={copy.copyId} copies={copies} copy={copy} />
        ))}
      </ul>
    </section>
  )
}

function Row({ copies, copy }: { copies: Copies; copy: SentCopy }) {
  const { copyId, to, patientNumber, state, readers, expiresMs } = copy
  const [isFailed, setFailed] = useState(false)
  const isOver = state === 'withdrawn' || state === 'expired'
  const withdraw = () => void copies.withdraw(copyId).then((isDone) => setFailed(!isDone))
  return (
    <li>
      <div class="copies-about">
        <b>{sentWords.to({ name: to })}</b>
        <Parts words={copyParts(copy)} />
        <Status tone="plain" icon={icons[state]} word={copyStates[state]} />
        {readers.map((reader) => (
          <span key={reader.who.staffId}>{readerWord(reader)}</span>
        ))}
        {copies.resealed.value
          .filter((one) => one.copyId === copyId)
          .map((one, index) => (
            <output key={index}>{resealedWord(one)}</output>
          ))}
      </div>
      {!isOver && (
        <Sure
          word={sentWords.withdraw}
          label={sentWords.withdrawFrom({ name: to, number: patientNumber })}
          sure={sentWords.sure}
          yes={sentWords.yes}
          no={sentWords.no}
          onYes={withdraw}
        />
      )}
      {isFailed && <p role="alert">{sentWords.notWithdrawn({ time: momentWord(expiresMs) })}</p>}
    </li>
  )
}
