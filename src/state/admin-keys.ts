/** An administrator's own key, and the tablets and stations it may sign for. Everything is signed in this browser. */
import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import { adminGrant, keysAnswer, type WaitingKey } from '../protocol/keys.ts'
import { type Certificate, decodeCertificate, type Signed } from '../protocol/proof.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type { WaitingKey }

const dayMs = 24 * 60 * 60 * 1000
/** A certificate is signed anew within a month before it ends, so this is about a year. */
export const deviceLifetimeMs = 400 * dayMs

const soonMs = 60 * dayMs

export type KeysView =
  | { readonly type: 'starting' }
  | { readonly type: 'failed'; readonly failure: ApiFailure }
  | {
      readonly type: 'shown'
      readonly keyId: string
      readonly demo: boolean
      /** This browser's certificate; null before the root has signed it. */
      readonly own: Certificate | null
      /** `foreign`: the server presents another root than the one this browser was handed. */
      readonly standing: 'none' | 'certified' | 'foreign'
      /** Its certificate ends within two months: with it end all that it signed. */
      readonly endsSoon: boolean
      readonly waiting: readonly WaitingKey[]
    }

/** `no-grant`: the file is not what the root's command line wrote, or not for this browser. */
export type KeysProblem = ApiFailure | 'no-grant'

export type AdminKeys = {
  readonly view: Signal<KeysView>
  readonly problem: Signal<KeysProblem | null>
  /** How many are still to be signed of those that were asked for. */
  readonly signing: Signal<number>
  refresh(): Promise<void>
  /** Saves the file that goes to the root's command line; `label` is this browser's name on the certificate. */
  saveRequest(label: string): Promise<void>
  /** Takes the file that came back. */
  takeGrant(text: string): Promise<void>
  /** Signs for these, one after the other; a station goes by `label`. */
  sign(devices: readonly WaitingKey[], label?: string): Promise<void>
}

export function createAdminKeys({ api, page, trust }: Ports): AdminKeys {
  const view = signal<KeysView>({ type: 'starting' })
  const problem = signal<KeysProblem | null>(null)
  const signing = signal(0)
  let serverNowMs = 0

  async function refresh(): Promise<void> {
    const { keyId } = await trust.ownKey('admin')
    const answer = await api.ask('GET', '/keys', { keyId }, keysAnswer)
    if (!answer.ok) {
      view.value = { type: 'failed', failure: answer.failure }
      return
    }
    const { demo, admin, waiting, nowMs } = answer.value
    const own = admin && decodeCertificate(admin.text)
    const { root } = await trust.held('admin')
    serverNowMs = nowMs
    const standing = own === null ? 'none' : own.issuer === root ? 'certified' : 'foreign'
    const endsSoon = own !== null && own.notAfterMs - nowMs < soonMs
    view.value = { type: 'shown', keyId, demo, own, standing, endsSoon, waiting }
  }

  async function takeGrant(text: string): Promise<void> {
    const grant = readGrant(text)
    const { keyId } = await trust.ownKey('admin')
    const admin = grant && decodeCertificate(grant.admin.text)
    if (!grant || admin?.keyId !== keyId) {
      problem.value = 'no-grant'
      return
    }
    const answer = await api.ask('POST', '/admin-certificate', grant, v.unknown())
    problem.value = answer.ok ? null : answer.failure
    // The file came from the root itself, by hand: this is the root to trust.
    if (answer.ok) await trust.pin('admin', admin.issuer)
    await refresh()
  }

  function certificateText(own: Certificate, device: WaitingKey, label: string): string {
    return JSON.stringify({
      v: 1,
      type: 'bedside-certificate',
      ...device,
      organisation: own.organisation,
      label,
      notBeforeMs: serverNowMs - dayMs / 24,
      notAfterMs: serverNowMs + deviceLifetimeMs,
      serial: page.newId(),
      issuer: own.keyId,
    })
  }

  async function signOne(own: Certificate, device: WaitingKey, label: string): Promise<boolean> {
    const certificate: Signed = await trust.seal(certificateText(own, device, label))
    const answer = await api.ask('POST', '/certificates', { certificate }, v.unknown())
    if (!answer.ok) problem.value = answer.failure
    return answer.ok
  }

  void refresh()

  return {
    view,
    problem,
    signing,
    refresh,
    async saveRequest(label) {
      const { publicKey, keyId } = await trust.ownKey('admin')
      const request = JSON.stringify({ type: 'bedside-request', label, publicKey })
      trust.saveFile(`bedside-${keyId.slice(0, 8)}.json`, JSON.stringify(await trust.seal(request)))
    },
    takeGrant,
    async sign(devices, label) {
      const shown = view.value
      if (shown.type !== 'shown' || shown.standing !== 'certified' || !shown.own || signing.value > 0) return
      problem.value = null
      for (const [index, device] of devices.entries()) {
        signing.value = devices.length - index
        if (!(await signOne(shown.own, device, labelOf(device, label)))) break
      }
      signing.value = 0
      await refresh()
    },
  }
}

/** A bed's tablet goes by its bed, and by nothing else. */
export function labelOf(device: WaitingKey, label = `${device.ward} station`): string {
  return device.kind === 'bed' ? `Bed ${device.bed}` : label
}

function readGrant(text: string) {
  try {
    const grant = v.safeParse(adminGrant, JSON.parse(text))
    return grant.success ? grant.output : null
  } catch {
    return null
  }
}
