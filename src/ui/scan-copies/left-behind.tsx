/** Which pictures are not in a copy, and why: whoever sends it would take it for all of them. */
import type { Refused } from '../../state/scan-outgoing.ts'
import { failureWord, newsWords } from '../words-scan.ts'
import { sendWords } from '../words-scan-copies.ts'

const mostLines = 3

export function LeftBehind({ files }: { files: readonly Refused[] }) {
  if (files.length === 0) return null
  const others = files.length - mostLines
  return (
    <div role="alert">
      <p>{sendWords.refused({ count: files.length })}</p>
      <ul>
        {files.slice(0, mostLines).map((file) => (
          <li key={file.name}>
            <b>{file.name}</b> {failureWord(file)}
          </li>
        ))}
        {others > 0 && <li>{newsWords.others({ count: others })}</li>}
      </ul>
    </div>
  )
}
