/** The list of the station's keys. */
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { appWords } from '../words.ts'
import { colleagueWords } from '../words-colleague.ts'
import { keyList, keysWords } from '../words-station.ts'
import { keysShown } from './keys.tsx'

export function KeysDialog() {
  const close = () => {
    keysShown.value = false
  }
  return (
    <Dialog label={keysWords.title} class="keys" onClose={close}>
      <h2>{keysWords.title}</h2>
      <dl>
        {[...keyList(), ['/', colleagueWords.open] as const].map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <div class="actions">
        <Button onPress={close}>{appWords.close}</Button>
      </div>
    </Dialog>
  )
}
