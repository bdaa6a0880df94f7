/** The running server's ear for its own command line: a socket in the data folder that only its owner can open. */
import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import * as v from 'valibot'

const request = v.strictObject({
  words: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(20)),
})
const outcome = v.strictObject({ lines: v.array(v.string()), failed: v.boolean() })
/** Lines for the terminal; `failed`: nothing was done, and the lines say why. */
export type Outcome = { readonly lines: readonly string[]; readonly failed: boolean }

const longestRequest = 8_192

export function controlFile(dataFolder: string): string {
  return join(dataFolder, 'control.sock')
}

export type Control = { close(): Promise<void> }

/** Resolves when it listens. Rejects where the path is too long for a socket (about 100 bytes). */
export async function openControl(
  dataFolder: string,
  run: (words: readonly string[]) => Promise<Outcome>,
): Promise<Control> {
  const file = controlFile(dataFolder)
  // Left by a server that was killed; the database's lock says that no other server is alive.
  rmSync(file, { force: true })
  const server = createServer((socket) => listen(socket, run))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    // The file is made before this returns, and must never be open to others, not even for a moment.
    const before = process.umask(0o177)
    server.listen(file, () => resolve())
    process.umask(before)
  })
  chmodSync(file, 0o600)
  return { close: () => new Promise((resolve) => server.close(() => resolve())) }
}

function listen(socket: Socket, run: (words: readonly string[]) => Promise<Outcome>): void {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('error', () => socket.destroy())
  socket.setTimeout(5_000, () => socket.destroy())
  socket.on('data', function take(part) {
    text += part
    if (text.length > longestRequest) return socket.destroy()
    const end = text.indexOf('\n')
    if (end < 0) return
    // One request a connection: what follows its line is nobody's. What it asks may take its time.
    socket.off('data', take)
    socket.setTimeout(0)
    socket.resume()
    void answer(text.slice(0, end), run).then((said) => socket.end(`${JSON.stringify(said)}\n`))
  })
}

async function answer(text: string, run: (words: readonly string[]) => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run(v.parse(request, JSON.parse(text)).words)
  } catch (error) {
    return { lines: [error instanceof Error ? error.message : 'It did not work.'], failed: true }
  }
}

/** Asks the running server; null: none is listening there. */
export async function askControl(dataFolder: string, words: readonly string[]): Promise<Outcome | null> {
  return await new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(controlFile(dataFolder))
    socket.setEncoding('utf8')
    socket.on('error', (error) => ('code' in error && isNobody(error.code) ? resolve(null) : reject(error)))
    socket.on('connect', () => socket.write(`${JSON.stringify({ words })}\n`))
    socket.on('data', (part) => {
      text += part
    })
    socket.on('end', () => resolve(v.parse(outcome, JSON.parse(text))))
  })
}

function isNobody(code: unknown): boolean {
  return code === 'ENOENT' || code === 'ECONNREFUSED'
}
