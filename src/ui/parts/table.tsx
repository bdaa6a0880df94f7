/**
 * The pictures of a call: of two, or of up to four round a table. Each person's video is made once and stays where it is
 * while others come and go: only its place in the picture changes.
 */
import '../table.css'
import muted from 'lucide-static/icons/mic-off.svg?raw'
import shield from 'lucide-static/icons/shield-check.svg?raw'
import takeBack from 'lucide-static/icons/undo-2.svg?raw'
import weak from 'lucide-static/icons/wifi-low.svg?raw'
import { useEffect, useRef, useState } from 'preact/hooks'
import { callIdOf, isPatient } from '../../core/call-state.ts'
import type { Calls, Seat } from '../../state/calls.ts'
import { nameOf, stageWords } from '../words.ts'
import { coverWord, verifiedMeans, verifiedWord } from '../words-aside.ts'
import {
  askingWord,
  partedWord,
  shortCovers,
  tableWords,
  videoWord,
  type Was,
  whoIs,
} from '../words-table.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { useNow } from './now.ts'
import { PersonName } from './person.tsx'
import { isMuted, OwnNotes, OwnPicture, PeerNotes, useCover } from './stage.tsx'
import { PeerVideo } from './video.tsx'

/** Whether they were answered, or answered: whoever still rings has no picture to be shown. */
function isSeated({ state }: Seat): boolean {
  const { type } = state.value
  return type === 'connecting' || type === 'live' || type === 'reconnecting'
}

/** Those who are asked to come, or wait for the patient's word, from this screen. */
function isAsked({ state }: Seat): boolean {
  return state.value.type === 'dialling' || state.value.type === 'calling'
}

/** The duty by which they are asked: who of it comes is not known yet. */
function dutyOf({ state }: Seat): string | undefined {
  return state.value.type === 'calling' ? state.value.call.duty : undefined
}

/** The people of this call who have their place in it; with the one it began with, whatever becomes of that call. */
export function seatedAt(calls: Calls): readonly Seat[] {
  const present = callIdOf(calls.state.value)
  return calls.seats.value.filter((seat) => seat.callId === present || isSeated(seat))
}

/** Whom a screen shows largest: the patient to everybody else, and to the patient the first of the staff. */
export function foremostOf(seats: readonly Seat[]): Seat | undefined {
  return (
    seats.find(({ peer }) => isPatient(peer)) ??
    seats.find(({ peer }) => peer.type === 'staff') ??
    seats.at(0)
  )
}

/**
 * `waiting`: it still rings, and only one's own picture shows. The peer's video is there all the same, warm and empty,
 * because making one takes a browser longer than all of *Answer* may.
 */
export function Table({ calls, waiting }: { calls: Calls; waiting: boolean }) {
  const seats = seatedAt(calls)
  const foremost = foremostOf(seats)
  const others = seats.filter((seat) => seat !== foremost)
  const isAlone = others.length === 0
  return (
    <>
      <div class={`stage${waiting ? ' waiting' : ''}${isAlone ? '' : ` table with-${others.length}`}`}>
        {seats.map((seat) => (
          <Picture
            key={seat.callId}
            seat={seat}
            place={isAlone ? 'alone' : placeOf(others.indexOf(seat))}
            waiting={waiting}
          />
        ))}
        <div class="stage-notes" aria-live="polite">
          {isAlone && foremost && <PeerNotes seat={foremost} />}
          <OwnNotes calls={calls} />
          <PartedNote calls={calls} />
        </div>
        <OwnPicture calls={calls} />
      </div>
      <AskedList calls={calls} />
    </>
  )
}

const places = ['first', 'second', 'third'] as const
type Place = 'alone' | 'foremost' | (typeof places)[number]

function placeOf(other: number): Place {
  return places[other] ?? 'foremost'
}

/** One person: their picture, what covers it, and at a table who it is. They share a place, and no element of their own. */
function Picture({ seat, place, waiting }: { seat: Seat; place: Place; waiting: boolean }) {
  const cover = useCover(seat)
  const isAlone = place === 'alone'
  const where = isAlone ? '' : ` ${place}`
  return (
    <>
      <PeerVideo
        place={where}
        label={videoWord(seat.peer, isAlone ? 'none' : 'some')}
        show={seat.showRemote}
      />
      {cover && !waiting && (
        <p class={`cover ${cover}${where}`} aria-live="polite">
          {isAlone || place === 'foremost' ? coverWord(cover, nameOf(seat.peer)) : shortCovers[cover]}
        </p>
      )}
      {!isAlone && <Plate seat={seat} where={where} />}
    </>
  )
}

/** Who it is, whose device signed for it (HZ-10), and what is not as it should be. */
function Plate({ seat, where }: { seat: Seat; where: string }) {
  const device = seat.peerDevice.value
  const quality = seat.quality.value
  return (
    <div class={`seat-plate${where}`}>
      <p title={device ? verifiedMeans(device, seat.peer) : undefined}>
        {device && <Icon svg={shield} />}
        <PersonName party={seat.peer} />
        {device && <span class="unseen">{verifiedWord(device, seat.peer)}</span>}
      </p>
      <p class="seat-marks" aria-live="polite">
        {isMuted(seat) && <Mark icon={muted} word={tableWords.muted} />}
        {quality !== null && quality !== 'good' && (
          <Mark icon={weak} word={quality === 'weak' ? stageWords.weak : tableWords.lost} />
        )}
      </p>
    </div>
  )
}

function Mark({ icon, word }: { icon: string; word: string }) {
  return (
    <span class="seat-mark">
      <Icon svg={icon} />
      <span>{word}</span>
    </span>
  )
}

function asWhat(seat: Seat): Was {
  if (isAsked(seat)) return 'asked'
  return isSeated(seat) ? 'seated' : 'atDoor'
}

/** Long enough to be read twice. */
const partedMs = 8_000

/** Who left, or did not come: a quiet line, until the next one or until it was there to be read. */
function PartedNote({ calls }: { calls: Calls }) {
  const parted = calls.parted.value
  const wasHere = useRef(new Map<string, { readonly was: Was; readonly duty: string | undefined }>())
  for (const seat of calls.seats.value)
    wasHere.current.set(seat.callId, { was: asWhat(seat), duty: dutyOf(seat) })
  useEffect(() => {
    if (!parted) return
    const timer = setTimeout(() => {
      calls.parted.value = null
    }, partedMs)
    return () => clearTimeout(timer)
  }, [parted])
  // Of a call before this one nothing is said in it.
  const known = parted && wasHere.current.get(parted.callId)
  const word = parted && known && partedWord(parted, known.was, known.duty)
  return word && <p>{word}</p>
}

/** Under the pictures: a name that is read whole, and a button for a finger, at any size. */
function AskedList({ calls }: { calls: Calls }) {
  const present = callIdOf(calls.state.value)
  const asked = calls.seats.value.filter((seat) => seat.callId !== present && isAsked(seat))
  if (asked.length === 0) return null
  return (
    <ul class="seats-asked">
      {asked.map((seat) => (
        <Asked key={seat.callId} calls={calls} seat={seat} />
      ))}
    </ul>
  )
}

function Asked({ calls, seat }: { calls: Calls; seat: Seat }) {
  const { callId, peer, state } = seat
  const who = dutyOf(seat) ?? whoIs(peer)
  const nowMs = useNow(1_000)
  const [sinceMs] = useState(nowMs)
  const heard = state.value.type === 'dialling' ? 'reaching' : 'ringing'
  return (
    <li>
      <output>{askingWord(peer, heard, who)}</output>
      <span aria-hidden="true">
        {tableWords.elapsed({ count: Math.max(0, Math.round((nowMs - sinceMs) / 1_000)) })}
      </span>
      {peer.type === 'staff' && (
        <Button
          icon={takeBack}
          label={tableWords.takeBackWho({ who })}
          onPress={() => calls.takeBack(callId)}
        >
          {tableWords.takeBack}
        </Button>
      )}
    </li>
  )
}
