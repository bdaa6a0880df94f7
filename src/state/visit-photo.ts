/** *Send a photo*, at an outpatient's page: the camera, a look at what it took, and its way to one of staff (VISIT-5, HZ-2). */
import { effect, type ReadonlySignal, signal } from '@preact/signals'
import {
  newSending,
  type PhotoSay,
  type PhotoSendEvent,
  type PhotoSending,
  photoPercent,
  photoSendStep,
} from '../core/visit-photo-send.ts'
import type { StaffParty } from '../protocol/people.ts'
import { decodeFromReceiver, type FromPhotoSender, type PhotoRefusal } from '../protocol/visit-photo.ts'
import type { Calls } from './calls.ts'
import type { CameraFailure, Clock } from './ports.ts'
import type { TalkPort } from './scan-ports.ts'
import type { TakenPhoto, VisitCamera } from './visit-photo-ports.ts'

/** `ended`: the camera was unplugged; `unfetched`: what opens it did not come; `gone`: whoever it was for is not there any more. */
export type PhotoTrouble =
  | CameraFailure
  | PhotoRefusal
  | 'ended'
  | 'no-picture'
  | 'unfetched'
  | 'unanswered'
  | 'gone'

export type PhotoStep =
  | { readonly type: 'closed' | 'opening' | 'aiming' | 'taking' | 'taken' | 'sent' }
  /** `lost`: it goes on with the next link. */
  | { readonly type: 'sending'; readonly percent: number; readonly link: 'there' | 'lost' }
  | { readonly type: 'failed'; readonly why: PhotoTrouble }

export type VisitPhoto = {
  readonly step: ReadonlySignal<PhotoStep>
  /** Whom it goes to; null: nobody of staff is there. */
  readonly to: ReadonlySignal<StaffParty | null>
  /** Whether the call's own camera waits until this one is through. */
  readonly lent: ReadonlySignal<'yes' | 'no'>
  open(video: HTMLVideoElement): Promise<void>
  take(canvas: HTMLCanvasElement): Promise<void>
  send(): void
  /** Wherever it is: nothing is on, nothing goes on, nothing of it stays. */
  close(): void
  /** With the page's part of the call. */
  stop(): void
}

export type VisitPhotoParts = {
  readonly calls: Pick<Calls, 'state' | 'seats' | 'mine' | 'setTrack'>
  readonly talk: () => Promise<TalkPort>
  readonly camera: () => Promise<VisitCamera>
  /** Telephones open one camera at a time: a second one darkens the first. */
  readonly cameras: 'one' | 'several'
  readonly clock: Pick<Clock, 'after'>
  readonly newId: () => string
}

const tickMs = 1_000

export function createVisitPhoto(parts: VisitPhotoParts): VisitPhoto {
  const { calls } = parts
  const step = signal<PhotoStep>({ type: 'closed' })
  const to = signal<StaffParty | null>(null)
  const lent = signal<'yes' | 'no'>('no')
  /** Whatever finishes under an old number is nobody's any more. */
  let turn = 0
  let camera: VisitCamera | null = null
  let taken: TakenPhoto | null = null
  let stopSending = () => {}

  const isInCall = () => 'camera' in calls.state.peek()
  const seat = () =>
    calls.seats.peek().find(({ peer, state }) => peer.type === 'staff' && 'camera' in state.peek())

  function lend(): void {
    if (!calls.mine.peek().camera) return
    lent.value = 'yes'
    calls.setTrack('camera', false)
  }

  /** As it was, and only to a call that goes on: after it no camera opens (HZ-2). */
  function giveBack(): void {
    if (lent.peek() === 'no') return
    lent.value = 'no'
    if (isInCall()) calls.setTrack('camera', true)
  }

  function cameraOff(): void {
    camera?.close()
    giveBack()
  }

  function leave(next: PhotoStep): void {
    turn += 1
    stopSending()
    cameraOff()
    taken?.wipe()
    taken = null
    step.value = next
  }

  const fail = (why: PhotoTrouble) => leave({ type: 'failed', why })
  const close = () => leave({ type: 'closed' })

  async function openOne(opener: VisitCamera, video: HTMLVideoElement, ended: () => void) {
    const opened = await opener.open(video, ended)
    if (opened.ok || opened.failure !== 'taken' || lent.peek() === 'yes' || !calls.mine.peek().camera)
      return opened
    // It has this very camera.
    lend()
    return await opener.open(video, ended)
  }

  async function open(video: HTMLVideoElement): Promise<void> {
    leave({ type: 'opening' })
    const mine = turn
    const loaded = await parts.camera().catch(() => null)
    if (mine !== turn) return
    if (!loaded) return fail('unfetched')
    camera = loaded
    if (parts.cameras === 'one') lend()
    const opened = await openOne(loaded, video, () => mine === turn && fail('ended'))
    if (mine !== turn) return
    if (!opened.ok) return fail(opened.failure)
    step.value = { type: 'aiming' }
  }

  async function take(canvas: HTMLCanvasElement): Promise<void> {
    if (step.peek().type !== 'aiming') return
    const mine = turn
    step.value = { type: 'taking' }
    const photo = await camera?.take(canvas).catch(() => null)
    if (mine !== turn) return photo?.wipe()
    if (!photo) return fail('no-picture')
    cameraOff()
    taken = photo
    step.value = { type: 'taken' }
  }

  function send(): void {
    const there = seat()
    if (!taken || step.peek().type !== 'taken') return
    if (there?.peer.type !== 'staff') return fail('gone')
    to.value = there.peer
    step.value = { type: 'sending', percent: 0, link: 'there' }
    const mine = turn
    const photo = taken
    parts.talk().then(
      (talk) => mine === turn && begin(photo, there.callId, talk),
      () => mine === turn && fail('unfetched'),
    )
  }

  function begin(photo: TakenPhoto, callId: string, talk: TalkPort): void {
    let sending = newSending(parts.newId(), photo.byteLength)
    const { photoId, bytes, of } = sending
    const tell = (message: FromPhotoSender) => talk.say(callId, JSON.stringify(message), 'steady')
    const say = (one: PhotoSay) => {
      if (one.type === 'offer') tell({ type: 'photo.offer', photoId, bytes, of })
      else tell({ type: 'photo.piece', photoId, index: one.index, of, data: photo.piece(one.index) })
    }
    const hear = (event: PhotoSendEvent) => {
      const next = photoSendStep(sending, event)
      sending = next.sending
      for (const one of next.says) say(one)
      follow(sending)
    }
    const stopTicking = every(() => hear({ type: 'ticked' }))
    let isOver = false
    let stopListening = () => {}
    stopSending = () => {
      isOver = true
      stopSending = () => {}
      stopTicking()
      stopListening()
      if (sending.state !== 'shown') tell({ type: 'photo.withdrawn', photoId })
    }
    stopListening = talk.listen({
      opened: (opened) => opened === callId && hear({ type: 'opened' }),
      closed: (closed) => closed === callId && hear({ type: 'closed' }),
      said(from, text) {
        const message = from === callId ? decodeFromReceiver(text) : null
        if (message) hear({ type: 'heard', message })
      },
    })
    // It was refused before anything was said.
    if (isOver) stopListening()
    else follow(sending)
  }

  function follow(sending: PhotoSending): void {
    if (sending.state === 'shown') return leave({ type: 'sent' })
    if (sending.state === 'refused') return fail(sending.why ?? 'broken')
    const link = sending.state === 'cut' ? 'lost' : 'there'
    step.value = { type: 'sending', percent: photoPercent(sending), link }
  }

  function every(then: () => void): () => void {
    let stop = () => {}
    const again = () => {
      stop = parts.clock.after(tickMs, () => {
        again()
        then()
      })
    }
    again()
    return () => stop()
  }

  // A call that is over has no camera, and no way (HZ-2); nor has one to which nobody of staff belongs any more.
  const stopFollowing = effect(() => {
    const isOver = !('camera' in calls.state.value)
    const isThere = calls.seats.value.some(({ peer }) => peer.type === 'staff')
    const now = step.peek().type
    if (now === 'closed') return
    if (isOver) close()
    else if (!isThere && now === 'sending') fail('gone')
  })

  return {
    ...{ step, to, lent, open, take, send, close },
    stop() {
      stopFollowing()
      close()
    },
  }
}
