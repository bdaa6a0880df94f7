/** Takes what the page asks of the worker to it, in turn, with the bytes that it needs for it. */
import type { Box } from '../../core/scan/boxes.ts'
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import type { DeskReply, ScanDesk } from './desk.ts'
import type { Content, ScanOrder, ScanReply, UidPairs } from './orders.ts'
import { createTurns } from './turns.ts'

type Opened = Extract<ScanReply, { type: 'opened' }>
type Looked = Extract<ScanReply, { type: 'looked' }>
type Failure = ReturnType<typeof fail>

/** An order as long as it waits: the worker's copy of what lives in memory is made when its turn comes. */
type Ask = {
  readonly fileId: string
  readonly content: Content
  readonly order:
    | { readonly type: 'open' }
    | { readonly type: 'look'; readonly frame: number; readonly at: 'frame' | 'picture' }
    | { readonly type: 'strip'; readonly uids: UidPairs; readonly boxes: readonly Box[] }
  readonly answer: (reply: DeskReply | Failure) => void
}

export type Clerk = {
  open(fileId: string, content: Content): Promise<Outcome<Opened>>
  look(fileId: string, content: Content, frame: number, at: 'frame' | 'picture'): Promise<Outcome<Looked>>
  /** After whatever is to be seen. */
  strip(
    fileId: string,
    content: Content,
    uids: UidPairs,
    boxes: readonly Box[],
  ): Promise<Outcome<ArrayBuffer>>
  /** A look that waits still is the next one. */
  raise(fileId: string, frame: number, at: 'frame' | 'picture'): void
  /** Whatever is asked of these files ends as `overtaken`, and the worker forgets what it has of them. */
  forget(fileIds: ReadonlySet<string>): void
  /** Ends the worker, and as `overtaken` whatever is asked of it. */
  end(): void
}

const overtaken = (by: 'closed' | 'newer') => fail('overtaken', by)
const keyOf = (fileId: string, frame: number, at: string) => `${at} ${frame} ${fileId}`

/** What could not be loaded a worker may never ask for again (HTML, module map), and one without memory stays so. */
const isWithoutCodec = (reply: DeskReply) => reply.type === 'failed' && reply.failure === 'no-codec'

function failureIn(reply: DeskReply | Failure): Failure {
  if ('ok' in reply) return reply
  if (reply.type === 'failed') return fail(reply.failure, reply.detail)
  if (reply.type !== 'gone') return fail('corrupt', 'reply')
  return reply.by === 'time' ? fail('too-large', 'time') : fail('no-codec', 'worker')
}

export function createClerk(desk: ScanDesk): Clerk {
  const turns = createTurns<Ask>()
  /** The file that the worker holds. */
  let heldId: string | null = null
  let mustForget = false
  let isBusy = false

  const copied = (content: Content) => (content instanceof ArrayBuffer ? content.slice(0) : content)

  function orderOf({ order, fileId, content }: Ask): ScanOrder {
    if (order.type === 'open') return { type: 'open', fileId, content: copied(content) }
    return { ...order, fileId, content: heldId === fileId ? null : copied(content) }
  }

  async function give(order: ScanOrder): Promise<DeskReply> {
    isBusy = true
    const isCopy = order.type !== 'forget' && order.content instanceof ArrayBuffer
    const reply = await desk.ask(order, isCopy ? [order.content] : [])
    isBusy = false
    const isSpent = reply.type === 'gone' || isWithoutCodec(reply)
    // What could not be read is not held there; what could is merely sent again.
    heldId = order.type === 'forget' || reply.type === 'failed' || isSpent ? null : order.fileId
    if (isSpent) desk.end()
    return reply
  }

  async function pump(): Promise<void> {
    while (!isBusy) {
      if (mustForget) {
        mustForget = false
        await give({ type: 'forget' })
      }
      const ask = turns.next()
      if (!ask) return
      ask.answer(await give(orderOf(ask)))
    }
  }

  function giveUp(asks: readonly Ask[], by: 'closed' | 'newer'): void {
    for (const { answer } of asks) answer(overtaken(by))
  }

  async function asked(queue: (answer: Ask['answer']) => void): Promise<DeskReply | Failure> {
    const { promise, resolve } = Promise.withResolvers<DeskReply | Failure>()
    queue(resolve)
    void pump()
    return await promise
  }

  return {
    async open(fileId, content) {
      const reply = await asked((answer) => turns.open({ fileId, content, order: { type: 'open' }, answer }))
      return 'type' in reply && reply.type === 'opened' ? done(reply) : failureIn(reply)
    },
    async look(fileId, content, frame, at) {
      const order = { type: 'look', frame, at } as const
      const reply = await asked((answer) =>
        giveUp(turns.look(keyOf(fileId, frame, at), { fileId, content, order, answer }), 'newer'),
      )
      return 'type' in reply && reply.type === 'looked' ? done(reply) : failureIn(reply)
    },
    async strip(fileId, content, uids, boxes) {
      const order = { type: 'strip', uids, boxes } as const
      const reply = await asked((answer) => turns.open({ fileId, content, order, answer }))
      return 'type' in reply && reply.type === 'stripped' ? done(reply.bytes) : failureIn(reply)
    },
    raise: (fileId, frame, at) => turns.raise(keyOf(fileId, frame, at)),
    forget(fileIds) {
      giveUp(
        turns.remove((ask) => fileIds.has(ask.fileId)),
        'closed',
      )
      mustForget = true
      void pump()
    },
    end() {
      giveUp(
        turns.remove(() => true),
        'closed',
      )
      mustForget = false
      heldId = null
      desk.end()
    },
  }
}
