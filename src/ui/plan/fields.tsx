/** Labelled fields of the plan's dialogs; each is wide enough for its answer. */
type AskProps = {
  label: string
  hint?: string
  type?: 'text' | 'date' | 'time'
  /** Which keys a telephone shows. */
  keys?: 'email' | 'tel'
  value: string
  longest?: number
  first?: 'yes'
  onType: (text: string) => void
}

export function Ask({ label, hint, type = 'text', keys, value, longest = 200, first, onType }: AskProps) {
  return (
    <label class={`ask ${type}`}>
      <span>{label}</span>
      <input
        {...(type === 'text' ? { maxLength: longest } : { type })}
        inputMode={keys}
        autocomplete="off"
        value={value}
        data-first={first}
        onInput={({ currentTarget }) => onType(currentTarget.value)}
      />
      {hint && <small>{hint}</small>}
    </label>
  )
}

type NumberProps = { label: string; value: number; step: number; onType: (value: number) => void }

export function NumberAsk({ label, value, step, onType }: NumberProps) {
  return (
    <label class="ask number">
      <span>{label}</span>
      <input
        type="number"
        inputMode="numeric"
        min={0}
        max={1440}
        step={step}
        value={Number.isNaN(value) ? '' : value}
        onInput={({ currentTarget }) => onType(currentTarget.valueAsNumber)}
      />
    </label>
  )
}

type CheckProps = { label: string; checked: boolean; onCheck: (is: boolean) => void }

export function Check({ label, checked, onCheck }: CheckProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onCheck(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  )
}

type SelectProps = {
  label: string
  value: string
  options: readonly (readonly [string, string])[]
  onChoose: (value: string) => void
}

export function Select({ label, value, options, onChoose }: SelectProps) {
  return (
    <label class="ask">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {options.map(([option, word]) => (
          <option key={option} value={option}>
            {word}
          </option>
        ))}
      </select>
    </label>
  )
}

/** What was chosen, each with its way out. */
export function Chips({
  items,
  onRemove,
}: {
  items: readonly (readonly [string, string])[]
  onRemove: (index: number) => void
}) {
  return (
    <ul class="chips">
      {items.map(([word, name], index) => (
        <li key={`${word} ${index}`}>
          <span>{word}</span>
          <button type="button" aria-label={name} title={name} onClick={() => onRemove(index)}>
            ×
          </button>
        </li>
      ))}
    </ul>
  )
}
