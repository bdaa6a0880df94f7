/** Has the caller's name said aloud where that is wished, in the words of the screen; never what somebody typed. */
import { useEffect } from 'preact/hooks'
import type { CallState } from '../../core/call-state.ts'
import { isSpoken, spokenVolume } from '../../core/senses.ts'
import type { Bed } from '../../state/bed.ts'
import { createCallerVoice, type Spoken } from '../../state/caller-voice.ts'
import type { Seat } from '../../state/calls.ts'
import { incomingName, nameOf } from '../words.ts'
import { toldWord } from '../words-aside.ts'

type Ringing = Extract<CallState, { call: unknown }>

/** One for the life of the page: it falls silent with the ring, whatever screen is shown. */
let say: ReturnType<typeof createCallerVoice> | null = null

export function useSpokenCaller(bed: Bed, { type, call }: Ringing): void {
  useEffect(() => {
    if (type !== 'ringing' && type !== 'knocking') return
    if (!isSpoken(bed.wishes.agreed.peek(), type)) return
    say ??= createCallerVoice(bed.beside, bed.calls.state)
    say(() => spoken(bed, words(call, type)))
  }, [type])
}

/** The same of whoever is to come into a call: said until it is answered, beside the voices that are in it. */
export function useSpokenAsk(bed: Bed, { state }: Seat, text: string): void {
  useEffect(() => {
    const { type } = state.peek()
    if (type !== 'ringing' && type !== 'knocking') return
    if (!isSpoken(bed.wishes.agreed.peek(), type)) return
    createCallerVoice(bed.beside, state)(() => spoken(bed, text))
  }, [])
}

function spoken({ loudness, language, isSoft }: Bed, text: string): Spoken {
  const { step, steps } = loudness.level.peek()
  return { text, language: language.peek() ?? 'en', volume: spokenVolume(step, steps, isSoft.peek()) }
}

function words({ peer, override }: Ringing['call'], how: 'ringing' | 'knocking'): string {
  const overrides = override ? ` ${toldWord(override, nameOf(peer))}` : ''
  return `${incomingName(peer, how)}.${overrides}`
}
