/** Whether telephones are told of requests, in whose name, and by which push services alone. */
import * as v from 'valibot'
import { StartError } from './start-error.ts'

/** `contact`: whom a push service writes to when something is wrong (RFC 8292 §2.1). `services`: hosts, see `isService`. */
export type PushConfig = { readonly contact: string; readonly services: readonly string[] }

/** Those of Chrome and Android, Firefox, Edge, Safari. */
const known = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  '*.push.apple.com',
]

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?'
/** A name with at least one dot in it, `*.` for every name below it; or this machine with a port, without TLS. */
const service = new RegExp(
  `^(?:(?:\\*\\.)?${label}(?:\\.${label})*\\.[a-z]{2,}|(?:localhost|127\\.0\\.0\\.1):\\d{1,5})$`,
)

export const pushVariables = {
  BEDSIDE_PUSH_CONTACT: v.config(v.optional(v.pipe(v.string(), v.check(isContact))), {
    message: 'mailto: with an address of yours, or an https address',
  }),
  BEDSIDE_PUSH_SERVICES: v.config(
    v.optional(
      v.pipe(
        v.string(),
        v.transform((text) => text.split(',').map((host) => host.trim())),
        v.array(v.pipe(v.string(), v.regex(service))),
      ),
    ),
    { message: 'hosts such as fcm.googleapis.com,*.push.apple.com, with commas between' },
  ),
}

function isContact(text: string): boolean {
  return /^mailto:[^\s@]+@[^\s@]+$/.test(text) || URL.parse(text)?.protocol === 'https:'
}

/** Null: nothing leaves this machine. */
export function readPush(
  contact: string | undefined,
  services: readonly string[] | undefined,
): PushConfig | null {
  if (contact !== undefined) return { contact, services: services ?? known }
  if (services === undefined) return null
  throw new StartError('BEDSIDE_PUSH_SERVICES is set but BEDSIDE_PUSH_CONTACT is not.')
}
