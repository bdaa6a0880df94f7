/** Acts laid over a plan: the one way in which rows come into being, at the server for good and on a device for show. */
import type { KeptAct } from '../../protocol/plan.ts'
import { type Book, type Draft, keyOfRow } from './book.ts'
import { decide, judge } from './decide.ts'
import { type Author, type Decision, refused, type Trouble } from './decision.ts'

/** Decides, and puts what was decided into `book`. A refused act leaves it as it is. */
export function apply(book: Book, act: KeptAct, author: Author): Decision {
  return put(book, decide(book, act, author))
}

/** An act that waits to be sent. `madeMs`: the device's own clock, for show. */
export type Waiting = { readonly actId: string; readonly act: KeptAct; readonly madeMs: number }

export type Replay = {
  /** The plan with all acts in it that nothing stands against; it grows with `add`. */
  readonly draft: Draft
  /** What is expected to be said against an act, by its id; only those of which something is. */
  readonly troubles: ReadonlyMap<string, readonly Trouble[]>
  /** Which act touched a row last, by `type/id`. */
  readonly touched: ReadonlyMap<string, string>
  /** One more act at the cost of that one alone; one that is in it already changes nothing. */
  add(waiting: Waiting): readonly Trouble[]
}

const noTroubles: readonly Trouble[] = []

/**
 * [PLAN-8] `view = confirmed + replay(outbox)`: each act once, in the order given, over a draft of `book`. Free starts
 * are not looked for; `decide` does that for the one act that somebody looks at.
 */
export function replay(book: Book, acts: Iterable<Waiting>, staffId: string): Replay {
  const draft = book.draft()
  const done = new Set<string>()
  const troubles = new Map<string, readonly Trouble[]>()
  const touched = new Map<string, string>()

  function add({ actId, act, madeMs }: Waiting): readonly Trouble[] {
    if (done.has(actId)) return troubles.get(actId) ?? noTroubles
    done.add(actId)
    const decision = judged(draft, act, { staffId, atMs: madeMs })
    const found = decision.type === 'refused' ? [decision.trouble] : decision.troubles
    if (found.length > 0) troubles.set(actId, found)
    if (decision.type === 'done')
      for (const { type, id } of [...decision.rows, ...decision.removed])
        touched.set(keyOfRow(type, id), actId)
    return found
  }

  for (const waiting of acts) add(waiting)
  return { draft, troubles, touched, add }
}

/** An act at which a rule throws is the trouble of that act alone: the others are shown, and all are sent. */
function judged(draft: Draft, act: KeptAct, author: Author): Decision {
  try {
    return put(
      draft,
      judge(draft, act, author, () => []),
    )
  } catch {
    return refused('id' in act ? act.id : act.admissionId, 'unreadable')
  }
}

function put(book: Book, decision: Decision): Decision {
  if (decision.type === 'refused') return decision
  for (const { type, id } of decision.removed) book.remove(type, id)
  for (const row of decision.rows) book.put(row)
  return decision
}
