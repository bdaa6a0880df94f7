/** Notices a tablet whose page says nothing any more while its browser still answers for it (HZ-11). */
import { bedEndpoint } from '../core/switchboard-parties.ts'
import type { BoardNews } from './board-news.ts'
import type { Limits } from './limits.ts'
import type { Queue } from './queue.ts'
import type { Sessions } from './session.ts'
import type { Switching } from './switching.ts'
import type { Bed, Ward } from './ward.ts'

export type SilenceParts = {
  readonly ward: Ward
  readonly sessions: Sessions
  readonly switching: Switching
  readonly news: BoardNews
  readonly queue: Queue
  readonly limits: Pick<Limits, 'sweepMs' | 'unspokenMs'>
}

/** [ALIVE-5] The answer stops it. */
export function watchSilence({ ward, sessions, switching, news, queue, limits }: SilenceParts): () => void {
  function isSilent({ party }: Bed): boolean {
    const session = sessions.get(bedEndpoint(party.bedId))
    return Boolean(session?.socket) && performance.now() - (session?.spokeAtMs ?? 0) > limits.unspokenMs
  }

  function look(): void {
    for (const bed of ward.beds.values()) {
      if (isSilent(bed) === bed.isSilent) continue
      bed.isSilent = !bed.isSilent
      news.tellBed(bed, switching.board())
    }
  }

  const sweeper = setInterval(() => queue.run(look), limits.sweepMs)
  return () => clearInterval(sweeper)
}
