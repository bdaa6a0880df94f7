/** `npm run bench [-- --json FILE] [--only NAME]`: every figure with its goal; a goal missed exits non-zero. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { benchAnswer, benchAnswerByRelay } from './answer.ts'
import { benchAudit } from './audit.ts'
import { benchBedStart } from './bed-start.ts'
import { benchCalendars } from './calendars.ts'
import { benchDrain } from './drain.ts'
import type { Figure } from './figure.ts'
import { benchKilled } from './killed.ts'
import { benchLoad } from './load.ts'
import { benchLoss } from './loss.ts'
import { benchMemory } from './memory.ts'
import { benchMesh } from './mesh.ts'
import { benchOutage, benchSilence } from './outage.ts'
import { benchPlan } from './plan.ts'
import { benchPlanCore } from './plan-core.ts'
import { benchPlanDrain } from './plan-drain.ts'
import { benchReconnect } from './reconnect.ts'
import { benchRelay } from './relay.ts'
import { benchRoam } from './roam.ts'
import { benchScanCall } from './scan-call.ts'
import { benchScanTransfer } from './scan-transfer.ts'
import { benchScanDecode, benchScanMemory, benchScanScroll, benchScanSize } from './scans.ts'
import { benchStart } from './start.ts'
import { benchVisit } from './visit.ts'

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } })
const benches: Record<string, () => Promise<Figure[]>> = {
  load: benchLoad,
  start: benchStart,
  relay: benchRelay,
  memory: benchMemory,
  answer: benchAnswer,
  'answer-relay': benchAnswerByRelay,
  outage: benchOutage,
  silence: benchSilence,
  roam: benchRoam,
  loss: benchLoss,
  mesh: benchMesh,
  killed: benchKilled,
  'bed-start': benchBedStart,
  audit: benchAudit,
  'plan-core': benchPlanCore,
  plan: benchPlan,
  drain: benchDrain,
  'plan-drain': benchPlanDrain,
  reconnect: benchReconnect,
  calendars: benchCalendars,
  'scan-decode': benchScanDecode,
  'scan-scroll': benchScanScroll,
  'scan-memory': benchScanMemory,
  'scan-size': benchScanSize,
  'scan-transfer': benchScanTransfer,
  'scan-call': benchScanCall,
  visit: benchVisit,
}

const figures: Figure[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (values.only && values.only !== name) continue
  console.log(`── ${name}`)
  figures.push(...(await bench()))
}
for (const { id, value, unit, goal, holds } of figures) {
  console.log(`${holds ? 'holds ' : 'MISSED'}  ${id.padEnd(28)} ${value} ${unit} (goal ≤ ${goal})`)
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)
process.exitCode = figures.every(({ holds }) => holds) ? 0 : 1
