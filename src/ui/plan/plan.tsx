/** The plan in the board's place: a day, a week, the ward by bed, and what needs a decision. Its own part of the app. */
import '../plan.css'
import back from 'lucide-static/icons/arrow-left.svg?raw'
import hours from 'lucide-static/icons/calendar-clock.svg?raw'
import fresh from 'lucide-static/icons/calendar-plus.svg?raw'
import earlier from 'lucide-static/icons/chevron-left.svg?raw'
import later from 'lucide-static/icons/chevron-right.svg?raw'
import printer from 'lucide-static/icons/printer.svg?raw'
import type { PlanScreens, Tab } from '../../state/plan.ts'
import { Button, IconButton } from '../parts/button.tsx'
import {
  bedWord,
  concernWords,
  dayWord,
  personWord,
  planWords,
  shortDayWord,
  tabWords,
} from '../words-plan.ts'
import { type Desk, openConcerns } from './desk.ts'
import { TimeGrid } from './grid.tsx'
import { ConcernsPart, WaitingPart } from './over.tsx'
import type { Column } from './place.ts'
import { StatusLine, Warnings } from './status-line.tsx'

const tabs = ['day', 'week', 'ward', 'attention', 'waiting'] as const

export function PlanView({ desk }: { desk: Desk }) {
  const { plan } = desk
  const tab = plan.tab.value
  const isGrid = tab !== 'attention' && tab !== 'waiting'
  return (
    <section class="plan" aria-label={planWords.title}>
      <header class="plan-head">
        <IconButton icon={back} label={planWords.close} onPress={() => (desk.shown.value = false)} />
        <Tabs desk={desk} />
        <span class="gap" />
        <StatusLine plan={plan} />
        <IconButton
          icon={hours}
          label={concernWords.hours}
          onPress={() => (desk.open.value = { type: 'hours', id: plan.person.value, began: null })}
        />
        <IconButton
          icon={printer}
          label={planWords.printTitle}
          onPress={() => (desk.open.value = { type: 'print', date: plan.date.value })}
        />
        {plan.mayChange && (
          <Button kind="primary" icon={fresh} onPress={() => desk.create(nextStart(plan))}>
            {planWords.fresh}
          </Button>
        )}
      </header>
      <Warnings plan={plan} />
      {isGrid && <Dates plan={plan} />}
      <div id="plan-panel" role="tabpanel" aria-labelledby={`plan-tab-${tab}`}>
        <Content desk={desk} tab={tab} />
      </div>
    </section>
  )
}

/** The next quarter of an hour of the day that is shown; nine in the morning of any other than today. */
function nextStart(plan: PlanScreens): number {
  const quarter = 15 * 60_000
  const day = plan.days.value[0] ?? plan.today()
  const nowMs = plan.nowMs()
  const isNow = day.startMs <= nowMs && nowMs < (plan.days.value.at(-1) ?? day).endMs
  return isNow ? Math.ceil(nowMs / quarter) * quarter : day.startMs + 9 * 3_600_000
}

function Tabs({ desk }: { desk: Desk }) {
  const { plan } = desk
  const counts: Partial<Record<Tab, number>> = {
    attention: openConcerns(desk).length,
    waiting: plan.waiting.value.length,
  }
  const go = (by: number) => {
    const next = tabs[(tabs.indexOf(plan.tab.value) + by + tabs.length) % tabs.length]
    if (!next) return
    plan.tab.value = next
    document.getElementById(`plan-tab-${next}`)?.focus()
  }
  return (
    <div class="segmented tabs" role="tablist" aria-label={planWords.title}>
      {tabs.map((tab) => (
        <button
          key={tab}
          id={`plan-tab-${tab}`}
          type="button"
          role="tab"
          aria-selected={plan.tab.value === tab}
          aria-controls="plan-panel"
          tabIndex={plan.tab.value === tab ? 0 : -1}
          onClick={() => (plan.tab.value = tab)}
          onKeyDown={({ key }) => (key === 'ArrowRight' ? go(1) : key === 'ArrowLeft' ? go(-1) : undefined)}
        >
          <span>{tabWords[tab]}</span>
          {(counts[tab] ?? 0) > 0 && <b class={`count ${tab}`}>{counts[tab]}</b>}
        </button>
      ))}
    </div>
  )
}

function Dates({ plan }: { plan: PlanScreens }) {
  const zone = plan.zone.value
  const days = plan.days.value
  const [first, last] = [days[0], days.at(-1)]
  const isWard = plan.tab.value === 'ward'
  return (
    <div class="plan-dates">
      <IconButton icon={earlier} label={planWords.earlier} onPress={() => plan.step(-1)} />
      <Button onPress={plan.goToday}>{planWords.goToday}</Button>
      <IconButton icon={later} label={planWords.later} onPress={() => plan.step(1)} />
      <h2 aria-live="polite">
        {first && last && first !== last
          ? `${dayWord(first.startMs, zone)} – ${dayWord(last.startMs, zone)}`
          : first && dayWord(first.startMs, zone)}
      </h2>
      <label class="pick">
        <span class="unseen">{planWords.date}</span>
        <input
          type="date"
          value={plan.date.value}
          onChange={({ currentTarget }) => {
            if (currentTarget.value) plan.date.value = currentTarget.value
          }}
        />
      </label>
      {!isWard && <Whose plan={plan} />}
    </div>
  )
}

function Whose({ plan }: { plan: PlanScreens }) {
  const others = plan.people.value.filter(({ id }) => id !== plan.me.staffId)
  return (
    <label class="pick">
      <span class="unseen">{planWords.person}</span>
      <select
        value={plan.person.value}
        onChange={({ currentTarget }) => (plan.person.value = currentTarget.value)}
      >
        <option value={plan.me.staffId}>{planWords.mine}</option>
        {others.map((person) => (
          <option key={person.id} value={person.id}>
            {personWord(person)}
          </option>
        ))}
      </select>
    </label>
  )
}

function Content({ desk, tab }: { desk: Desk; tab: Tab }) {
  const { plan } = desk
  if (tab === 'attention') return <ConcernsPart desk={desk} />
  if (tab === 'waiting') return <WaitingPart desk={desk} />
  const columns = tab === 'ward' ? wardColumns(plan) : personColumns(plan)
  if (columns.length === 0) return <p class="empty">{planWords.noBeds}</p>
  return (
    <TimeGrid
      key={tab}
      desk={desk}
      columns={columns}
      label={tabWords[tab]}
      showCancelled={tab === 'day' ? 'yes' : 'no'}
    />
  )
}

function personColumns(plan: PlanScreens): Column[] {
  return plan.days.value.map((day) => ({
    key: day.date,
    label: shortDayWord(day.startMs, plan.zone.value),
    more: null,
    day,
    whose: { type: 'person', id: plan.person.value },
    bed: null,
  }))
}

function wardColumns(plan: PlanScreens): Column[] {
  const [day] = plan.days.value
  if (!day) return []
  return plan.beds.value.map((bed) => ({
    key: bed.id,
    label: bedWord(bed.label),
    more: bed.stay?.patient.name ?? null,
    day,
    whose: { type: 'bed', id: bed.id },
    bed,
  }))
}
