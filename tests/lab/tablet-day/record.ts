/** What the server's record says of a simulated day, held against what happened. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { EndReason } from '../../../src/protocol/call.ts'
import type { RequestEnd, RequestReason } from '../../../src/protocol/request.ts'

export type Expected = {
  /** Each call, in order, as it ended. */
  readonly calls: EndReason[]
  /** Each request that the tablet called sent, in order. */
  readonly requests: { readonly reason: RequestReason; readonly how: RequestEnd }[]
}

function differences(what: string, said: readonly string[], meant: readonly string[]): string[] {
  const count = Math.max(said.length, meant.length)
  return Array.from({ length: count }, (_, at) => [said[at] ?? 'nothing', meant[at] ?? 'nothing'] as const)
    .map(([is, was], at) => (is === was ? null : `${what} ${at + 1} is ${is} in the record, and was ${was}`))
    .filter((line) => line !== null)
}

/** Of a server that is not running. */
export function wrongInRecord(data: string, { calls, requests }: Expected): string[] {
  const store = new DatabaseSync(join(data, 'bedside.db'), { readOnly: true })
  const rows = (text: string) => store.prepare(text).all()
  const ended = rows('select reason, ended_ms from calls order by created_ms').map(({ reason, ended_ms }) =>
    ended_ms === null ? 'open' : String(reason),
  )
  const asked = rows('select reason, progress, ended_ms from requests order by made_ms').map(
    ({ reason, progress }) => `${reason}: ${JSON.parse(String(progress)).how ?? 'open'}`,
  )
  store.close()
  return [
    ...differences('call', ended, calls),
    ...differences(
      'request',
      asked,
      requests.map(({ reason, how }) => `${reason}: ${how}`),
    ),
  ]
}
