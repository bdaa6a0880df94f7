/** The waiting room: who waits, who needs a decision, and who is expected today. */
import message from 'lucide-static/icons/message-square.svg?raw'
import { useEffect } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import { rowsOf } from '../../state/visit-rows.ts'
import type { Visits, VisitsNow, VisitView } from '../../state/visits.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useNow } from '../parts/now.ts'
import { appWords } from '../words.ts'
import { ratingsWord, visitWords } from '../words-visits.ts'
import { aheadMs, shown, visitsOf } from './desk.ts'
import { Row } from './row.tsx'

export function ListDialog({ station }: { station: Station }) {
  const desk = visitsOf(station)
  const now = desk.now.value
  const close = () => (shown.value = { type: 'nothing' })
  useEffect(desk.look, [desk])
  return (
    <Dialog label={visitWords.title} class="visits" onClose={close}>
      <h2 tabIndex={-1} data-first>
        {visitWords.title}
      </h2>
      {now ? <Rows station={station} desk={desk} now={now} /> : <Loading desk={desk} />}
      <div class="actions">
        <Button onPress={close}>{appWords.close}</Button>
      </div>
    </Dialog>
  )
}

function Loading({ desk }: { desk: Visits }) {
  return desk.problem.value === null ? (
    <p aria-busy="true">{visitWords.loading}</p>
  ) : (
    <p role="alert">{visitWords.failed}</p>
  )
}

type RowsProps = { station: Station; desk: Visits; now: VisitsNow }

function Rows({ station, desk, now }: RowsProps) {
  const nowMs = useNow(10_000) + aheadMs(station)
  const { zone } = station.wardTime.value
  const { waiting, deciding, others } = rowsOf(now.visits, { nowMs, zone, awaited: desk.awaited.value })
  const ratings = ratingsWord(now)
  const list = { station, desk, nowMs }
  return (
    <>
      {waiting.length + deciding.length + others.length === 0 && <p class="soft">{visitWords.nobody}</p>}
      <List {...list} title={visitWords.waiting} visits={waiting} />
      {waiting.length > 1 && (
        <Button icon={message} onPress={() => (shown.value = { type: 'say', visitId: null })}>
          {visitWords.messageAll}
        </Button>
      )}
      <List {...list} title={visitWords.deciding} visits={deciding} />
      <List {...list} title={visitWords.others} visits={others} />
      {ratings !== null && <p class="soft">{ratings}</p>}
    </>
  )
}

type ListProps = {
  station: Station
  desk: Visits
  nowMs: number
  title: string
  visits: readonly VisitView[]
}

function List({ title, visits, ...rest }: ListProps) {
  if (visits.length === 0) return null
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul class="visits-list" aria-label={title}>
        {visits.map((visit) => (
          <Row key={visit.visitId} {...rest} visit={visit} />
        ))}
      </ul>
    </section>
  )
}
