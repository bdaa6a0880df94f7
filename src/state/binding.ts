/** How a tablet comes to a bed, or back to it: a key, six digits on its screen, and somebody who types them elsewhere. */
import * as v from 'valibot'
import { type Begun, beginAnswer, waitAnswer } from '../protocol/tablets.ts'
import type { ApiFailure, BedIdentity, CommonPorts, NewKey, Result } from './ports.ts'

/** `code`: a new tablet; `lost`: its key is gone from the browser's store; `cloned`: another has the same key. */
export type BindingWhy = 'code' | 'lost' | 'cloned'
type Place = { readonly label: string; readonly ward: string }

export type BindingHooks = {
  /** `digits` null: the server has not answered yet. */
  waits(why: BindingWhy, bed: Place, digits: string | null): void
  failed(problem: ApiFailure | 'over' | 'storage-lost' | null): void
  bound(identity: BedIdentity): Promise<void>
}

type Held = NonNullable<Awaited<ReturnType<CommonPorts['device']['waiting']>>>
export type Binding = ReturnType<typeof createBinding>

/** How often a waiting tablet asks; a person is typing meanwhile. */
const pollMs = 2_000
/** How long it leaves a server alone that did not answer, or would not yet. */
const retryMs = 10_000

export function createBinding({ api, clock, device, page, trust }: CommonPorts, hooks: BindingHooks) {
  /** Only the newest attempt counts. */
  let attempt = 0

  function run(work: (isOver: () => boolean) => Promise<void>): void {
    attempt += 1
    const mine = attempt
    work(() => mine !== attempt).catch(() => hooks.failed('storage-lost'))
  }

  function pause(ms: number): Promise<void> {
    return new Promise((done) => clock.after(ms, done))
  }

  /** Opens the commitment and shows the digits. Answers why it could not. */
  async function show(key: NewKey, begun: Begun, why: BindingWhy): Promise<ApiFailure | null> {
    const { enrolmentId, bed, nonce } = begun
    const said = { enrolmentId, publicKey: key.publicKey, nonce: key.nonce }
    const revealed = await api.ask('POST', '/enrol/reveal', said, v.strictObject({}))
    if (!revealed.ok) return revealed.failure
    const digits = await key.digits(enrolmentId, nonce)
    const place = { label: bed.label, ward: bed.ward }
    await key.wait({ enrolmentId, why, bed: place, digits, root: page.linkedRoot() })
    hooks.waits(why, bed, digits)
    return null
  }

  /** Resolves with the device's id when somebody typed the digits, null when that will not happen any more. */
  async function confirmed(enrolmentId: string, isOver: () => boolean): Promise<string | null> {
    while (!isOver()) {
      const answer = await api.ask('POST', '/enrol/wait', { enrolmentId }, waitAnswer)
      if (answer.ok && answer.value.state === 'confirmed') return answer.value.deviceId
      if (answer.ok && answer.value.state === 'over') return null
      await pause(pollMs)
    }
    return null
  }

  /**
   * `started`: it was Ready here before, and needs no touch to be so again. [PROOF-3] Only now, when somebody stood
   * before it, does it believe the root of its link; the certificates of the key it had before go with that key.
   */
  async function finish(
    { key, root }: { readonly key: Pick<NewKey, 'keep'>; readonly root: string | null },
    deviceId: string,
    bed: Place,
    started: boolean,
  ): Promise<void> {
    await trust.pin('bed', root ?? (await trust.held('bed')).root)
    const identity = { deviceId, label: bed.label, ward: bed.ward }
    await key.keep(identity)
    await device.saveSettings({ started, stayEpoch: null })
    await hooks.bound(identity)
  }

  async function byCode(code: string, isOver: () => boolean): Promise<void> {
    const key = await device.newKey()
    const begun = await api.ask('POST', '/enrol/begin', { code, commitment: key.commitment }, beginAnswer)
    const problem = begun.ok ? await show(key, begun.value, 'code') : begun.failure
    if (!begun.ok || problem !== null) return hooks.failed(problem)
    page.keepAwake()
    const deviceId = await confirmed(begun.value.enrolmentId, isOver)
    if (isOver()) return
    if (deviceId === null) await giveUp()
    else await finish({ key, root: page.linkedRoot() }, deviceId, begun.value.bed, false)
  }

  /** Goes on for as long as it takes: a tablet that lies there unbound must say so, and be ready to be put right. */
  async function again(
    why: 'lost' | 'cloned',
    { deviceId, ...bed }: BedIdentity,
    isOver: () => boolean,
  ): Promise<void> {
    hooks.waits(why, bed, null)
    page.keepAwake()
    while (!isOver()) {
      const key = await device.newKey()
      const begun = await ask(deviceId, key)
      if (!begun.ok && begun.failure === 'unknown-code') return await unbind()
      const problem = begun.ok ? await show(key, begun.value, why) : begun.failure
      if (begun.ok && problem === null) {
        const newId = await confirmed(begun.value.enrolmentId, isOver)
        const { started } = await device.settings()
        if (newId !== null) return await finish({ key, root: null }, newId, begun.value.bed, started)
      } else {
        hooks.waits(why, bed, null)
        await pause(retryMs)
      }
    }
  }

  function ask(deviceId: string, { commitment }: NewKey): Promise<Result<Begun, ApiFailure>> {
    return api.ask('POST', '/enrol/again', { deviceId, commitment }, beginAnswer)
  }

  async function giveUp(): Promise<void> {
    await device.stopWaiting()
    hooks.failed('over')
  }

  /** The bed has another tablet by now, or was revoked. */
  async function unbind(): Promise<void> {
    await device.forget()
    hooks.failed(null)
  }

  /** What waited when the page was closed goes on waiting: it may have been confirmed meanwhile. */
  async function resume(
    { waiting, key }: Held,
    past: BedIdentity | null,
    isOver: () => boolean,
  ): Promise<void> {
    const { why, bed, digits, enrolmentId, root } = waiting
    hooks.waits(why, bed, digits)
    page.keepAwake()
    const deviceId = await confirmed(enrolmentId, isOver)
    if (isOver()) return
    const { started } = await device.settings()
    if (deviceId !== null) await finish({ key, root }, deviceId, bed, why !== 'code' && started)
    else if (past) await again('lost', past, isOver)
    else await giveUp()
  }

  return {
    resume: (held: Held, past: BedIdentity | null) => run((isOver) => resume(held, past, isOver)),
    byCode: (code: string) => run((isOver) => byCode(code, isOver)),
    again: (why: 'lost' | 'cloned', was: BedIdentity) => run((isOver) => again(why, was, isOver)),
  }
}
