/** Names the beds one cares for in this shift: one look, a few ticks, one press. */
import { useState } from 'preact/hooks'
import type { StationCare } from '../../state/care.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { listOf } from '../texts/dates.ts'
import { appWords, bedWord } from '../words.ts'
import { careWords } from '../words-care.ts'

export function CareDialog({ care }: { care: StationCare }) {
  const [chosen, setChosen] = useState(care.mine.peek())
  const close = () => {
    care.isOpen.value = false
  }
  const tick = (bedId: string) => {
    const next = new Set(chosen)
    if (!next.delete(bedId)) next.add(bedId)
    setChosen(next)
  }
  return (
    <Dialog label={careWords.title} class="care" onClose={close}>
      <h2 tabIndex={-1} data-first>
        {careWords.title}
      </h2>
      <p class="soft">{careWords.means}</p>
      <ul>
        {care.beds.value.map(({ bedId, label, carers }) => (
          <li key={bedId}>
            <label>
              <input type="checkbox" checked={chosen.has(bedId)} onChange={() => tick(bedId)} />
              <span>{bedWord(label)}</span>
              <small>{listOf(carers.map(({ name }) => name))}</small>
            </label>
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button
          kind="primary"
          disabled={!care.canTake.value}
          onPress={() => {
            care.take([...chosen])
            close()
          }}
        >
          {careWords.take({ count: chosen.size })}
        </Button>
        <Button onPress={close}>{appWords.close}</Button>
      </div>
      {!care.canTake.value && <p class="waits">{careWords.offline}</p>}
    </Dialog>
  )
}
