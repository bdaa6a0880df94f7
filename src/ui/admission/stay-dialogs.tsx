/** What changes about a stay that goes on: its wishes, its bed, and its end. Each is about who lay there when it was opened. */
import { useState } from 'preact/hooks'
import { formOf, readWishes, usualWishes } from '../../state/admission-form.ts'
import { Ask } from '../plan/fields.tsx'
import { bedWord } from '../words.ts'
import { admissionWords, problemWords } from '../words-admission.ts'
import { ActDialog } from './act-dialog.tsx'
import type { ActProps } from './panel.tsx'
import { WishFields } from './wish-fields.tsx'

export function WishDialog({ desk, bed, onClose }: ActProps) {
  const [form, setForm] = useState(() => formOf(bed.wishes ?? usualWishes))
  const wishes = readWishes(form)
  return (
    <ActDialog
      title={admissionWords.changeOf({ name: bed.patient?.name ?? '' })}
      go={admissionWords.save}
      problem={'problem' in wishes ? problemWords[wishes.problem] : null}
      ask={async () => {
        if ('problem' in wishes) return 'silent'
        return await desk.ask({
          type: 'admission.wish',
          admissionId: bed.stay.admissionId ?? '',
          wishes: wishes.value,
        })
      }}
      onDone={onClose}
      onClose={onClose}
    >
      <WishFields form={form} set={(next) => setForm((old) => ({ ...old, ...next }))} />
    </ActDialog>
  )
}

type Place = { readonly id: string; readonly word: string }

/** One of several beds, each with who lies there. */
function Places({
  legend,
  places,
  chosen,
  onChoose,
}: {
  legend: string
  places: readonly Place[]
  chosen: string | null
  onChoose: (id: string) => void
}) {
  return (
    <fieldset class="places">
      <legend>{legend}</legend>
      {places.map(({ id, word }) => (
        <label key={id} class="check">
          <input type="radio" name={legend} checked={id === chosen} onChange={() => onChoose(id)} />
          <span>{word}</span>
        </label>
      ))}
    </fieldset>
  )
}

export function MoveDialog({ desk, station, bed, onClose }: ActProps) {
  const places = station.beds.value
    .filter(({ stay }) => stay.admissionId === null)
    .map(({ bedId, label }) => ({ id: bedId, word: `${bedWord(label)}, ${admissionWords.free}` }))
  const [chosen, setChosen] = useState<string | null>(places[0]?.id ?? null)
  const admissionId = bed.stay.admissionId ?? ''
  return (
    <ActDialog
      title={admissionWords.moveWho({ name: bed.patient?.name ?? '' })}
      go={admissionWords.move}
      problem={chosen === null ? admissionWords.noFree : null}
      ask={() => desk.ask({ type: 'admission.move', admissionId, bedId: chosen ?? '' })}
      onDone={onClose}
      onClose={onClose}
    >
      {places.length === 0 ? (
        <p>{admissionWords.noFree}</p>
      ) : (
        <Places legend={admissionWords.toWhich} places={places} chosen={chosen} onChoose={setChosen} />
      )}
      <p class="soft">{admissionWords.endsCalls}</p>
    </ActDialog>
  )
}

export function SwapDialog({ desk, station, bed, onClose }: ActProps) {
  const places = station.beds.value.flatMap(({ bedId, label, stay, patient }): Place[] =>
    stay.admissionId === null || bedId === bed.bedId
      ? []
      : [
          {
            id: stay.admissionId,
            word: `${bedWord(label)}: ${patient?.name ?? ''}, ${patient?.number ?? ''}`,
          },
        ],
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const admissionId = bed.stay.admissionId ?? ''
  return (
    <ActDialog
      title={admissionWords.swapWho({ name: bed.patient?.name ?? '' })}
      go={admissionWords.swap}
      problem={chosen === null ? admissionWords.withWhom : null}
      ask={() => desk.ask({ type: 'admission.swap', admissionId, withAdmissionId: chosen ?? '' })}
      onDone={onClose}
      onClose={onClose}
    >
      {places.length === 0 ? (
        <p>{admissionWords.nobodyElse}</p>
      ) : (
        <Places legend={admissionWords.withWhom} places={places} chosen={chosen} onChoose={setChosen} />
      )}
      <p class="soft">{admissionWords.endsCalls}</p>
    </ActDialog>
  )
}

/** Theatre, imaging, a walk: their bed, and all that was planned there, stays theirs. */
export function AwayDialog({ desk, bed, onClose }: ActProps) {
  const now = bed.awaySinceMs === undefined ? 'away' : 'back'
  const name = bed.patient?.name ?? ''
  const admissionId = bed.stay.admissionId ?? ''
  return (
    <ActDialog
      title={now === 'away' ? admissionWords.awayWho({ name }) : admissionWords.backWho({ name })}
      go={admissionWords[now]}
      problem={null}
      ask={() => desk.ask({ type: 'admission.away', admissionId, now })}
      onDone={onClose}
      onClose={onClose}
    >
      <p>{now === 'away' ? admissionWords.awayMeans : admissionWords.backMeans}</p>
    </ActDialog>
  )
}

/** Both identifiers once more: nobody is discharged by a slip of the finger (HZ-1). */
export function DischargeDialog({ desk, bed, onClose }: ActProps) {
  const [born, setBorn] = useState('')
  const [number, setNumber] = useState('')
  const missing = born === '' ? 'born' : number.trim() === '' ? 'number' : null
  const admissionId = bed.stay.admissionId ?? ''
  return (
    <ActDialog
      title={admissionWords.dischargeWho({ name: bed.patient?.name ?? '' })}
      go={admissionWords.discharge}
      problem={missing && problemWords[missing]}
      ask={() => desk.ask({ type: 'admission.discharge', admissionId, born, number: number.trim() })}
      onDone={onClose}
      onClose={onClose}
    >
      <p>{admissionWords.again}</p>
      <div class="row">
        <Ask label={admissionWords.born} type="date" value={born} first="yes" onType={setBorn} />
        <Ask label={admissionWords.number} value={number} longest={32} onType={setNumber} />
      </div>
      <p class="soft">{admissionWords.endsCall}</p>
    </ActDialog>
  )
}
