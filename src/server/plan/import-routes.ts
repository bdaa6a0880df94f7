/** Calendar files over HTTP: looked at, then booked, by a person for their own time. */
import type * as v from 'valibot'
import { type ImportAnswer, importIcs as importRequest, mostIcsBytes } from '../../protocol/plan-share.ts'
import { recordAct } from '../audit/record.ts'
import type { Answer, Asked, RouteBook } from '../routes.ts'
import type { Store } from '../store/store.ts'
import { type ImportAsk, importIcs, previewIcs } from './ics-import.ts'
import { createIcsMemory } from './ics-memory.ts'
import type { PlanPort } from './port.ts'

export type ImportParts = { readonly store: Store; readonly plan: PlanPort }

/** Files that are read at a time, each on a thread of its own. */
const mostAtOnce = 2

export function addImport({ route }: RouteBook, { store, plan }: ImportParts): void {
  const memory = createIcsMemory(store.db)
  let running = 0
  const needs = { needs: 'plan.change', takes: importRequest, mostBytes: 2 * mostIcsBytes } as const
  type Ask = Asked<v.InferOutput<typeof importRequest>>

  async function run({ signIn, body, nowMs }: Ask, task: (ask: ImportAsk) => Promise<ImportAnswer>) {
    if (!signIn) return 'signed-out' as const
    if (running >= mostAtOnce) return 'too-many' as const
    running += 1
    try {
      return await task({ plan, memory, staffId: signIn.staff.staffId, ...body, nowMs })
    } finally {
      running -= 1
    }
  }

  route('POST', '/plan/import/preview', needs, async (asked): Promise<Answer> => {
    const answer = await run(asked, previewIcs)
    return typeof answer === 'string' ? { refusal: answer } : { answer }
  })

  route('POST', '/plan/import', needs, async (asked): Promise<Answer> => {
    const answer = await run(asked, importIcs)
    if (typeof answer === 'string') return { refusal: answer }
    const detail =
      answer.type === 'read' ? `ics ${answer.booked} booked ${answer.changed} changed` : `ics ${answer.why}`
    const outcome = answer.type === 'read' ? 'done' : 'refused'
    await recordAct(store.db, asked.nowMs, { action: 'plan-imported', agent: asked.agent, outcome, detail })
    return { answer }
  })
}
