/** What looking at a scan together asks of the world: one of each for the page, fetched with the first share. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { CarryMessage } from '../protocol/scan-carry.ts'
import type { CallParts } from './calls.ts'
import type { CarrierPort, ScanIo, ScanReader, SharingIo, TalkPort } from './scan-ports.ts'

export type Fetched = { readonly io: ScanIo; readonly reader: ScanReader; readonly sharing: SharingIo }

export type ShareWorld = {
  readonly io: ReadonlySignal<ScanIo | null>
  readonly reader: ReadonlySignal<ScanReader | null>
  /** Null: it could not be fetched, and is asked for again the next time. */
  fetch(): Promise<Fetched | null>
  /** Null until it was fetched. */
  carrier(): CarrierPort | null
  /** What was said of files there, also before the carrier was fetched: they are offered with the manifest. */
  hear(callId: string, message: CarryMessage): void
}

const mostEarly = 64

export function createShareWorld(
  { ports, relaysOf }: Pick<CallParts, 'ports' | 'relaysOf'>,
  talk: TalkPort,
  callIds: () => readonly string[],
): ShareWorld {
  const io = signal<ScanIo | null>(null)
  const reader = signal<ScanReader | null>(null)
  let sharing: SharingIo | null = null
  const early: (readonly [string, CarryMessage])[] = []

  async function share(fetched: ScanIo): Promise<SharingIo> {
    const made = await fetched.sharing(relaysOf)
    const { carrier } = made
    carrier.onSay((callId, message, manner) => talk.say(callId, JSON.stringify(message), manner))
    for (const callId of callIds()) if (talk.isOpen(callId)) carrier.linkOpened(callId)
    for (const [callId, message] of early.splice(0)) carrier.hear(callId, message)
    return made
  }

  return {
    io,
    reader,
    async fetch() {
      try {
        const fetched = io.peek() ?? (await ports.scanIo())
        const read = reader.peek() ?? (await fetched.reader())
        sharing ??= await share(fetched)
        io.value = fetched
        reader.value = read
        return { io: fetched, reader: read, sharing }
      } catch {
        return null
      }
    },
    carrier: () => sharing?.carrier ?? null,
    hear(callId, message) {
      if (sharing) sharing.carrier.hear(callId, message)
      else if (early.length < mostEarly) early.push([callId, message])
    },
  }
}
