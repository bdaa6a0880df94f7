/** *On call as …*: the duties one has today, taken by a tick, and let go by taking it away. */
import { useState } from 'preact/hooks'
import type { Colleagues, DutyNow } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { listOf } from '../texts/dates.ts'
import { dutyWords, holdersWord } from '../words-colleague.ts'

export function MyDuties({ station, desk }: { station: Station; desk: Colleagues }) {
  const me = station.me.value?.staffId
  const duties = desk.now.value?.duties ?? []
  const has = ({ holders }: DutyNow) => holders.some(({ party }) => party.staffId === me)
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null)
  const [isSaved, setIsSaved] = useState(false)
  const mine = chosen ?? new Set(duties.filter(has).map(({ dutyId }) => dutyId))
  const tick = (dutyId: string) => {
    const next = new Set(mine)
    if (!next.delete(dutyId)) next.add(dutyId)
    setChosen(next)
    setIsSaved(false)
  }
  const held = duties.filter(has).map(({ name }) => name)
  const left = duties.filter((duty) => has(duty) && duty.holders.length === 1 && !mine.has(duty.dutyId))
  if (desk.now.value && duties.length === 0) return <p class="soft">{dutyWords.none}</p>
  return (
    <details class="my-duties">
      <summary>{held.length > 0 ? dutyWords.mineNow({ duties: listOf(held) }) : dutyWords.mine}</summary>
      <p class="soft">{dutyWords.means}</p>
      <ul>
        {duties.map((duty) => (
          <li key={duty.dutyId}>
            <label>
              <input type="checkbox" checked={mine.has(duty.dutyId)} onChange={() => tick(duty.dutyId)} />
              <span>{duty.name}</span>
              <small>{holdersWord(duty)}</small>
            </label>
          </li>
        ))}
      </ul>
      {left.map(({ dutyId, name }) => (
        <p key={dutyId} class="waits" role="status">
          {dutyWords.alone({ duty: name })}
        </p>
      ))}
      <Button
        disabled={chosen === null || station.connection.value.type !== 'open'}
        onPress={() =>
          void desk.take([...mine]).then((isDone) => {
            if (!isDone) return
            setChosen(null)
            setIsSaved(true)
          })
        }
      >
        {dutyWords.take}
      </Button>
      <output>{isSaved && dutyWords.saved}</output>
    </details>
  )
}
