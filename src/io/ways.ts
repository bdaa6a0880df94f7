/** Asks a relay whether it is there, without a credential of anybody: its refusal is an answer (RFC 8656 §7.2). */
import type { WaysPort } from '../state/ports.ts'

/** No answer for so long is none. */
const patienceMs = 10_000
/** W3C WebRTC §4.8.2: the relay could not be reached at all; every other code is its own. */
const unreached = 701

export const browserWays: WaysPort = {
  try(url) {
    if (!('onicecandidateerror' in RTCPeerConnection.prototype)) return Promise.resolve(null)
    const iceServers = [{ urls: [url], username: 'is-it-there', credential: 'is-it-there' }]
    const pc = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' })
    return new Promise((done) => {
      const end = (state: 'open' | 'closed') => {
        clearTimeout(waiting)
        pc.close()
        done(state)
      }
      const waiting = setTimeout(() => end('closed'), patienceMs)
      // One for each address of this device: the first that is answered decides.
      pc.onicecandidateerror = ({ errorCode }) => errorCode !== unreached && end('open')
      pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && end('closed')
      pc.createDataChannel('')
      pc.setLocalDescription().catch(() => end('closed'))
    })
  },
}
