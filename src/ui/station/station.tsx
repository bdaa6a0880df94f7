/** Mounts the station: the ward's board, what is beside it, and whoever calls. */
import '../tokens.css'
import '../parts.css'
import '../station.css'
import '../sign-in.css'
import ringing from 'lucide-static/icons/bell-ring.svg?raw'
import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Party } from '../../core/call-state.ts'
import type { Station } from '../../state/station.ts'
import { Banner } from '../parts/banner.tsx'
import { createLater, showFirst } from '../parts/later.ts'
import { speakAs } from '../texts/catalogue.ts'
import { nameOf } from '../words.ts'
import { lockWords } from '../words-sign-in.ts'
import { Board } from './board.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { beginStart, Dismissed, Starting } from './entry.tsx'
import { GlassBanner, NoBoard, seesBoard, Visitors } from './glass.tsx'
import { Keys, keysShown } from './keys.tsx'
import { later } from './part.ts'
import { PatientLines } from './patient.tsx'
import { InsteadOfBoard, OverPlan, PlanBanner, planIsShown, usePlan } from './plan-part.tsx'
import { Remembered } from './remembered.tsx'
import { RequestsPart } from './requests-part.tsx'
import { SharePart } from './share-part.tsx'
import { Side } from './side.tsx'
import { DevicePart, deviceShown } from './this-device.tsx'
import { Lost, passkeyShown, TopBar } from './top-bar.tsx'
import { Unsigned } from './trust.tsx'

export async function mountStation(station: Station, root: HTMLElement): Promise<void> {
  root.classList.add('station')
  // What lay open is not found open by whoever unlocks.
  station.lock.locked.subscribe((isLocked) => {
    if (isLocked) deviceShown.value = keysShown.value = passkeyShown.value = false
  })
  watchTouches(station)
  showFirst(planIsShown(station))
  await speakAs(station.speech.language)
  beginStart()
  render(<Screen station={station} />, root)
}

/** [HZ-13] Whether anybody is at this station while its call goes on. */
function watchTouches({ calls }: Station): void {
  for (const type of ['pointerdown', 'keydown', 'wheel'])
    document.addEventListener(type, calls.touched, { passive: true, capture: true })
}

function Screen({ station }: { station: Station }) {
  const access = station.access.value
  const connection = station.connection.value
  if (access.type === 'signed-out') return <SignedOut station={station} />
  if (connection.type === 'refused') return <Dismissed station={station} why={connection.why} />
  if (access.type === 'starting') return <Starting station={station} />
  return <Ward station={station} />
}

/** Whoever is signed in already waits for no sign-in page. */
const signIn = createLater(() => import('../parts/sign-in.tsx'))

function SignedOut({ station }: { station: Station }) {
  useEffect(signIn.fetch, [])
  const part = signIn.part.value
  if (!part) return <Starting station={station} />
  return <part.SignInPage entry={station.entry} speech={station.speech} />
}

function Ward({ station }: { station: Station }) {
  usePlan(station)
  const part = later.part.value
  return (
    <>
      <TopBar station={station} />
      <Lost station={station} />
      <Unsigned station={station} />
      <GlassBanner glass={station.glass} />
      <Visitors glass={station.glass} />
      <Elsewhere station={station} />
      <PlanBanner station={station} />
      <RequestsPart station={station} />
      <main class={station.connection.value.type === 'open' ? 'ward' : 'ward stale'}>
        {part?.arePicturesShown(station) ? (
          <part.Pictures station={station} />
        ) : (
          <InsteadOfBoard station={station}>
            <Beds station={station} />
          </InsteadOfBoard>
        )}
        <Side station={station} />
      </main>
      <OverPlan station={station} />
      <SharePart station={station} />
      {part && <part.OthersWaiting station={station} />}
      {part && <part.Leaving station={station} />}
      <Caller station={station} />
      {part && <part.WakingDialog station={station} />}
      {part && <part.Sheets station={station} />}
      <DevicePart station={station} />
      {!station.lock.locked.value && <Keys station={station} />}
      {passkeyShown.value && part && !station.lock.locked.value && (
        <part.PasskeyDialog lock={station.lock} onClose={() => (passkeyShown.value = false)} />
      )}
    </>
  )
}

function Beds({ station }: { station: Station }) {
  if (station.isRemembered.value) return <Remembered station={station} />
  return seesBoard(station.glass) ? <Board station={station} /> : <NoBoard glass={station.glass} />
}

/** A colleague who rings this station, or a patient who calls back. */
function Caller({ station }: { station: Station }) {
  const { calls, lock } = station
  const part = later.part.value
  const state = calls.state.value
  if (state.type !== 'ringing' && state.type !== 'knocking') return null
  const { peer } = state.call
  if (lock.locked.value)
    return (
      <Banner tone="waits" icon={ringing}>
        {lockWords.rings({ name: nameOf(peer) })}
      </Banner>
    )
  return (
    part && (
      <part.Incoming
        key={state.call.callId}
        calls={calls}
        call={state.call}
        how={state.type}
        who={<PatientOf station={station} peer={state.call.table?.bed ?? peer} />}
        why={<part.CalledAs call={state.call} />}
      />
    )
  )
}

/** Who lies in the bed that rings, as wherever a bed is called (HZ-1). */
function PatientOf({ station, peer }: { station: Station; peer: Party }) {
  const bed = station.beds.value.find(({ bedId }) => peer.type === 'bed' && peer.bedId === bedId)
  return bed ? <PatientLines patient={bed.patient} lock={station.lock} /> : null
}
