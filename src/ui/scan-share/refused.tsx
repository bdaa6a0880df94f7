/** Which of one's own pictures nobody else is shown, and why: each by the name of its file, until it has been read. */
import type { ScanShare } from '../../state/scan-share.ts'
import { Button } from '../parts/button.tsx'
import { failureWord, newsWords } from '../words-scan.ts'
import { barWords } from '../words-scan-share.ts'

/** The picture stays in sight below it. */
const mostLines = 3

export function Refused({ share: { refused } }: { share: ScanShare }) {
  const now = refused.value
  if (!now) return null
  const { of, files } = now
  return (
    <div class="share-refused" role="alert">
      <p>{barWords.refused({ count: files.length, of })}</p>
      <ul>
        {files.slice(0, mostLines).map((file) => (
          <li key={file.name}>
            <b>{file.name}</b> {failureWord(file)}
          </li>
        ))}
        {files.length > mostLines && <li>{newsWords.others({ count: files.length - mostLines })}</li>}
      </ul>
      <Button
        onPress={() => {
          refused.value = null
        }}
      >
        {newsWords.read}
      </Button>
    </div>
  )
}
