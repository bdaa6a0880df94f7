/** A patient comes into a bed: who they are and what they wish, from top to bottom without a mouse. */
import { useState } from 'preact/hooks'
import {
  emptyPatient,
  formOf,
  type PatientForm,
  readPatient,
  readWishes,
  usualWishes,
} from '../../state/admission-form.ts'
import { Ask } from '../plan/fields.tsx'
import { admissionWords, problemWords, wishWords } from '../words-admission.ts'
import { ActDialog } from './act-dialog.tsx'
import type { ActProps } from './panel.tsx'
import { WishFields } from './wish-fields.tsx'

type AdmitProps = ActProps & { onAdmitted: (name: string) => void }

export function AdmitDialog({ desk, station, bed, onAdmitted, onClose }: AdmitProps) {
  const [who, setWho] = useState<PatientForm>(emptyPatient)
  const [form, setForm] = useState(() => formOf(usualWishes))
  const [admissionId] = useState(station.admissions.newId)
  const patient = readPatient(who, new Date().toISOString().slice(0, 10))
  const wishes = readWishes(form)
  const problem = 'problem' in patient ? patient.problem : 'problem' in wishes ? wishes.problem : null
  const typed = (next: Partial<PatientForm>) => setWho((old) => ({ ...old, ...next }))
  return (
    <ActDialog
      title={admissionWords.admitTo({ label: bed.label })}
      go={admissionWords.admit}
      problem={problem && problemWords[problem]}
      ask={async () => {
        if ('problem' in patient || 'problem' in wishes) return 'silent'
        const said = { admissionId, bedId: bed.bedId, patient: patient.value, wishes: wishes.value }
        return await desk.ask({ type: 'admission.admit', ...said })
      }}
      onDone={() => onAdmitted(who.name.trim())}
      onClose={onClose}
    >
      <Ask
        label={admissionWords.name}
        value={who.name}
        longest={80}
        first="yes"
        onType={(name) => typed({ name })}
      />
      <div class="row">
        <Ask label={admissionWords.born} type="date" value={who.born} onType={(born) => typed({ born })} />
        <Ask
          label={admissionWords.number}
          value={who.number}
          longest={32}
          onType={(number) => typed({ number })}
        />
      </div>
      <h3>{wishWords.title}</h3>
      <WishFields form={form} set={(next) => setForm((old) => ({ ...old, ...next }))} />
    </ActDialog>
  )
}
