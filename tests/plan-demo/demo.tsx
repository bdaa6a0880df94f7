/** The plan's screens by themselves, over a plan in memory: to look at and to photograph, nothing of the product. */
import '../../src/ui/tokens.css'
import '../../src/ui/parts.css'
import '../../src/ui/station.css'
import { render } from 'preact'
import type { PlanScreens } from '../../src/state/plan.ts'
import type { Desk } from '../../src/ui/plan/desk.ts'
import { createDesk, createPlanScreens, LoudBanner, Over, PlanView, Today } from '../../src/ui/plan/index.ts'
import { speak } from '../../src/ui/texts/catalogue.ts'
import { annaLaine, at, demoDay, demoRows, drOja, helsinki, plainFields, stopAt } from '../fakes/plan-ward.ts'
import { type MemorySync, memorySync } from '../fakes/sync-memory.ts'

declare global {
  interface Window {
    demo: { sync: MemorySync; desk: Desk; plan: PlanScreens; at: typeof at; book: typeof book }
  }
}

const begunMs = at(`${demoDay}T10:52`)
const nowMs = () => begunMs + performance.now()
const me = location.hash === '#doctor' ? drOja : annaLaine
const sync = memorySync(demoRows, { staffId: me.staffId, nowMs })
let ids = 0
const plan = createPlanScreens({
  sync,
  me,
  clock: {
    nowMs,
    upMs: () => performance.now(),
    after(ms, then) {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    },
  },
  newId: () => `made-${++ids}`,
  lastZone: () => helsinki,
  noteZone() {},
})
const desk = createDesk(plan)

/** A bedside call of twenty minutes on the demo's day. */
async function book(title: string, time: string, bed: number, staffId: string): Promise<void> {
  const startMs = at(`${demoDay}T${time}`)
  await sync.perform({
    type: 'appointment.book',
    id: `booked-${++ids}`,
    kind: 'bed-call',
    fields: {
      ...plainFields,
      title,
      staff: [staffId],
      stops: [stopAt(bed, 20)],
      when: { type: 'at', startMs, endMs: startMs + 20 * 60_000 },
    },
  })
}

window.demo = { sync, desk, plan, at, book }

function Screen() {
  const beds = plan.beds.value
  return (
    <>
      <header class="top-bar">
        <h1>Ward 4B</h1>
        <span class="gap" />
        <p>{me.name}</p>
      </header>
      <LoudBanner desk={desk} />
      <main class="ward">
        {desk.shown.value ? (
          <PlanView desk={desk} />
        ) : (
          <ul class="beds">
            {beds.map((bed) => (
              <li class="card" key={bed.id}>
                <b>{bed.label}</b>
                <p>{bed.stay?.patient.name ?? 'No patient'}</p>
              </li>
            ))}
          </ul>
        )}
        <aside class="side">{!desk.shown.value && <Today desk={desk} />}</aside>
      </main>
      <Over desk={desk} ward="Ward 4B" />
    </>
  )
}

const root = document.getElementById('app')
root?.classList.add('station')
await speak('en')
if (root) render(<Screen />, root)
