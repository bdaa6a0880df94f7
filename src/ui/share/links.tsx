/** Calendar links: those there are, how to make one and how to revoke it; a person’s own or the ward’s. */
import '../share.css'
import { useEffect, useState } from 'preact/hooks'
import type { Links } from '../../state/plan-share.ts'
import { Button } from '../parts/button.tsx'
import { linkWord, shareProblem, shareWords } from '../words-share.ts'

export function LinkList({ links, title, why }: { links: Links; title: string; why: string }) {
  const [name, setName] = useState('')
  useEffect(() => void links.load(), [links])
  const list = links.list.value
  const problem = links.problem.value
  async function make(event: Event): Promise<void> {
    event.preventDefault()
    await links.make(name.trim())
    setName('')
  }
  return (
    <section class="share" aria-label={title}>
      <h3>{title}</h3>
      <p>{why}</p>
      {problem !== null && <p role="alert">{shareProblem(problem)}</p>}
      {links.made.value !== null && <Once words={shareWords.made} secret={links.made.value} />}
      {list?.length === 0 && <p>{shareWords.noLinks}</p>}
      <ul>
        {list?.map((feed) => (
          <li key={feed.feedId}>
            <b>{feed.name}</b> {linkWord(feed)}{' '}
            <Button
              label={shareWords.revokeOne({ name: feed.name })}
              onPress={() => void links.revoke(feed.feedId)}
            >
              {shareWords.revoke}
            </Button>
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => void make(event)}>
        <label class="field">
          <span>{shareWords.name}</span>
          <input maxLength={60} value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} />
        </label>
        <button type="submit" class="button plain" disabled={name.trim() === ''}>
          {shareWords.make}
        </button>
      </form>
    </section>
  )
}

/** Shown once, to be copied; a field, so that one press marks all of it. */
export function Once({ words, secret }: { words: string; secret: string }) {
  return (
    <div role="status">
      <label class="field">
        <span>{words}</span>
        <input readOnly value={secret} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
    </div>
  )
}
