/** Copies that came: from whom, of whom, until when; opening one, and why it is not seen. */

import ended from 'lucide-static/icons/archive-x.svg?raw'
import fresh from 'lucide-static/icons/mail.svg?raw'
import opened from 'lucide-static/icons/mail-open.svg?raw'
import type { Copies, ReceivedCopy } from '../../state/scan-copies.ts'
import { Button } from '../parts/button.tsx'
import { Status } from '../parts/status.tsx'
import { bytesWord, copyParts, copyTroubleWord, receivedWord, receivedWords } from '../words-scan-copies.ts'
import { whoIs } from '../words-table.ts'

export function Received({ copies, list }: { copies: Copies; list: readonly ReceivedCopy[] }) {
  return (
    <section>
      <h3>{receivedWords.title}</h3>
      {list.length === 0 && <p class="soft">{receivedWords.none}</p>}
      <ul class="copies-list" aria-label={receivedWords.title}>
        {list.map((copy) => (
          <Row key={copy.copyId} copies={copies} copy={copy} />
        ))}
      </ul>
    </section>
  )
}

function Row({ copies, copy }: { copies: Copies; copy: ReceivedCopy }) {
  const { copyId, from, patientNumber, state, openedMs } = copy
  const isNew = state === 'there' && openedMs === null
  const icon = state !== 'there' ? ended : isNew ? fresh : opened
  const opening = copies.reading.opening.value
  return (
    <li>
      <div class="copies-about">
        <b>{receivedWords.from({ who: whoIs(from) })}</b>
        <Parts words={copyParts(copy)} />
        <Status tone={isNew ? 'waits' : 'plain'} icon={icon} word={receivedWord(copy)} />
      </div>
      {state === 'there' && opening?.copyId !== copyId && (
        <Button
          kind={isNew ? 'primary' : 'plain'}
          label={receivedWords.openFrom({ name: from.name, number: patientNumber })}
          onPress={() => void copies.reading.open(copy)}
        >
          {receivedWords.open}
        </Button>
      )}
      {opening?.copyId === copyId && <Opening {...opening} onStop={copies.reading.close} />}
      <Trouble copies={copies} copy={copy} />
    </li>
  )
}

export function Parts({ words }: { words: readonly string[] }) {
  return (
    <p class="copies-parts">
      {words.map((word) => (
        <span key={word}>{word}</span>
      ))}
    </p>
  )
}

function Opening({ bytes, ofBytes, onStop }: { bytes: number; ofBytes: number; onStop: () => void }) {
  const word = receivedWords.coming({ done: bytesWord(bytes), all: bytesWord(ofBytes) })
  return (
    <div class="copies-progress">
      <progress aria-label={receivedWords.starting} max={ofBytes || 1} value={bytes} />
      <span>{ofBytes === 0 ? receivedWords.starting : word}</span>
      <Button onPress={onStop}>{receivedWords.stop}</Button>
    </div>
  )
}

function Trouble({ copies, copy }: { copies: Copies; copy: ReceivedCopy }) {
  const trouble = copies.reading.trouble.value
  const word = trouble?.copy.copyId === copy.copyId ? copyTroubleWord(trouble.why, copy) : null
  if (!trouble || word === null) return null
  return (
    <div class="copies-trouble">
      <p role="alert">{word}</p>
      {trouble.why === 'not-for-us' && <Ask copies={copies} copy={copy} />}
    </div>
  )
}

function Ask({ copies, copy: { copyId, from } }: { copies: Copies; copy: ReceivedCopy }) {
  const how = copies.asked.value.get(copyId)
  const { name } = from
  if (how === 'asked') return <p role="status">{receivedWords.asked({ name })}</p>
  return (
    <>
      {how === 'failed' && <p role="alert">{receivedWords.askFailed({ name })}</p>}
      <Button disabled={how === 'asking'} onPress={() => void copies.askSender(copyId)}>
        {how === 'asking' ? receivedWords.asking : receivedWords.ask({ name })}
      </Button>
    </>
  )
}
