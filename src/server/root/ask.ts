/** Asks for a passphrase on the terminal without showing it. */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { StartError } from '../start-error.ts'

/** From BEDSIDE_ROOT_PASSPHRASE, or typed. Throws a StartError when there is neither. */
export async function askPassphrase(question: string): Promise<string> {
  const given = process.env.BEDSIDE_ROOT_PASSPHRASE
  if (given !== undefined) return given
  if (!process.stdin.isTTY)
    throw new StartError('There is no terminal to ask for the passphrase: set BEDSIDE_ROOT_PASSPHRASE.')
  process.stderr.write(question)
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true })
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}
