/** What a patient wishes, asked in plain words: what matters for a call first. */
import { languages } from '../../core/languages.ts'
import { consentTypes, type WishForm } from '../../state/admission-form.ts'
import { Ask, Select } from '../plan/fields.tsx'
import {
  answerWords,
  consentWords,
  hearingWords,
  isSpoken,
  languageWord,
  otherLanguages,
  roommateWords,
  sightWords,
  sizeWord,
  wishWords,
} from '../words-admission.ts'

type Fields = { form: WishForm; set: (next: Partial<WishForm>) => void }

type OneOfProps<T extends string | number> = {
  label: string
  options: readonly T[]
  word: (option: T) => string
  chosen: T
  onChoose: (option: T) => void
}

/** A list of which only what is in it can come out. */
function OneOf<T extends string | number>({ label, options, word, chosen, onChoose }: OneOfProps<T>) {
  return (
    <Select
      label={label}
      value={String(chosen)}
      options={options.map((option) => [String(option), word(option)] as const)}
      onChoose={(value) => {
        const found = options.find((option) => String(option) === value)
        if (found !== undefined) onChoose(found)
      }}
    />
  )
}

export function WishFields({ form, set }: Fields) {
  return (
    <>
      <CallFields form={form} set={set} />
      <PersonFields form={form} set={set} />
    </>
  )
}

function CallFields({ form, set }: Fields) {
  const isNamed = form.consent === 'representative' || form.consent === 'best-interests'
  return (
    <>
      <OneOf
        label={wishWords.answer}
        options={['ring', 'knock', 'knock-by-day', 'in-person']}
        word={(answer) => answerWords[answer]}
        chosen={form.answer}
        onChoose={(answer) => set({ answer })}
      />
      <div class="row">
        <OneOf
          label={wishWords.consent}
          options={consentTypes}
          word={(type) => consentWords[type]}
          chosen={form.consent}
          onChoose={(consent) => set({ consent })}
        />
        {isNamed && (
          <Ask
            label={form.consent === 'best-interests' ? wishWords.decided : wishWords.who}
            value={form.consentName}
            longest={80}
            onType={(consentName) => set({ consentName })}
          />
        )}
      </div>
      <div class="row">
        <Ask
          label={wishWords.quietFrom}
          type="time"
          value={form.quietFrom}
          onType={(quietFrom) => set({ quietFrom })}
        />
        <Ask
          label={wishWords.quietUntil}
          type="time"
          value={form.quietUntil}
          onType={(quietUntil) => set({ quietUntil })}
        />
      </div>
      <p class="soft">{wishWords.quietMeans}</p>
      <div class="row">
        <Ask
          label={wishWords.visitsFrom}
          type="time"
          value={form.visitsFrom}
          onType={(visitsFrom) => set({ visitsFrom })}
        />
        <Ask
          label={wishWords.visitsUntil}
          type="time"
          value={form.visitsUntil}
          onType={(visitsUntil) => set({ visitsUntil })}
        />
      </div>
      <p class="soft">{wishWords.visitsMeans}</p>
    </>
  )
}

function PersonFields({ form, set }: Fields) {
  return (
    <>
      <div class="row">
        <OneOf
          label={wishWords.language}
          options={['', ...languages, ...otherLanguages(form.language)]}
          word={(tag) => languageWord(tag === '' ? null : tag)}
          chosen={form.language}
          onChoose={(language) => set({ language })}
        />
        <OneOf
          label={wishWords.textSize}
          options={[100, 125, 150, 200]}
          word={sizeWord}
          chosen={form.textSize}
          onChoose={(textSize) => set({ textSize })}
        />
      </div>
      <p class="soft" aria-live="polite">
        {form.language !== '' && !isSpoken(form.language) && wishWords.languageMeans}
      </p>
      <div class="row">
        <OneOf
          label={wishWords.hearing}
          options={['well', 'hard-of-hearing', 'deaf']}
          word={(hearing) => hearingWords[hearing]}
          chosen={form.hearing}
          onChoose={(hearing) => set({ hearing })}
        />
        <OneOf
          label={wishWords.sight}
          options={['well', 'low', 'blind']}
          word={(sight) => sightWords[sight]}
          chosen={form.sight}
          onChoose={(sight) => set({ sight })}
        />
      </div>
      <OneOf
        label={wishWords.roommates}
        options={['not-told', 'told']}
        word={(roommates) => roommateWords[roommates]}
        chosen={form.roommates}
        onChoose={(roommates) => set({ roommates })}
      />
    </>
  )
}
