/** The list of the viewer's keys, and what mouse and fingers do. */
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { appWords } from '../words.ts'
import { scanKeyWords as words } from '../words-scan-dialogs.ts'

/** What stands on a key is the same in every language. */
const list = () =>
  [
    ['↓ ↑', words.next],
    ['PgDn PgUp', words.far],
    ['Home End', words.ends],
    ['+ − O', words.zoom],
    [words.shift, words.pan],
    ['S W M Z', words.tools],
    ['1 … 9 0', words.presets],
    ['R', words.turn],
    ['F', words.flip],
    ['I', words.invert],
    ['␣', words.run],
    ['N P', words.series],
    ['Esc', words.close],
  ] as const

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog label={words.title} class="keys scan-keys" onClose={onClose}>
      <h2>{words.title}</h2>
      <dl>
        {list().map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>{words.wheel}</p>
      <p>{words.touch}</p>
      <div class="actions">
        <Button onPress={onClose}>{appWords.close}</Button>
      </div>
    </Dialog>
  )
}
