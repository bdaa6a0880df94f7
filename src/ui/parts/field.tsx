/** A name or a password, with its label, for people and for the managers that fill them in. */
import type { TargetedInputEvent } from 'preact'
import { useId } from 'preact/hooks'

type FieldProps = {
  label: string
  value: string
  autocomplete: 'username' | 'current-password' | 'new-password'
  onType: (text: string) => void
}

export function Field({ label, value, autocomplete, onType }: FieldProps) {
  const id = useId()
  const shared = {
    id,
    value,
    autocomplete,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onType(event.currentTarget.value),
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {autocomplete === 'username' ? (
        <input type="text" maxLength={80} {...shared} />
      ) : (
        <input type="password" maxLength={256} {...shared} />
      )}
    </div>
  )
}
