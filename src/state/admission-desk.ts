/** What a nurse does about who lies where: said over the socket, each act once, and answered by the server alone. */
import { effect, type ReadonlySignal } from '@preact/signals'
import type { AdmissionAct, AdmissionAnswered, AdmissionRefusal } from '../protocol/admission.ts'
import type { ClientMessage } from '../protocol/wire.ts'
import type { Connection } from './connection.ts'
import type { Clock } from './ports.ts'

/** Plays the sound of a call at a bed; the tablet asks whether it was heard. */
type SoundCheckWish = Extract<ClientMessage, { type: 'sound.check' }>

/** What the station lends: the rest of this is fetched when a bed is first opened. */
export type AdmissionLine = {
  readonly connection: ReadonlySignal<Connection>
  readonly answered: ReadonlySignal<AdmissionAnswered | null>
  readonly clock: Pick<Clock, 'after'>
  say(act: AdmissionAct | SoundCheckWish): void
  newId(): string
}

/** `offline`: nothing was said. `silent`: it was said, and no answer has come yet; saying it again does it once. */
export type AdmissionOutcome = 'done' | AdmissionRefusal | 'offline' | 'silent'

type Unnamed<A> = A extends unknown ? Omit<A, 'actId'> : never
export type AdmissionWish = Unnamed<AdmissionAct>

export type AdmissionDesk = { ask(wish: AdmissionWish): Promise<AdmissionOutcome> }

/** A network that swallows everything is no network after so long. */
const silentMs = 6_000

export function createAdmissionDesk(line: AdmissionLine): AdmissionDesk {
  /** What was said and not answered: said once more word for word, it has the same id. */
  let open: { readonly words: string; readonly actId: string } | null = null

  return {
    ask(wish) {
      if (line.connection.value.type !== 'open') return Promise.resolve('offline')
      const words = JSON.stringify(wish)
      const actId = open?.words === words ? open.actId : line.newId()
      open = { words, actId }
      line.say({ ...wish, actId })
      return new Promise((resolve) => {
        const stop = effect(() => {
          const answer = line.answered.value
          if (answer?.actId !== actId) return
          open = null
          end(answer.refusal ?? 'done')
        })
        const cancel = line.clock.after(silentMs, () => end('silent'))
        function end(outcome: AdmissionOutcome): void {
          resolve(outcome)
          queueMicrotask(() => {
            stop()
            cancel()
          })
        }
      })
    },
  }
}
