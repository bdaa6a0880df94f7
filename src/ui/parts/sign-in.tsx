/** The ways to sign in that this server offers, or the two ways to use an invitation. */
import key from 'lucide-static/icons/key-round.svg?raw'
import { useState } from 'preact/hooks'
import type { LanguageChoice } from '../../state/language.ts'
import { type Entry, shortestPassword } from '../../state/sign-in.ts'
import { type Advice, appWords } from '../words.ts'
import { entryProblems, entryWords, welcomeWord } from '../words-sign-in.ts'
import { signInFirst } from '../words-station.ts'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { LanguagePicker } from './language.tsx'

/** The page of somebody who is not signed in. */
export function SignInPage({ entry, speech }: { entry: Entry; speech: LanguageChoice }) {
  const invitation = entry.invitation.value
  const problem = entry.problem.value
  const first = firstAdvice(entry.ways.value)
  const advice = invitation ? welcomeWord(invitation.name) : first
  return (
    <main class="entry">
      <img src="/icon.svg" alt="" width="56" height="56" />
      <p class="entry-name">{appWords.product}</p>
      {problem === null ? (
        <Heading advice={advice} />
      ) : (
        <Heading advice={entryProblems[problem]} role="alert" />
      )}
      {invitation ? <Accept entry={entry} /> : <Ways entry={entry} />}
      <LanguagePicker speech={speech} />
    </main>
  )
}

/** A demo ward's links are printed; where nobody made another way in yet they are the only one. */
function firstAdvice(ways: Entry['ways']['value']): Advice {
  if (!ways?.demo) return entryWords.title
  return ways.local || ways.provider !== null ? entryWords.demo : signInFirst
}

function Heading({ advice, role }: { advice: Advice; role?: 'alert' }) {
  return (
    <div class="entry-said" role={role}>
      <h1>{advice.said}</h1>
      <p>{advice.todo}</p>
    </div>
  )
}

function Ways({ entry }: { entry: Entry }) {
  const ways = entry.ways.value
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  if (!ways) return null
  const isBusy = entry.busy.value
  return (
    <div class="ways">
      {ways.provider !== null && (
        <Button kind="primary" disabled={isBusy} onPress={entry.byProvider}>
          {entryWords.provider({ name: ways.provider })}
        </Button>
      )}
      {ways.local && entry.hasPasskeys() && (
        <Button icon={key} disabled={isBusy} onPress={() => void entry.byPasskey()}>
          {entryWords.passkey}
        </Button>
      )}
      {ways.local && (
        <form
          aria-label={entryWords.byName}
          onSubmit={(event) => {
            event.preventDefault()
            void entry.byPassword(name, password)
          }}
        >
          <Field label={entryWords.name} value={name} autocomplete="username" onType={setName} />
          <Field
            label={entryWords.password}
            value={password}
            autocomplete="current-password"
            onType={setPassword}
          />
          <button type="submit" class="button plain" disabled={isBusy || name === '' || password === ''}>
            {entryWords.go}
          </button>
        </form>
      )}
    </div>
  )
}

function Accept({ entry }: { entry: Entry }) {
  const [password, setPassword] = useState('')
  const isBusy = entry.busy.value
  return (
    <div class="ways">
      {entry.hasPasskeys() && (
        <Button kind="primary" icon={key} disabled={isBusy} onPress={() => void entry.acceptByPasskey()}>
          {entryWords.makePasskey}
        </Button>
      )}
      <form
        aria-label={entryWords.choosePassword}
        onSubmit={(event) => {
          event.preventDefault()
          void entry.acceptByPassword(password)
        }}
      >
        <Field
          label={entryWords.choosePassword}
          value={password}
          autocomplete="new-password"
          onType={setPassword}
        />
        <p>{entryWords.rule({ least: shortestPassword })}</p>
        <button type="submit" class="button plain" disabled={isBusy || password.length < shortestPassword}>
          {entryWords.keepPassword}
        </button>
      </form>
    </div>
  )
}
