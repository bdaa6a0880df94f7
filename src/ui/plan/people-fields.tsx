/** Who comes and to which beds: chosen from lists, in the order in which a round goes. */
import { useState } from 'preact/hooks'
import type { BedRow } from '../../state/plan.ts'
import { Button } from '../parts/button.tsx'
import { bedWord, dialogWords, personWord } from '../words-plan.ts'
import { Ask, Chips, Select } from './fields.tsx'
import type { FieldProps } from './form-dialog.tsx'
import { bedLabel, nameOfPerson } from './lines.ts'

export function PeopleAsk({ desk, form, set }: FieldProps) {
  const { plan } = desk
  const [role, setRole] = useState('')
  const others = plan.people.value.filter(({ id }) => !form.staff.includes(id))
  if (form.kind === 'note') return null
  const removed = (what: string) => dialogWords.remove({ what })
  const people = form.staff.map((id) => [nameOfPerson(plan, id), removed(nameOfPerson(plan, id))] as const)
  const addRole = () => {
    if (role.trim() !== '') set({ roles: [...form.roles, role.trim()] })
    setRole('')
  }
  return (
    <fieldset class="several" aria-label={dialogWords.people}>
      <p class="several-name">{dialogWords.people}</p>
      <Chips
        items={people}
        onRemove={(at) => set({ staff: form.staff.filter((_, index) => index !== at) })}
      />
      <Chips
        items={form.roles.map((one) => [one, removed(one)] as const)}
        onRemove={(at) => set({ roles: form.roles.filter((_, index) => index !== at) })}
      />
      <div class="row">
        <Select
          label={dialogWords.addPerson}
          value=""
          options={[['', '—'], ...others.map((person) => [person.id, personWord(person)] as const)]}
          onChoose={(id) => id && set({ staff: [...form.staff, id] })}
        />
        <Ask
          label={dialogWords.role}
          hint={dialogWords.roleHint}
          value={role}
          longest={60}
          onType={setRole}
        />
        {role.trim() !== '' && <Button onPress={addRole}>{dialogWords.addRole}</Button>}
      </div>
    </fieldset>
  )
}

const roundMinutes = 10

function stopOf({ id, stay }: BedRow, minutes: number) {
  return { bedId: id, admissionId: stay?.admissionId ?? null, minutes, state: 'open' as const }
}

function bedName({ label, stay }: BedRow): string {
  return stay ? `${bedWord(label)} · ${stay.patient.name}` : bedWord(label)
}

export function BedAsk({ desk, form, set }: FieldProps) {
  if (form.kind === 'round') return <RoundBeds desk={desk} form={form} set={set} />
  if (form.kind !== 'bed-call') return null
  const beds = desk.plan.beds.value
  return (
    <Select
      label={dialogWords.bed}
      value={form.stops[0]?.bedId ?? ''}
      options={[['', dialogWords.chooseBed], ...beds.map((bed) => [bed.id, bedName(bed)] as const)]}
      onChoose={(id) => {
        const bed = beds.find((one) => one.id === id)
        set({ stops: bed ? [stopOf(bed, form.minutes)] : [] })
      }}
    />
  )
}

/** A round is as long as its stops. */
function RoundBeds({ desk, form, set }: FieldProps) {
  const { plan } = desk
  const beds = plan.beds.value
  const left = beds.filter(({ id }) => !form.stops.some(({ bedId }) => bedId === id))
  const put = (stops: typeof form.stops) =>
    set({ stops, minutes: stops.reduce((sum, { minutes }) => sum + minutes, 0) || form.minutes })
  const occupied = left.filter(({ stay }) => stay !== null)
  return (
    <fieldset class="several" aria-label={dialogWords.beds}>
      <p class="several-name">{dialogWords.beds}</p>
      <Chips
        items={form.stops.map(({ bedId }) => {
          const word = bedWord(bedLabel(plan, bedId))
          return [word, dialogWords.remove({ what: word })] as const
        })}
        onRemove={(at) => put(form.stops.filter((_, index) => index !== at))}
      />
      <div class="row">
        <Select
          label={dialogWords.addBed}
          value=""
          options={[['', '—'], ...left.map((bed) => [bed.id, bedName(bed)] as const)]}
          onChoose={(id) => {
            const bed = left.find((one) => one.id === id)
            if (bed) put([...form.stops, stopOf(bed, roundMinutes)])
          }}
        />
        {occupied.length > 0 && (
          <Button onPress={() => put([...form.stops, ...occupied.map((bed) => stopOf(bed, roundMinutes))])}>
            {dialogWords.addAllBeds}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
