/** The hospital's record at this ward, put together: what comes in, how long it is silent, and what staff decide about it. */
import { isFeedSilent } from '../../core/adt-known.ts'
import type { FeedState } from '../../protocol/adt.ts'
import type { BoardNews } from '../board-news.ts'
import type { AdtConfig } from '../config-adt.ts'
import type { Switching } from '../switching.ts'
import { createDesk, type DeskParts } from './desk.ts'
import { createDifferences } from './differences.ts'
import { forgetOldMessages, lastHeardMs } from './kept.ts'

export type AdtParts = Omit<DeskParts, 'config' | 'heard' | 'plan'> & {
  readonly config: AdtConfig
  readonly plan: DeskParts['plan'] & Parameters<typeof createDifferences>[0]['plan']
  readonly news: BoardNews
  readonly switching: Pick<Switching, 'board'>
  readonly sweepMs: number
}

export type Adt = Awaited<ReturnType<typeof createAdt>>

const forgetMs = 3_600_000

export async function createAdt(parts: AdtParts) {
  const { store, ward, now, queue, config, news, switching } = parts
  let heardMs = await lastHeardMs(store.db)
  let forgottenMs = 0
  const desk = createDesk({ ...parts, heard: () => note(now()) })
  const differences = createDifferences({ ...parts, db: store.db })
  ward.feed = isSilent() ? 'silent' : 'live'

  function isSilent(): boolean {
    return isFeedSilent(heardMs, now(), config.expectedMs)
  }

  function note(atMs: number): void {
    heardMs = atMs
    look()
  }

  /** [ADT-11] Every board knows at once that nobody vouches for who lies where, and when somebody does again. */
  function look(): void {
    const feed = isSilent() ? 'silent' : 'live'
    if (ward.feed === feed) return
    ward.feed = feed
    queue.run(() => {
      for (const bed of ward.beds.values()) news.tellBed(bed, switching.board())
    })
  }

  function sweep(): void {
    look()
    if (now() - forgottenMs < forgetMs) return
    forgottenMs = now()
    queue.run(() => forgetOldMessages(store.db, now()))
  }

  const sweeper = setInterval(sweep, parts.sweepMs)

  return {
    hear: desk.hear,
    state: (): FeedState =>
      heardMs === null || isSilent() ? { type: 'silent', heardMs } : { type: 'live', heardMs },
    list: () => differences.list(),
    decide: (...asked: Parameters<typeof differences.decide>) =>
      queue.ask(() => differences.decide(...asked)),
    stop: (): void => clearInterval(sweeper),
  }
}
