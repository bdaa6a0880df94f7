/** What the ward's patients ask for, at a station: seen, answered, and sounding until somebody has seen it (HZ-4). */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import {
  type ComingIn,
  comingMinutes,
  type RequestAlarm,
  type RequestReason,
  type RequestView,
} from '../protocol/request.ts'
import type { ServerMessage } from '../protocol/wire.ts'
import type { AlertSound, Ports } from './ports.ts'

export type { ComingIn, RequestReason, RequestView }
export { comingMinutes }

export type StationRequests = {
  /** In the order in which they were made: a row moves under nobody's finger. */
  readonly open: Signal<readonly RequestView[]>
  /** Whether this screen can be heard. */
  readonly sound: Signal<'on' | 'blocked'>
  /** Whether this person hears requests and answers them. */
  readonly answers: ReadonlySignal<boolean>
  armSound(): void
  see(requestId: string): void
  come(requestId: string, inMinutes: ComingIn): void
  done(requestId: string): void
  welcomed(): void
  received(message: ServerMessage): void
  /** Nobody is signed in here. */
  left(): void
}

const loudness: readonly RequestAlarm[] = ['none', 'first', 'again', 'ward']
const sounds: Record<RequestAlarm, AlertSound> = {
  none: 'none',
  first: 'request',
  again: 'request-again',
  ward: 'request-ward',
}

/** `answers`: the person's role does; `isOpen`: the server hears this screen. */
export function createStationRequests(
  { socket, sound: ringer }: Pick<Ports, 'socket' | 'sound'>,
  answers: ReadonlySignal<boolean>,
  isOpen: ReadonlySignal<boolean>,
): StationRequests {
  const open = signal<readonly RequestView[]>([])
  const sound = signal<'on' | 'blocked'>('blocked')
  /** Those the server knows to be heard here. */
  let told = new Set<string>()
  /** Raised when the server counts on nothing it was told before. */
  const session = signal(0)

  const calling = computed(() => open.value.filter(({ alarm }) => alarm !== 'none'))
  /** A new one begins the sound anew, so that the server hears of it at once. */
  const plays = computed(() => {
    if (!answers.value || !isOpen.value || sound.value === 'blocked') return 'none'
    const loudest = Math.max(0, ...calling.value.map(({ alarm }) => loudness.indexOf(alarm)))
    const ids = calling.value.map(({ requestId }) => requestId)
    return [sounds[loudness[loudest] ?? 'none'], session.value, ...ids].join(' ')
  })

  /** It was really played: whoever called before it began has been heard. */
  function sounded(ids: readonly string[]): void {
    for (const requestId of ids) {
      if (told.has(requestId)) continue
      told.add(requestId)
      socket.send({ type: 'request.sounds', requestId })
    }
  }

  effect(() => {
    const [name = 'none'] = plays.value.split(' ')
    const ids = calling.peek().map(({ requestId }) => requestId)
    const alert = Object.values(sounds).find((one) => one === name) ?? 'none'
    told = new Set([...told].filter((id) => ids.includes(id)))
    ringer.alert(alert, () => sounded(ids))
  })

  ringer.listen((state) => {
    const was = sound.value
    sound.value = state
    if (state === 'on' || was === 'blocked') return
    told.clear()
    if (answers.peek()) socket.send({ type: 'request.silent' })
  })

  function take(request: RequestView): void {
    const others = open.value.filter((one) => one.requestId !== request.requestId)
    const all = request.state.type === 'ended' ? others : [...others, request]
    open.value = all.toSorted((a, b) => a.madeMs - b.madeMs)
  }

  return {
    open,
    sound,
    answers,
    armSound: () => ringer.arm(),
    see: (requestId) => socket.send({ type: 'request.see', requestId }),
    come: (requestId, inMinutes) => socket.send({ type: 'request.come', requestId, inMinutes }),
    done: (requestId) => socket.send({ type: 'request.done', requestId }),
    welcomed() {
      told.clear()
      session.value += 1
    },
    received(message) {
      batch(() => {
        if (message.type === 'request.changed') take(message.request)
        if (message.type !== 'request.list') return
        open.value = message.requests.toSorted((a, b) => a.madeMs - b.madeMs)
      })
    },
    left() {
      told.clear()
      open.value = []
    },
  }
}
