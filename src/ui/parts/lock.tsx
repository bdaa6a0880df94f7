/** The lock as it is seen: whose it is, and what opens it. */
import key from 'lucide-static/icons/key-round.svg?raw'
import lockIcon from 'lucide-static/icons/lock.svg?raw'
import signOut from 'lucide-static/icons/log-out.svg?raw'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Lock } from '../../state/lock.ts'
import { entryProblems, lockWords } from '../words-sign-in.ts'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { Icon } from './icon.tsx'

type LockPanelProps = { lock: Lock; name: string | null; onSignOut: () => void }

/** Takes the focus when it appears, so that one key and one finger open it. */
export function LockPanel({ lock, name, onSignOut }: LockPanelProps) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => (panel.current?.querySelector<HTMLElement>('button, input') ?? panel.current)?.focus(), [])
  return (
    <section class="panel lock" aria-label={lockWords.title} ref={panel} tabIndex={-1}>
      <h2>
        <Icon svg={lockIcon} />
        <span>{name === null ? lockWords.title : lockWords.whose({ name })}</span>
      </h2>
      <p>{lockWords.meaning}</p>
      <Problem lock={lock} />
      <Ways lock={lock} />
      <div class="lock-else">
        <p>{lockWords.somebodyElse}</p>
        <Button icon={signOut} onPress={onSignOut}>
          {lockWords.signOut}
        </Button>
      </div>
    </section>
  )
}

/** Why it did not open, or why no passkey was made. */
export function Problem({ lock }: { lock: Lock }) {
  const problem = lock.problem.value
  if (problem === null) return null
  const { said, todo } = entryProblems[problem]
  return (
    <p class="warning" role="alert">
      {said} {todo}
    </p>
  )
}

function Ways({ lock }: { lock: Lock }) {
  const [password, setPassword] = useState('')
  const ways = lock.ways.value
  const isBusy = lock.busy.value
  return (
    <div class="ways">
      {ways?.passkey && (
        <Button kind="primary" icon={key} disabled={isBusy} onPress={() => void lock.byPasskey()}>
          {lockWords.passkey}
        </Button>
      )}
      {ways?.password && (
        <form
          aria-label={lockWords.unlock}
          onSubmit={(event) => {
            event.preventDefault()
            void lock.byPassword(password).then(() => setPassword(''))
          }}
        >
          <Field
            label={lockWords.password}
            value={password}
            autocomplete="current-password"
            onType={setPassword}
          />
          <button type="submit" class="button plain" disabled={isBusy || password === ''}>
            {lockWords.unlock}
          </button>
        </form>
      )}
      {ways && ways.provider !== null && (
        <>
          <Button disabled={isBusy} onPress={lock.byProvider}>
            {lockWords.provider({ name: ways.provider })}
          </Button>
          <p>{lockWords.leaves}</p>
        </>
      )}
    </div>
  )
}
