/** Mounts the tablet's screen: one thing at a time, from the enrolment link to a call and back to idle. */
import '../tokens.css'
import '../parts.css'
import '../bed.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import type { CallState } from '../../core/call-state.ts'
import type { Bed } from '../../state/bed.ts'
import type { DrawnCurtain } from '../../state/privacy.ts'
import { useLater } from '../parts/later.ts'
import { Tracks } from '../parts/tracks.tsx'
import { speakAs } from '../texts/catalogue.ts'
import { atRestWord } from '../words.ts'
import { Frame, Top } from './frame.tsx'
import { Idle } from './idle.tsx'
import { later } from './part.ts'
import { Starting } from './starting.tsx'

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
  const part = useLater(later)
  if (setup.type === 'started') return <Started bed={bed} />
  // A tablet is seldom without its bed, so what it shows then follows by itself.
  if (setup.type === 'starting' || !part) return <Starting bed={bed} />
  switch (setup.type) {
    case 'unbound':
      return <part.Unbound bed={bed} problem={setup.problem} />
    case 'waiting':
      return <part.Waiting bed={bed} setup={setup} />
    case 'needs-start':
      return <part.NeedsStart bed={bed} problem={setup.problem} trying={setup.trying} />
  }
}

function Started({ bed }: { bed: Bed }) {
  const { calls } = bed
  const state = calls.state.value
  const drawn = bed.privacy.shown.value
  const part = later.part.value
  // Whoever was told at the door that it is closed is no news behind it.
  if (drawn && isQuiet(state)) return <Drawn bed={bed} drawn={drawn} />
  switch (state.type) {
    case 'idle':
      return <Idle bed={bed} />
    case 'dialling':
    case 'calling':
      return part ? <part.CallingBack bed={bed} state={state} /> : <Idle bed={bed} />
    case 'ringing':
    case 'knocking':
    case 'connecting':
    case 'live':
    case 'reconnecting':
      // It rings whether or not its screen is here yet, and nothing but *Answer* opens a camera.
      return part ? <part.CallScreen key={calls.tableId.value} bed={bed} state={state} /> : <Idle bed={bed} />
    case 'ended':
      return part ? <part.Ended bed={bed} ended={state} /> : <Idle bed={bed} />
  }
}

/** Until its own part is there the curtain is what it means: nothing is on, and nothing else stands here. */
function Drawn({ bed, drawn }: { bed: Bed; drawn: DrawnCurtain }) {
  const part = later.part.value
  if (part) return <part.Curtain bed={bed} drawn={drawn} />
  return (
    <Frame bed={bed} class="curtain">
      <Top bed={bed} />
      <div class="middle">
        <Tracks tracks={bed.calls.mine.value} word={atRestWord} />
      </div>
    </Frame>
  )
}

function isQuiet({ type }: CallState): boolean {
  return type === 'idle' || type === 'dialling' || type === 'calling' || type === 'ended'
}
