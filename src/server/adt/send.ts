/** `npm run adt -- FILE`: sends the messages of a file to the port and shows the answers; for whoever sets a feed up. */
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { parseArgs } from 'node:util'
import { createFrames } from './frames.ts'

/** Messages begin with MSH; their lines may end as the editor ends them. */
export function messagesIn(file: Buffer): Buffer[] {
  const text = file.toString('latin1').replaceAll(/\r\n|\n/g, '\r')
  return text
    .split(/(?=^MSH)/m)
    .map((one) => one.replaceAll(/^\r+|\r+$/g, ''))
    .filter((one) => one.startsWith('MSH'))
    .map((one) => Buffer.from(`${one}\r`, 'latin1'))
}

/** Resolves with the answers, in the order of the messages; rejects when the connection ends before. */
export function sendAll(port: number, host: string, messages: readonly Buffer[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host)
    const frames = createFrames()
    const answers: string[] = []
    const say = () => {
      const next = messages[answers.length]
      if (next) return socket.write(Buffer.concat([Buffer.of(0x0b), next, Buffer.of(0x1c, 0x0d)]))
      socket.end()
      resolve(answers)
    }
    socket.once('connect', say)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the connection ended before the answer')))
    socket.on('data', (chunk: Buffer) => {
      for (const framed of frames.push(chunk))
        if (framed.type === 'frame') {
          answers.push(framed.bytes.toString('latin1'))
          say()
        }
    })
  })
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { port: { type: 'string', default: '2575' }, host: { type: 'string', default: '127.0.0.1' } },
    allowPositionals: true,
  })
  const [file] = positionals
  if (file === undefined) throw new Error('Name a file with messages: npm run adt -- FILE --port 2575')
  const answers = await sendAll(Number(values.port), values.host, messagesIn(readFileSync(file)))
  for (const answer of answers) console.log(answer.replaceAll('\r', '\n'))
}

if (import.meta.main)
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
