/** How a visit ended, that nothing is on or kept, and once, without a name, how it was. */
import { useState } from 'preact/hooks'
import type { OutpatientVisit, Stars, VisitPage } from '../../state/visit.ts'
import { Page } from '../join/page.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { atRestWord } from '../words.ts'
import { afterWords, endWords, ratingWords, starsWord, withWord } from '../words-visit.ts'
import { Phone } from './phone.tsx'

type OverProps = { visit: OutpatientVisit; page: Extract<VisitPage, { type: 'over' }> }

export function Over({ visit, page }: OverProps) {
  const { said, todo } = endWords[page.why]
  const spoken = withWord(page)
  return (
    <Page guest={visit} title={said}>
      {spoken && <p>{spoken}</p>}
      <Tracks tracks={visit.calls.mine.value} word={atRestWord} />
      {page.rating === 'none' ? null : <Rating visit={visit} rating={page.rating} />}
      <p>{todo}</p>
      {page.why !== 'replaced' && <p class="aside">{afterWords.kept}</p>}
      {page.why !== 'ended' && <Phone phone={visit.phone()} />}
    </Page>
  )
}

const all: readonly Stars[] = [1, 2, 3, 4, 5]

function Rating({ visit, rating }: { visit: OutpatientVisit; rating: OverProps['page']['rating'] }) {
  const [stars, setStars] = useState<Stars | null>(null)
  if (rating === 'thanked') return <p role="status">{ratingWords.thanks}</p>
  return (
    <form
      class="visit-rating"
      onSubmit={(event) => {
        event.preventDefault()
        if (stars !== null) void visit.rate(stars)
      }}
    >
      <fieldset>
        <legend>{ratingWords.ask}</legend>
        <p class="aside">{ratingWords.nobody}</p>
        {all.map((count) => (
          <label key={count}>
            <input type="radio" name="stars" checked={stars === count} onChange={() => setStars(count)} />
            <span>{starsWord(count)}</span>
          </label>
        ))}
      </fieldset>
      {rating === 'failed' && <p role="alert">{ratingWords.failed}</p>}
      <button type="submit" class="button primary" disabled={stars === null || rating === 'sending'}>
        <span>{ratingWords.send}</span>
      </button>
    </form>
  )
}
