/** The date of birth, in three fields of numbers: a wheel of days and years is hard to turn with old fingers. */
import { useState } from 'preact/hooks'
import { type BornFields, bornFrom } from '../../core/born.ts'
import type { OutpatientVisit } from '../../state/visit.ts'
import type { BornSaid, LinkFacts } from '../../state/visit-door.ts'
import { Page } from '../join/page.tsx'
import { type BornField, bornOrder, bornSaidWord, bornWords, dayIn, timeIn } from '../words-visit.ts'
import { Phone } from './phone.tsx'

type BornProps = { visit: OutpatientVisit; link: LinkFacts; said: BornSaid }

export function Born({ visit, link, said }: BornProps) {
  const { ward, startMs, zone, phone } = link
  return (
    <Page guest={visit} title={bornWords.title}>
      <p>{bornWords.when({ ward, day: dayIn(startMs, zone), time: timeIn(startMs, zone) })}</p>
      <p>{bornWords.why}</p>
      <Form visit={visit} said={said} />
      <Phone phone={phone} />
    </Page>
  )
}

function Form({ visit, said }: Pick<BornProps, 'visit' | 'said'>) {
  const [fields, setFields] = useState<BornFields>({ day: '', month: '', year: '' })
  const [isWhole, setWhole] = useState(true)
  const isAsking = said.type === 'asking'
  const trouble = isWhole ? bornSaidWord(said) : bornWords.notDate
  const send = () => {
    const born = bornFrom(fields)
    setWhole(born !== null)
    // By a key, too: the page may then ring.
    visit.arm()
    if (born !== null && !isAsking) void visit.door.enter(born)
  }
  return (
    <form
      class="code-form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div class="born-fields">
        {bornOrder().map((field) => (
          <Field
            key={field}
            field={field}
            value={fields[field]}
            isWrong={trouble !== null}
            onType={(text) => setFields({ ...fields, [field]: text })}
          />
        ))}
      </div>
      <p id="born-said" role={trouble ? 'alert' : undefined}>
        {trouble ?? bornWords.example}
      </p>
      <button type="submit" class="button primary" aria-disabled={isAsking}>
        <span>{isAsking ? bornWords.asking : bornWords.go}</span>
      </button>
    </form>
  )
}

type FieldProps = { field: BornField; value: string; isWrong: boolean; onType: (text: string) => void }

/** Its label stands over it, and stays there when something is typed. */
function Field({ field, value, isWrong, onType }: FieldProps) {
  return (
    <div class={`born-${field}`}>
      <label for={`born-${field}`}>{bornWords[field]}</label>
      <input
        id={`born-${field}`}
        type="text"
        inputMode="numeric"
        autocomplete={`bday-${field}`}
        maxLength={field === 'year' ? 4 : 2}
        value={value}
        aria-describedby="born-said"
        aria-invalid={isWrong}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </div>
  )
}
