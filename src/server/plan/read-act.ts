/** Acts as devices bring them: of any version that a device may still hold, or not to be understood at all. */
import { hash } from 'node:crypto'
import * as v from 'valibot'
import { type KeptAct, keptAct, planVersion } from '../../protocol/plan.ts'
import { namedAct, outboxAct } from '../../protocol/sync.ts'

/** Makes an act of this version one of the next. A version leaves when no device can hold it any more: 120 days. */
export type Upcasters = Readonly<Record<number, (act: unknown) => unknown>>

const upcasters: Upcasters = {}

/** `act` null: it cannot be read. `hash` tells a repeat from another content under the same id. */
export type BroughtAct = {
  readonly actId: string
  readonly n: number
  readonly act: KeptAct | null
  readonly hash: string
}

/** Null: it has not even a name under which it could be answered. */
export function readBrought(value: unknown, casts: Upcasters = upcasters): BroughtAct | null {
  const named = v.safeParse(namedAct, value)
  if (!named.success) return null
  const { actId, n } = named.output
  const version = Number(named.output.version)
  const act = readAct(version, named.output.act, casts)
  const isWhole = act !== null && v.is(outboxAct, { ...named.output, version: planVersion, act })
  return { actId, n, act: isWhole ? act : null, hash: hashOf(named.output.act) }
}

/** The act in today's words, or null when it was never one of ours or is of a later version than this program. */
export function readAct(version: number, act: unknown, casts: Upcasters = upcasters): KeptAct | null {
  let today = act
  for (let at = version; at < planVersion; at += 1) {
    const cast = casts[at]
    if (!cast) return null
    today = cast(today)
  }
  const read = v.safeParse(keptAct, today)
  return version <= planVersion && read.success ? read.output : null
}

/** SHA-256 over what was said, whatever order its fields came in. */
export function hashOf(value: unknown): string {
  return hash('sha256', JSON.stringify(value, inOrder) ?? '')
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
