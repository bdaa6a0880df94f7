/** One of a few, all of them visible: native radios in a fieldset. */

type ChoiceProps<T extends string> = {
  legend: string
  options: readonly (readonly [T, string])[]
  chosen: T
  onChoose: (option: T) => void
}

export function Choice<T extends string>({ legend, options, chosen, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      {options.map(([option, word]) => (
        <label key={option}>
          <input type="radio" name={legend} checked={option === chosen} onChange={() => onChoose(option)} />
          <span>{word}</span>
        </label>
      ))}
    </fieldset>
  )
}
