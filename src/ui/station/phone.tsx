/** *Tell this phone*: whether this device shows that somebody asks, while its page is closed. */
import { signal } from '@preact/signals'
import off from 'lucide-static/icons/bell-off.svg?raw'
import on from 'lucide-static/icons/bell-ring.svg?raw'
import icon from 'lucide-static/icons/smartphone.svg?raw'
import { useEffect } from 'preact/hooks'
import { createPhone, type Phone, type PhoneState } from '../../state/phone.ts'
import type { Station } from '../../state/station.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { Status } from '../parts/status.tsx'
import { phoneWords } from '../words-ask.ts'

const shown = signal(false)
const quietPart = createLater(() => import('./phone-quiet.tsx'))
/** One for each person who is signed in here. */
let phone: { readonly of: string; readonly phone: Phone } | null = null

function phoneOf({ api, phone: port, speech, me }: Station): Phone | null {
  const of = me.value?.staffId
  if (of === undefined) return null
  if (phone?.of !== of) phone = { of, phone: createPhone(api, port, () => speech.language.value) }
  return phone.phone
}

/** There where the server tells telephones, and for whoever answers requests. */
export function PhoneButton({ station }: { station: Station }) {
  const phone = station.requests.answers.value ? phoneOf(station) : null
  useEffect(() => void phone?.load(), [phone])
  if (!phone || phone.state.value.type === 'none') return null
  return <IconButton icon={icon} label={phoneWords.title} onPress={() => (shown.value = true)} />
}

/** Beside the bar and not in it, where a narrow screen leaves words out. */
export function PhoneSheet({ station }: { station: Station }) {
  const phone = phoneOf(station)
  if (!shown.value || !phone || station.lock.locked.value) return null
  return <PhoneDialog station={station} phone={phone} state={phone.state.value} />
}

type DialogProps = { station: Station; phone: Phone; state: PhoneState }

function PhoneDialog({ station, phone, state }: DialogProps) {
  const quiet = useLater(quietPart)
  const close = () => {
    shown.value = false
  }
  return (
    <Dialog label={phoneWords.title} class="phone" onClose={close}>
      <h2 data-first tabIndex={-1}>
        {phoneWords.title}
      </h2>
      <p>{phoneWords.shows}</p>
      <p>{phoneWords.helps}</p>
      <Standing state={state} />
      <div class="actions">
        {state.type !== 'on' && state.type !== 'unable' && (
          <Button
            kind="primary"
            icon={on}
            disabled={state.type === 'changing'}
            onPress={() => void phone.turnOn()}
          >
            {phoneWords.turnOn}
          </Button>
        )}
        {state.type === 'on' && (
          <Button icon={off} onPress={() => void phone.turnOff()}>
            {phoneWords.turnOff}
          </Button>
        )}
      </div>
      {quiet && state.type !== 'unable' && <quiet.QuietSection station={station} phone={phone} />}
      <div class="actions">
        <Button onPress={close}>{phoneWords.close}</Button>
      </div>
    </Dialog>
  )
}

function Standing({ state }: { state: PhoneState }) {
  if (state.type === 'unable')
    return <p role="status">{phoneWords[state.why === 'no' ? 'unable' : 'install']}</p>
  if (state.type === 'off' && state.problem) return <p role="alert">{phoneWords[state.problem]}</p>
  return state.type === 'on' ? (
    <Status tone="well" icon={on} word={phoneWords.isOn} />
  ) : (
    <Status tone="plain" icon={off} word={phoneWords.isOff} />
  )
}
