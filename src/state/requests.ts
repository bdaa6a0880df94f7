/** The queue of a station: it sounds until somebody has seen what is asked, says so only when it does, and answers (HZ-4). */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { ComingIn, RequestAlarm, RequestReason, RequestView } from '../protocol/request.ts'
import type { AlertSound, Ports } from './ports.ts'

export type { ComingIn, RequestReason, RequestView }

/** What the queue is made of; it comes after the board, and nobody is heard before it can be seen. */
export type QueueParts = Pick<Ports, 'socket' | 'sound'> & {
  readonly open: ReadonlySignal<readonly RequestView[]>
  /** Whether this person hears requests and answers them. */
  readonly answers: ReadonlySignal<boolean>
  /** Which welcome of the server it is in; null: it does not hear this screen. */
  readonly session: ReadonlySignal<number | null>
}

/** What else this screen calls for, by the same sound. */
export type Besides = ReadonlySignal<RequestAlarm>

export type RequestQueue = {
  /** Whether this screen can be heard. */
  readonly sound: Signal<'on' | 'blocked'>
  armSound(): void
  see(requestId: string): void
  come(requestId: string, inMinutes: ComingIn): void
  done(requestId: string): void
}

const loudness: readonly RequestAlarm[] = ['none', 'first', 'again', 'ward']
const sounds: readonly AlertSound[] = ['none', 'request', 'request-again', 'request-ward']

export function createRequestQueue(
  { socket, sound: ringer, ...parts }: QueueParts,
  besides: Besides = signal('none'),
): RequestQueue {
  const { open, answers, session } = parts
  const sound = signal<'on' | 'blocked'>('blocked')
  /** Those the server knows to be heard here, in this session. */
  let told = new Set<string>()
  let toldIn: number | null = null

  const calling = computed(() => open.value.filter(({ alarm }) => alarm !== 'none'))
  const isHeard = computed(() => answers.value && session.value !== null && sound.value === 'on')
  /** What plays, as text: a new request, or a new session, begins the sound anew, so that the server hears of it at once. */
  const plays = computed(() => {
    const alarms = [...calling.value.map(({ alarm }) => alarm), besides.value]
    const loudest = Math.max(...alarms.map((alarm) => loudness.indexOf(alarm)))
    if (!isHeard.value || loudest === 0) return ''
    return [loudest, session.value, ...calling.value.map(({ requestId }) => requestId)].join(' ')
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
    const [loudest = ''] = plays.value.split(' ')
    const ids = calling.peek().map(({ requestId }) => requestId)
    if (toldIn !== session.peek()) told.clear()
    toldIn = session.peek()
    told = new Set([...told].filter((id) => ids.includes(id)))
    ringer.alert(sounds[Number(loudest)] ?? 'none', () => sounded(ids))
  })

  ringer.listen((state) => {
    const was = sound.peek()
    sound.value = state
    if (state === 'on' || was === 'blocked') return
    told.clear()
    if (answers.peek() && session.peek() !== null) socket.send({ type: 'request.silent' })
  })

  return {
    sound,
    armSound: () => ringer.arm(),
    see: (requestId) => socket.send({ type: 'request.see', requestId }),
    come: (requestId, inMinutes) => socket.send({ type: 'request.come', requestId, inMinutes }),
    done: (requestId) => socket.send({ type: 'request.done', requestId }),
  }
}
