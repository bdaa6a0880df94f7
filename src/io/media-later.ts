/**
 * Camera and links as a part that follows a start by itself: Ready does not wait for it. Until it is there nothing is
 * open (HZ-2), and what is asked waits for it in its order.
 */
import type { MediaListener, MediaPort, Opening } from '../state/ports.ts'
import type { Credentials, Signer } from './notary.ts'
import { permission } from './permission.ts'

export function laterMedia(credentialsOf: (part: Signer) => Promise<Credentials | null>): MediaPort {
  let listener: MediaListener | null = null
  let media: MediaPort | null = null
  let loading: Promise<MediaPort> | null = null
  let waiting: ((media: MediaPort) => void)[] = []
  let volume = 1
  let opening: Opening = 'both'

  async function load(): Promise<MediaPort> {
    const { createMedia } = await import('./media.ts')
    const loaded = createMedia(credentialsOf)
    if (listener) loaded.listen(listener)
    loaded.setVolume(volume)
    if (opening !== 'both') loaded.prefer(opening)
    // What the browser allows is known before the first call.
    void loaded.permission()
    for (const ask of waiting.splice(0)) ask(loaded)
    media = loaded
    return loaded
  }

  function get(): Promise<MediaPort> {
    loading ??= load().catch((error: unknown) => {
      // The next one that asks tries again, and nobody is told of what was asked before.
      loading = null
      waiting = []
      throw error
    })
    return loading
  }

  /** `failed`: the part could not be fetched. */
  function ask(what: (media: MediaPort) => void, failed: () => void = () => {}): void {
    if (media) return what(media)
    waiting.push(what)
    get().catch(failed)
  }

  return {
    listen(next) {
      listener = next
      media?.listen(next)
    },
    preload: () => ask((part) => part.preload()),
    permission: () => (media ? media.permission() : permission()),
    tryOut: async () => await (await get()).tryOut(),
    prefer(wanted) {
      opening = wanted
      media?.prefer(wanted)
    },
    openCamera: (callId) =>
      ask(
        (part) => part.openCamera(callId),
        () => listener?.cameraFailed(callId, 'missing'),
      ),
    renewRelays: (...said) => ask((part) => part.renewRelays(...said)),
    restartLink: (...said) => ask((part) => part.restartLink(...said)),
    openLink: (...said) => ask((part) => part.openLink(...said)),
    attach: (...said) => ask((part) => part.attach(...said)),
    present: (callId) => ask((part) => part.present(callId)),
    applySignal: (...said) => ask((part) => part.applySignal(...said)),
    release(callId) {
      // Of what was never fetched nothing is open.
      if (loading) ask((part) => part.release(callId))
    },
    setTrack: (...said) => ask((part) => part.setTrack(...said)),
    setShare: (...said) => ask((part) => part.setShare(...said)),
    linkMake: async (callId) => (media ? await media.linkMake(callId) : null),
    sendLine: (...said) => ask((part) => part.sendLine(...said)),
    talk: async () => await (await get()).talk(),
    devices: async () => await (await get()).devices(),
    choose: (device) => ask((part) => part.choose(device)),
    showRemote: (...said) => ask((part) => part.showRemote(...said)),
    showLocal: (video) => ask((part) => part.showLocal(video)),
    setVolume(chosen) {
      volume = chosen
      media?.setVolume(chosen)
    },
  }
}
