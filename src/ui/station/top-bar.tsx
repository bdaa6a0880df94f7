/** The bar over the board: the ward, how many beds can be called, who is signed in, and how old all this is (HZ-7). */
import { signal } from '@preact/signals'
import calendars from 'lucide-static/icons/calendar-sync.svg?raw'
import passkey from 'lucide-static/icons/key-round.svg?raw'
import keyboard from 'lucide-static/icons/keyboard.svg?raw'
import lock from 'lucide-static/icons/lock.svg?raw'
import signOut from 'lucide-static/icons/log-out.svg?raw'
import menu from 'lucide-static/icons/menu.svg?raw'
import offline from 'lucide-static/icons/wifi-off.svg?raw'
import { useRef } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import { Banner } from '../parts/banner.tsx'
import { Button, IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { LanguagePicker } from '../parts/language.tsx'
import { PersonName } from '../parts/person.tsx'
import { appWords } from '../words.ts'
import { lockWords, passkeyWords } from '../words-sign-in.ts'
import { boardWords, keysWords, readyCount, staleWord } from '../words-station.ts'
import { MyBeds } from './care.tsx'
import { seesBoard } from './glass.tsx'
import { keysShown } from './keys.tsx'
import { BarPart, ColleaguePart, RequestCount, ShiftPart } from './requests-part.tsx'
import { shareShown } from './share-part.tsx'
import { DeviceButton } from './this-device.tsx'

export const passkeyShown = signal(false)

export function TopBar({ station }: { station: Station }) {
  const me = station.me.value
  const isLocked = station.lock.locked.value
  return (
    <header class="top-bar">
      <h1>{station.ward.value}</h1>
      {seesBoard(station.glass) && !station.isRemembered.value && <p>{readyCount(station.beds.value)}</p>}
      {seesBoard(station.glass) && !station.isRemembered.value && <MyBeds station={station} />}
      {!isLocked && <ShiftPart station={station} />}
      <RequestCount station={station} />
      {station.demo.value && <p class="demo">{appWords.demoWard}</p>}
      <span class="gap" />
      {me && <PersonName party={me} />}
      {isLocked ? <LanguagePicker speech={station.speech} /> : <Tools station={station} />}
    </header>
  )
}

/**
 * All that is not looked at every minute: side by side in the bar, and where that is narrow under one button, each with
 * its word.
 */
function Tools({ station }: { station: Station }) {
  const place = useRef<HTMLDivElement>(null)
  return (
    <>
      <button
        type="button"
        class="button plain icon-button more"
        aria-label={boardWords.more}
        title={boardWords.more}
        popovertarget="tools"
      >
        <Icon svg={menu} />
      </button>
      <div
        ref={place}
        id="tools"
        class="tools"
        popover="auto"
        // Before what was pressed opens anything: focus is to come back to what can be seen then.
        onClickCapture={({ target }) => {
          if (target instanceof Element && target.closest('button')) place.current?.hidePopover()
        }}
      >
        <LanguagePicker speech={station.speech} />
        <ColleaguePart station={station} />
        <DeviceButton />
        <IconButton icon={keyboard} label={keysWords.title} onPress={() => (keysShown.value = true)} />
        <BarPart station={station} />
        <Own station={station} />
      </div>
    </>
  )
}

/**
 * What is one's own to do here while it is not locked; the lock's panel has a way out of its own. Without a way back in
 * there is no lock to offer.
 */
function Own({ station }: { station: Station }) {
  const ways = station.lock.ways.value
  const canLock = ways !== null && (ways.passkey || ways.password || ways.provider !== null)
  return (
    <>
      {station.mayEver('plan.see') && (
        <IconButton icon={calendars} label={boardWords.calendars} onPress={() => (shareShown.value = true)} />
      )}
      {station.entry.hasPasskeys() && (
        <IconButton icon={passkey} label={passkeyWords.title} onPress={() => (passkeyShown.value = true)} />
      )}
      {canLock && (
        <Button icon={lock} onPress={() => void station.lock.lock()}>
          {lockWords.lock}
        </Button>
      )}
      <Button
        icon={signOut}
        disabled={station.connection.value.type !== 'open'}
        onPress={() => void station.signOut()}
      >
        {lockWords.signOut}
      </Button>
    </>
  )
}

export function Lost({ station }: { station: Station }) {
  const connection = station.connection.value
  if (connection.type !== 'lost') return null
  return (
    <Banner tone="lost" icon={offline}>
      {staleWord(connection.sinceMs)}
    </Banner>
  )
}
