/** Where the hospital's record and the ward say otherwise about who lies where: one press for either (HZ-1). */
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import { useEffect, useMemo } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import { type AdminFeed, createAdminFeed, type FeedDifference } from '../../state/admin-feed.ts'
import { Banner } from '../parts/banner.tsx'
import { Button } from '../parts/button.tsx'
import { feedStateWord, feedWords, oursWord, theirsWord, whoWord, whyWord } from '../words-feed.ts'

export function FeedSection({ admin }: { admin: Admin }) {
  const state = useMemo(() => createAdminFeed(admin.ports), [admin])
  useEffect(() => void state.load(), [state])
  const feed = state.feed.value
  return (
    <section aria-label={feedWords.title}>
      <h2>{feedWords.title}</h2>
      <p>{feedWords.intro}</p>
      {state.failure.value && (
        <Banner tone="waits" icon={alert}>
          {feedWords.failed}
        </Banner>
      )}
      {feed && <p role="status">{feedStateWord(feed)}</p>}
      {feed?.differences.length === 0 && feed.state.type !== 'off' && <p>{feedWords.none}</p>}
      {feed?.differences.map((one) => (
        <Item key={one.saysId} state={state} one={one} />
      ))}
      <Button onPress={() => void state.load()}>{feedWords.again}</Button>
    </section>
  )
}

function Item({ state, one }: { state: AdminFeed; one: FeedDifference }) {
  const who = whoWord(one)
  return (
    <article class="panel" aria-label={who}>
      <h3>{who}</h3>
      <p>{theirsWord(one)}</p>
      <p>{oursWord(one)}</p>
      <p class="note">{whyWord(one)}</p>
      {one.mayTake && (
        <Button onPress={() => void state.decide(one.saysId, 'hospital')}>{feedWords.takeTheirs}</Button>
      )}
      <Button onPress={() => void state.decide(one.saysId, 'ours')}>{feedWords.keepOurs}</Button>
    </article>
  )
}
