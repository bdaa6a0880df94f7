/** Mounts the tablet's screen: one thing at a time, from the enrolment link to a call and back to idle. */
import '../tokens.css'
import '../parts.css'
import '../bed.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { CallState } from '../../core/call-state.ts'
import type { Bed, Setup } from '../../state/bed.ts'
import type { DrawnCurtain } from '../../state/privacy.ts'
import { useHeldRing } from '../parts/hold.ts'
import { Incoming } from '../parts/incoming.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { speakAs } from '../texts/catalogue.ts'
import { atRestWord } from '../words.ts'
import { InCall } from './call.tsx'
import { Foot, Place, Top } from './frame.tsx'
import { Idle } from './idle.tsx'
import { later } from './part.ts'
import { NeedsStart, Starting, Unbound } from './setup.tsx'

export async function mountBed(bed: Bed, root: HTMLElement): Promise<void> {
  root.classList.add('bed')
  armByTouch(bed)
  followWishes(bed, root)
  await speakAs(bed.language)
  render(<Screen bed={bed} />, root)
}

/** Browsers keep a page silent until somebody touches it; any touch will do. */
function armByTouch(bed: Bed): void {
  const arm = () => {
    bed.privacy.touched()
    if (bed.sound.value === 'blocked') bed.armSound()
  }
  document.addEventListener('pointerup', arm)
  document.addEventListener('keydown', arm)
}

/** How large the words are and how dim the screen is, from this moment on. */
function followWishes({ wishes }: Bed, root: HTMLElement): void {
  effect(() => {
    const textSize = wishes.agreed.value?.textSize ?? 100
    document.documentElement.style.setProperty('--text', String(textSize / 100))
  })
  effect(() => void root.classList.toggle('quiet', wishes.isQuiet.value))
}

function Screen({ bed }: { bed: Bed }) {
  const setup = bed.setup.value
  switch (setup.type) {
    case 'starting':
      return <Starting bed={bed} />
    case 'unbound':
      return <Unbound bed={bed} problem={setup.problem} />
    case 'waiting':
      return <WaitingPart bed={bed} setup={setup} />
    case 'needs-start':
      return <NeedsStart bed={bed} problem={setup.problem} trying={setup.trying} />
    case 'started':
      return <Started bed={bed} />
  }
}

/** A tablet is seldom without its bed, so what it shows then follows by itself. */
function WaitingPart({ bed, setup }: { bed: Bed; setup: Extract<Setup, { type: 'waiting' }> }) {
  const part = later.part.value
  useEffect(later.fetch, [])
  return part ? <part.Waiting bed={bed} setup={setup} /> : <Starting bed={bed} />
}

function Started({ bed }: { bed: Bed }) {
  const { calls } = bed
  const state = calls.state.value
  const drawn = bed.privacy.shown.value
  const part = later.part.value
  // Whoever was told at the door that it is closed is no news behind it.
  if (drawn && isQuiet(state)) return <Drawn bed={bed} drawn={drawn} />
  switch (state.type) {
    // A bed does not dial yet; if it ever finds itself dialling, it is idle to the person beside it.
    case 'idle':
    case 'dialling':
    case 'calling':
      return <Idle bed={bed} />
    case 'ringing':
    case 'knocking':
    case 'connecting':
    case 'live':
    case 'reconnecting':
      return <CallScreen key={state.call.callId} bed={bed} state={state} />
    case 'ended':
      return part ? <part.Ended bed={bed} ended={state} /> : <Idle bed={bed} />
  }
}

/** Until its own part is there the curtain is what it means: nothing is on, and nothing else stands here. */
function Drawn({ bed, drawn }: { bed: Bed; drawn: DrawnCurtain }) {
  const part = later.part.value
  useEffect(later.fetch, [])
  if (part) return <part.Curtain bed={bed} drawn={drawn} />
  return (
    <main class="screen curtain">
      <Top bed={bed} />
      <div class="middle">
        <Tracks tracks={bed.calls.mine.value} word={atRestWord} />
      </div>
      <Foot bed={bed} />
    </main>
  )
}

function isQuiet({ type }: CallState): boolean {
  return type === 'idle' || type === 'dialling' || type === 'calling' || type === 'ended'
}

/** One screen for the whole call: what *Answer* needs is in place before it is pressed. */
function CallScreen({ bed, state }: { bed: Bed; state: Extract<CallState, { call: unknown }> }) {
  const held = useHeldRing(bed.calls)
  const part = later.part.value
  useEffect(later.fetch, [])
  const how = useRef<'ringing' | 'knocking'>('ringing')
  if (state.type === 'ringing' || state.type === 'knocking') how.current = state.type
  return (
    <>
      <InCall bed={bed} call={state.call} waiting={held} />
      {held && (
        <Incoming calls={bed.calls} call={state.call} how={how.current}>
          {state.call.override && part && <part.Overridden call={state.call} why={state.call.override} />}
          {part && <part.LouderSofter bed={bed} />}
          <Foot bed={bed}>
            <Place bed={bed} />
          </Foot>
        </Incoming>
      )}
    </>
  )
}
