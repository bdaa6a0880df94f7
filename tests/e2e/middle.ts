/** Somebody in the middle with links of his own: one to each side, as if he were the other. */
import type { Page } from 'playwright/test'
import type { Description } from '../../src/io/notary.ts'
import type { Party } from '../../src/protocol/people.ts'
import type { ServerMessage } from '../../src/protocol/wire.ts'
import { type Lies, nothing } from './liar.ts'

declare global {
  interface Window {
    /** `toBed` offers as the station would, `toStation` answers as the bed would. */
    middle: { toBed: RTCPeerConnection; toStation: RTCPeerConnection }
  }
}

/** Lies that put `page` between station and bed; each side is told the other's statement about his descriptions. */
export async function standBetween(page: Page): Promise<Lies> {
  await page.evaluate(() => {
    const link = () => new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' })
    window.middle = { toBed: link(), toStation: link() }
    window.middle.toBed.addTransceiver('audio', { direction: 'sendrecv' })
    window.middle.toBed.addTransceiver('video', { direction: 'sendrecv' })
    window.middle.toBed.createDataChannel('middle')
  })
  return {
    async told(message, who): Promise<ServerMessage> {
      if (message.type !== 'call.signal') return message
      const { signal } = message
      if (signal.type === 'candidates') {
        await hearCandidates(page, who, signal.candidates)
        return nothing(message)
      }
      if (signal.type !== 'offer' && signal.type !== 'answer') return message
      return { ...message, signal: { ...signal, sdp: await inItsPlace(page, signal) } }
    },
  }
}

/** Takes in a side's description and gives the one of his own that the other side shall have. */
function inItsPlace(page: Page, { type, sdp }: Pick<Description, 'type' | 'sdp'>): Promise<string> {
  return page.evaluate(
    async ({ type, sdp }) => {
      const { toBed, toStation } = window.middle
      const [near, far] = type === 'offer' ? [toStation, toBed] : [toBed, toStation]
      await near.setRemoteDescription({ type, sdp })
      if (type === 'answer') for (const one of far.getTransceivers()) one.direction = 'sendrecv'
      await far.setLocalDescription()
      // All his candidates stand in the description, so that he has nothing to say later.
      while (far.iceGatheringState !== 'complete')
        await new Promise((next) => far.addEventListener('icegatheringstatechange', next, { once: true }))
      return far.localDescription?.sdp ?? ''
    },
    { type, sdp },
  )
}

/** What is told to one side came from the other, and is for the link to that one. */
function hearCandidates(page: Page, told: Party, candidates: RTCIceCandidateInit[]): Promise<void> {
  return page.evaluate(
    async ({ isFromStation, candidates }) => {
      const link = isFromStation ? window.middle.toStation : window.middle.toBed
      for (const candidate of candidates) await link.addIceCandidate(candidate).catch(() => {})
    },
    { isFromStation: told.type === 'bed', candidates },
  )
}
