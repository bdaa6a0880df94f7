/** What did not open and why, each by the name of its file, until it has been read. */
import type { Failed, ScanFiles } from '../../state/scan-files.ts'
import { Button } from '../parts/button.tsx'
import { failureWord, newsWords, scanWords } from '../words-scan.ts'

/** So many lines are read; whoever opened more has a disk full of something else. */
const mostLines = 8

export function News({ files }: { files: ScanFiles }) {
  const [failed, twins] = [files.failed.value, files.twins.value]
  if (failed.length === 0 && twins.length === 0) return null
  const notOpened = failed.length + files.unnamed.value
  return (
    <section class="scan-news" role="status">
      {failed.length > 0 && (
        <Named said={newsWords.failed({ count: notOpened })} lines={failed.map(lineOf)} of={notOpened} />
      )}
      {twins.length > 0 && (
        <Named
          said={newsWords.twins({ count: twins.length })}
          lines={twins.map(nameOnly)}
          of={twins.length}
        />
      )}
      <Button onPress={files.dismiss}>{newsWords.read}</Button>
    </section>
  )
}

type Line = { readonly name: string; readonly why: string }
const lineOf = (one: Failed): Line => ({ name: one.name, why: failureWord(one) })
const nameOnly = (name: string): Line => ({ name, why: '' })

/** `of`: how many there are, of which not all may have a name. */
function Named({ said, lines, of }: { said: string; lines: readonly Line[]; of: number }) {
  return (
    <div>
      <p>{said}</p>
      <ul>
        {lines.slice(0, mostLines).map(({ name, why }) => (
          <li key={name}>
            <b>{name}</b> {why}
          </li>
        ))}
      </ul>
      {of > mostLines && <p>{newsWords.others({ count: of - mostLines })}</p>}
    </div>
  )
}

export function Opening({ files }: { files: ScanFiles }) {
  const opening = files.opening.value
  if (!opening) return null
  return (
    <p class="scan-opening">
      <output>{scanWords.opening(opening)}</output>
      <progress aria-label={scanWords.title} max={opening.of} value={opening.done} />
    </p>
  )
}
