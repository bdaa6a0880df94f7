/** The key by which push services know this server (RFC 8292): made once, and kept beside the others. */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import webPush from 'web-push'
import { base64url } from '../../protocol/primitives.ts'
import { StartError } from '../start-error.ts'

const keys = v.strictObject({ publicKey: base64url(87), privateKey: base64url(43) })
export type PushKeys = v.InferOutput<typeof keys>

export function openPushKeys(dataFolder: string): PushKeys {
  const file = join(dataFolder, 'push.key')
  const text = readIfThere(file)
  if (text === null) return make(file)
  try {
    return v.parse(keys, JSON.parse(text))
  } catch {
    throw new StartError(
      `${file} is damaged: restore it from the backup, or remove it and let telephones be told anew.`,
    )
  }
}

function make(file: string): PushKeys {
  const made = webPush.generateVAPIDKeys()
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, JSON.stringify(made))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return made
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
