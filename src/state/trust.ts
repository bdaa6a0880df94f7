/** A station's own key: registered with the server, and what it trusts in turn. */
import { type Signal, signal } from '@preact/signals'
import { stationKeyAnswer } from '../protocol/keys.ts'
import { decodeCertificate } from '../protocol/proof.ts'
import type { Ports, Trust } from './ports.ts'

export type StationTrust = {
  /** The root's key id this browser trusts; null before the first. */
  readonly root: Signal<string | null>
  /** What this station's certificate says of it; null while it waits for an administrator. */
  readonly own: Signal<{
    readonly label: string
    readonly organisation: string
    readonly root: string
  } | null>
  /** The server says that no administrator has signed this station yet. */
  readonly waits: Signal<boolean>
  /** Pins the link's root, and begins to register the key where there is no certificate yet. Before the first call. */
  prepare(): Promise<void>
  /** Asks for this station's certificates again: the server may have newer ones. */
  register(): Promise<void>
  /** Trusts the root of this station's own certificate from now on; a person compared its digits. */
  trustOwn(): Promise<void>
}

/** How often a station that waits for an administrator asks whether it still does. */
const askMs = 10_000

/** `isLocked`: nobody changes here what a locked station trusts. */
export function createStationTrust(
  { api, clock, page, trust }: Ports,
  isLocked: () => boolean,
): StationTrust {
  const root = signal<string | null>(null)
  const own = signal<{ label: string; organisation: string; root: string } | null>(null)

  const waits = signal(false)
  let stopAsking = () => {}

  function show({ root: pinned, chain }: Trust): void {
    root.value = pinned
    const [device, , top] = (chain ?? []).map(({ text }) => decodeCertificate(text))
    own.value =
      device && top ? { label: device.label, organisation: top.organisation, root: top.keyId } : null
  }

  /** Signed out or out of reach: a call says what is missing, and the next welcome asks again. */
  async function register(): Promise<void> {
    const { publicKey } = await trust.ownKey('station')
    const answer = await api.ask('POST', '/station-key', { publicKey }, stationKeyAnswer)
    if (!answer.ok) return
    if (answer.value.chain) show(await trust.keep('station', answer.value.chain))
    waits.value = answer.value.chain === null
    stopAsking()
    if (waits.value) stopAsking = clock.after(askMs, () => void register().catch(() => {}))
  }

  return {
    root,
    own,
    waits,
    async prepare() {
      const linked = page.linkedRoot()
      const before = await trust.held('station')
      // A link may give the first root, never another one: whoever can send a link is not the organisation.
      if (linked !== null && before.root === null) await trust.pin('station', linked)
      show(await trust.held('station'))
      // Not waited for: a network that swallows everything would keep the page from its start.
      if (own.value === null) register().catch(() => {})
    },
    register,
    async trustOwn() {
      if (own.value === null || isLocked()) return
      await trust.pin('station', own.value.root)
      await register()
    },
  }
}
