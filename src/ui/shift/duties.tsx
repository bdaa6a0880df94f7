/** *On call as …*: the duties that one has for a shift, with who else has them. */
import type { Having } from '../../core/shift.ts'
import type { Colleagues } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { dutyWords, holdersWord } from '../words-colleague.ts'
import { shiftWords } from '../words-shift.ts'
import { leftAlone } from './alone.ts'

type DutiesProps = { station: Station; desk: Colleagues; having: Having; onChange: (having: Having) => void }

export function Duties({ station, desk, having, onChange }: DutiesProps) {
  const duties = desk.now.value?.duties ?? []
  const chosen = new Set(having.dutyIds)
  const tick = (dutyId: string) => {
    const next = new Set(chosen)
    if (!next.delete(dutyId)) next.add(dutyId)
    onChange({ ...having, dutyIds: [...next] })
  }
  if (duties.length === 0) return null
  return (
    <fieldset>
      <legend>{shiftWords.duties}</legend>
      <p class="soft">{dutyWords.means}</p>
      <ul>
        {duties.map((duty) => (
          <li key={duty.dutyId}>
            <label>
              <input type="checkbox" checked={chosen.has(duty.dutyId)} onChange={() => tick(duty.dutyId)} />
              <span>{duty.name}</span>
              <small>{holdersWord(duty)}</small>
            </label>
          </li>
        ))}
      </ul>
      {leftAlone(duties, station.me.value?.staffId, having.dutyIds).map(({ dutyId, name }) => (
        <p key={dutyId} class="waits" role="status">
          {dutyWords.alone({ duty: name })}
        </p>
      ))}
    </fieldset>
  )
}
