/** The day at the side of the board, and the first thing on a phone: what comes next, and how old this is (HZ-7). */
import { useState } from 'preact/hooks'
import type { Entry, Whose } from '../../state/plan.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { clockWord, concernWords, lookWords, planWords } from '../words-plan.ts'
import { type Desk, openConcerns } from './desk.ts'
import { whereOf, whoElse } from './lines.ts'
import { looks } from './looks.ts'
import { InterpreterLine } from './no-interpreter.tsx'
import { StatusLine, Warnings } from './status-line.tsx'

export function Today({ desk }: { desk: Desk }) {
  const { plan } = desk
  const [whose, setWhose] = useState<'mine' | 'ward'>(plan.me.role === 'admin' ? 'ward' : 'mine')
  useNow(30_000)
  const who: Whose = whose === 'mine' ? { type: 'person', id: plan.me.staffId } : { type: 'all' }
  const entries = plan.entries(plan.today(), who)
  return (
    <section class="today-plan" aria-label={planWords.today}>
      <div class="today-head">
        <h2>{planWords.today}</h2>
        <fieldset class="segmented" aria-label={planWords.person}>
          {(['mine', 'ward'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={whose === one} onClick={() => setWhose(one)}>
              {planWords[one]}
            </button>
          ))}
        </fieldset>
        <Button label={planWords.open} onPress={() => (desk.shown.value = true)}>
          {planWords.title}
        </Button>
      </div>
      <DecideButton desk={desk} />
      <EntryList desk={desk} entries={entries} empty={emptyWord(desk, whose)} />
      <StatusLine plan={plan} />
      <Warnings plan={plan} />
    </section>
  )
}

/** What was refused, and what another one asked for in its place: both writers see it from the board (HZ-8). */
function DecideButton({ desk }: { desk: Desk }) {
  const mine = openConcerns(desk).filter(({ part }) => part !== 'ward').length
  const count = desk.plan.me.role === 'interpreter' ? mine : openConcerns(desk).length
  if (count === 0) return null
  return (
    <button type="button" class="button decide" onClick={() => showConcerns(desk)}>
      <Icon svg={looks.attention.icon} />
      <span>{concernWords.count({ count })}</span>
    </button>
  )
}

function showConcerns({ plan, shown }: Desk): void {
  plan.tab.value = 'attention'
  shown.value = true
}

function emptyWord({ plan }: Desk, whose: 'mine' | 'ward'): string {
  if (plan.status.value.age.type === 'never') return planWords.nothingYet
  return whose === 'mine' ? planWords.nothingToday : planWords.nothingWard
}

/** What is over is folded away, so that what comes is at the top. */
function EntryList({ desk, entries, empty }: { desk: Desk; entries: readonly Entry[]; empty: string }) {
  const nowMs = desk.plan.nowMs()
  const over = entries.filter(({ endMs, look }) => endMs <= nowMs && look !== 'attention')
  const ahead = entries.filter((entry) => !over.includes(entry))
  if (entries.length === 0) return <p class="quiet">{empty}</p>
  return (
    <>
      {over.length > 0 && (
        <details class="over">
          <summary>{`${planWords.over} (${over.length})`}</summary>
          <ol class="day-list">
            {over.map((entry) => (
              <Line key={entry.key} desk={desk} entry={entry} />
            ))}
          </ol>
        </details>
      )}
      <ol class="day-list">
        {ahead.map((entry) => (
          <Line key={entry.key} desk={desk} entry={entry} />
        ))}
      </ol>
    </>
  )
}

function Line({ desk, entry }: { desk: Desk; entry: Entry }) {
  const { plan } = desk
  const { row, startMs, endMs, look } = entry
  const zone = plan.zone.value
  const nowMs = plan.nowMs()
  const isNow = startMs <= nowMs && nowMs < endMs && look !== 'cancelled'
  const where = whereOf(plan, row)
  const { tone, icon } = looks[look]
  return (
    <li class={`line ${look}${isNow ? ' now' : ''}`}>
      <button type="button" onClick={() => openOf(desk, entry)}>
        <span class="line-time">
          <b>{clockWord(startMs, zone)}</b>
          <span>{clockWord(endMs, zone)}</span>
        </span>
        <span class="line-what">
          <b>{row.title}</b>
          <span>{[where, whoElse(plan, row)].filter((part) => part).join(' · ')}</span>
          <InterpreterLine plan={plan} row={row} />
          {row.occasion?.shifted && <span class="shifted">{planWords.shifted}</span>}
        </span>
        {look === 'confirmed' ? (
          <span class="unseen">{lookWords.confirmed}</span>
        ) : (
          <span class={`line-state ${tone}`}>
            <Icon svg={icon} />
            <span>{lookWords[look]}</span>
          </span>
        )}
      </button>
    </li>
  )
}

/** What needs a decision is decided where its reasons are. */
export function openOf(desk: Desk, { row, concern }: Entry): void {
  if (concern !== null) {
    showConcerns(desk)
    return
  }
  desk.openEntry(row)
}
