/** What else is asked before a copy goes: whose pictures these are, for how long, and whether the name goes with them. */
import { useId } from 'preact/hooks'
import { type CopyTime, copyTimes, type Whose as WhoseAreThey } from '../../core/scan/copying.ts'
import type { ScanIdentity } from '../../core/scan/scan.ts'
import { type CallsPatient, ofSomebodyElse } from '../../core/scan/whose.ts'
import { Button } from '../parts/button.tsx'
import { lastsWord, sendWords } from '../words-scan-copies.ts'

type WhoseProps = {
  whose: WhoseAreThey
  identities: readonly ScanIdentity[]
  patient: CallsPatient | null
  typed: string
  onType: (text: string) => void
}

/** [COPY-9] Nobody sends pictures without having read whose they are (HZ-1). */
export function Whose({ whose, identities, patient, typed, onType }: WhoseProps) {
  return (
    <fieldset>
      <legend>{sendWords.whose}</legend>
      {(whose.type === 'known' || whose.type === 'other') && (
        <p>
          <b>{sendWords.number({ number: whose.number })}</b>
        </p>
      )}
      {whose.type === 'other' && patient && <p role="alert">{otherWord(identities, patient)}</p>}
      {whose.type === 'mixed' && <p role="alert">{sendWords.mixed}</p>}
      {whose.type === 'unknown' && <Typed {...{ patient, typed, onType }} />}
    </fieldset>
  )
}

function otherWord(identities: readonly ScanIdentity[], patient: CallsPatient): string {
  const other = ofSomebodyElse(identities, patient.number)
  const whose = [other?.patientName, other?.patientId].filter((one) => one).join(', ')
  return sendWords.other({ whose, patient: `${patient.name}, ${patient.number}` })
}

function Typed({ patient, typed, onType }: Pick<WhoseProps, 'patient' | 'typed' | 'onType'>) {
  const id = useId()
  return (
    <>
      <p role="alert">{sendWords.unknown}</p>
      <div class="field">
        <label for={id}>{sendWords.typed}</label>
        <input
          id={id}
          maxLength={32}
          autocomplete="off"
          value={typed}
          onInput={({ currentTarget }) => onType(currentTarget.value)}
        />
      </div>
      {patient && (
        <Button onPress={() => onType(patient.number)}>
          {sendWords.inCall({ patient: `${patient.name}, ${patient.number}` })}
        </Button>
      )}
    </>
  )
}

export function Lasts({ lastsMs, onChoose }: { lastsMs: number; onChoose: (ms: CopyTime) => void }) {
  const name = useId()
  return (
    <fieldset>
      <legend>{sendWords.until}</legend>
      <div class="copies-lasts">
        {copyTimes.map((ms) => (
          <label key={ms}>
            <input type="radio" name={name} checked={ms === lastsMs} onChange={() => onChoose(ms)} />
            <span>{lastsWord(ms)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

type IdentityProps = { identity: 'shown' | 'hidden'; onChoose: (identity: 'shown' | 'hidden') => void }

export function Identity({ identity, onChoose }: IdentityProps) {
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={identity === 'shown'}
          onChange={({ currentTarget }) => onChoose(currentTarget.checked ? 'shown' : 'hidden')}
        />
        <span>{sendWords.identity}</span>
      </label>
      {identity === 'hidden' && <p role="status">{sendWords.identityOff}</p>}
    </>
  )
}
