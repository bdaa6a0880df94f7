/** Who comes from outside: the name and the date of birth to know them by (HZ-1), and where their link and a call reach them. */
import { dialogWords } from '../words-plan.ts'
import { Ask } from './fields.tsx'
import type { FieldProps } from './form-dialog.tsx'

export function PatientAsk({ form, set }: FieldProps) {
  return (
    <>
      <div class="row">
        <Ask
          label={dialogWords.patient}
          value={form.patient}
          longest={80}
          onType={(patient) => set({ patient })}
        />
        <Ask
          label={dialogWords.born}
          hint={dialogWords.bornHint}
          type="date"
          value={form.born}
          onType={(born) => set({ born })}
        />
      </div>
      <div class="row">
        <Ask
          label={dialogWords.email}
          keys="email"
          value={form.email}
          longest={254}
          onType={(email) => set({ email })}
        />
        <Ask
          label={dialogWords.phone}
          keys="tel"
          value={form.phone}
          longest={32}
          onType={(phone) => set({ phone })}
        />
      </div>
    </>
  )
}
