/** Files that the operator names: keys and certificates. */
import { readFileSync } from 'node:fs'
import { StartError } from './start-error.ts'

export function readPem(name: string, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new StartError(`${name} names a file that cannot be read: ${file}`)
  }
}
