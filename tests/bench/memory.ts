/** Memory of the server for one idle signed-in connection, 5,000 of them, against bare `ws`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { protocolVersion } from '../../src/protocol/primitives.ts'
import { signIn } from '../server/client.ts'
import { type Child, startChild } from './child.ts'
import { atMost, type Figure, median } from './figure.ts'

const connections = 5_000
const atOnce = 50
const rounds = 3

type Open = (index: number) => Promise<WebSocket>

async function residentBytes(child: Child): Promise<number> {
  // Several collections, because what one of them frees only the next gives back.
  for (let turn = 0; turn < 3; turn += 1) await child.usage()
  return (await child.usage()).residentBytes
}

/** Bytes for each connection that stays open. */
async function bytesEach(child: Child, open: Open): Promise<number> {
  const before = await residentBytes(child)
  const sockets: WebSocket[] = []
  for (let first = 0; first < connections; first += atOnce) {
    sockets.push(...(await Promise.all(Array.from({ length: atOnce }, (_, offset) => open(first + offset)))))
  }
  const after = await residentBytes(child)
  for (const socket of sockets) socket.terminate()
  return (after - before) / connections
}

function openBare({ hello }: Child): Open {
  return async (index) => {
    const socket = new WebSocket(`${hello.origin.replace('http', 'ws')}/idle-${index}`)
    await new Promise((opened) => socket.once('open', opened))
    return socket
  }
}

/** A tab of one member of staff, welcomed. */
async function openTab({ hello }: Child): Promise<Open> {
  const cookie = await signIn(hello.origin, hello.staff[0]?.url ?? '')
  return (index) =>
    new Promise((welcomed) => {
      const headers = { origin: hello.origin, cookie }
      const socket = new WebSocket(`${hello.origin.replace('http', 'ws')}/ws`, { headers })
      socket.on('message', (data) => {
        const { type } = JSON.parse(data.toString())
        const tab = { client: 'station', tabId: `idle-${index}`, resume: null, claims: [] }
        if (type === 'challenge')
          socket.send(JSON.stringify({ type: 'hello', version: protocolVersion, ...tab }))
        if (type === 'welcome') welcomed(socket)
      })
    })
}

export async function benchMemory(): Promise<Figure[]> {
  const ratios: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const data = mkdtempSync(join(tmpdir(), 'bedside-bench-'))
    const [bare, bedside] = [await startChild('bare-server.ts'), await startChild('bedside-server.ts', data)]
    const theirs = await bytesEach(bare, openBare(bare))
    const ours = await bytesEach(bedside, await openTab(bedside))
    console.log(`  memory: ${(ours / 1024).toFixed(1)} KB · bare ${(theirs / 1024).toFixed(1)} KB`)
    ratios.push(ours / theirs)
    bare.stop()
    bedside.stop()
    rmSync(data, { recursive: true, force: true })
  }
  return [atMost('idle-memory', median(ratios), 1.5, '× bare ws')]
}
