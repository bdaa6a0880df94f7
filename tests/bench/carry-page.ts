/** What the two pages of the transfer benches do: channels on a call's link, the product's own carrier beside it, a bare channel. */
import { createCarrier } from '../../src/io/scan/carrier.ts'
import { decodeCarry } from '../../src/protocol/scan-carry.ts'

const callId = 'call'
const negotiated = (id: number, more: RTCDataChannelInit = {}) => ({ negotiated: true, id, ...more })

export type CarryPage = ReturnType<typeof createPage>
export type CarryManifestOf = {
  readonly files: readonly { readonly sha256: string; readonly bytes: number }[]
}

declare global {
  interface Window {
    carryPage: CarryPage
  }
}

async function sha256Of(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Random, so that nothing on the way makes it shorter. */
function noise(bytes: number): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes)
  for (let at = 0; at < bytes; at += 65_536)
    crypto.getRandomValues(new Uint8Array(buffer, at, Math.min(65_536, bytes - at)))
  return buffer
}

/** `link`: that of a call; its first channel was opened long ago. */
function createPage(link: RTCPeerConnection) {
  const steady = link.createDataChannel('scan', negotiated(164))
  const fleeting = link.createDataChannel('fleeting', negotiated(165, { ordered: false, maxRetransmits: 0 }))
  const bare = link.createDataChannel('bare', negotiated(166))
  bare.binaryType = 'arraybuffer'
  const bulks: RTCPeerConnection[] = []
  const carrier = createCarrier(() => ({ iceServers: [] }), {
    connect: (config) => {
      const pc = new RTCPeerConnection(config)
      bulks.push(pc)
      return pc
    },
    clock: {
      nowMs: () => Date.now(),
      upMs: () => performance.now(),
      after: (ms, then) => {
        const timer = setTimeout(then, ms)
        return () => clearTimeout(timer)
      },
    },
  })
  /** The round trips of the carrier's own echoes: small words on the call's link while files travel beside it. */
  const asked = new Map<number, number>()
  let echoes: { readonly atMs: number; readonly rttMs: number }[] = []
  carrier.onSay((_, message, manner) => {
    if (message.type === 'carry.echo') asked.set(message.number, performance.now())
    const channel = manner === 'steady' ? steady : fleeting
    if (channel.readyState !== 'open') return false
    channel.send(JSON.stringify(message))
    return true
  })
  for (const channel of [steady, fleeting])
    channel.onmessage = ({ data }) => {
      const message = decodeCarry(String(data))
      const askedMs = message?.type === 'carry.echoed' ? asked.get(message.number) : undefined
      const atMs = performance.now()
      if (askedMs !== undefined) echoes.push({ atMs: performance.timeOrigin + atMs, rttMs: atMs - askedMs })
      if (message) carrier.hear(callId, message)
    }
  const opened = new Promise<void>((done) => {
    steady.onopen = () => {
      carrier.linkOpened(callId)
      done()
    }
  })
  const came: { readonly index: number; readonly atMs: number }[] = []
  let failures: readonly string[] = []
  let files: readonly ArrayBuffer[] = []
  let bareBytes = 0
  bare.onmessage = ({ data }) => {
    bareBytes += data.byteLength
  }

  async function gathered(): Promise<string> {
    await link.setLocalDescription()
    while (link.iceGatheringState !== 'complete') await new Promise((done) => setTimeout(done, 10))
    return link.localDescription?.sdp ?? ''
  }

  return {
    offer: gathered,
    async answer(sdp: string): Promise<string> {
      await link.setRemoteDescription({ type: 'offer', sdp })
      return gathered()
    },
    accept: (sdp: string) => link.setRemoteDescription({ type: 'answer', sdp }),
    opened: () => opened,
    /** Lays out what is sent: so many files of noise, the same bytes in each, or what is at these addresses. */
    async layOut(
      what: { readonly count: number; readonly bytes: number } | readonly string[],
    ): Promise<CarryManifestOf> {
      if ('count' in what) {
        const one = noise(what.bytes)
        files = Array.from({ length: what.count }, () => one)
      } else files = await Promise.all(what.map(async (url) => (await fetch(url)).arrayBuffer()))
      const hashes = new Map<ArrayBuffer, string>()
      for (const file of new Set(files)) hashes.set(file, await sha256Of(file))
      return { files: files.map((file) => ({ sha256: hashes.get(file) ?? '', bytes: file.byteLength })) }
    },
    /** Answers when, by the wall. */
    send(shareId: string, manifest: CarryManifestOf): number {
      carrier.send(callId, shareId, manifest, async (file) => files[file]?.slice(0) ?? null, {
        progress() {},
        failed: (failure) => (failures = [...failures, failure]),
      })
      return performance.timeOrigin + performance.now()
    },
    receive(shareId: string, manifest: CarryManifestOf): void {
      came.length = 0
      carrier.receive(callId, shareId, manifest, {
        file: (index) => came.push({ index, atMs: performance.timeOrigin + performance.now() }),
        progress() {},
        failed: (index, failure) => (failures = [...failures, `${index}: ${failure}`]),
      })
    },
    /** As much as waits for room, as fast as it is taken. */
    async sendBare(bytes: number): Promise<void> {
      const piece = noise(16 * 1024)
      bare.bufferedAmountLowThreshold = 64 * 1024
      for (let sent = 0; sent < bytes; sent += piece.byteLength) {
        if (bare.bufferedAmount >= 256 * 1024)
          await new Promise<void>((low) => {
            bare.onbufferedamountlow = () => low()
          })
        bare.send(piece)
      }
    },
    /** By the wall; what arrived so far over second connections or over the bare channel. */
    async look() {
      let carried = 0
      for (const pc of bulks)
        for (const report of (await pc.getStats()).values())
          if (report.type === 'data-channel') carried += report.bytesReceived
      return {
        atMs: performance.timeOrigin + performance.now(),
        carried,
        bareBytes,
        came: [...came],
        failures,
      }
    },
    /** Those since it was last asked. */
    echoes() {
      const since = echoes
      echoes = []
      return since
    },
    end(shareId: string): void {
      carrier.end(shareId)
    },
  }
}

const inCall = window.witness?.links.findLast((link) => link.connectionState === 'connected')
window.carryPage = createPage(inCall ?? new RTCPeerConnection())
