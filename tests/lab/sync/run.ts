/** One run under one seed: people write, everything goes wrong, then nothing does, and all that was promised must hold. */

import { readDisk } from '../../../src/io/plan-memory.ts'
import { planVersion, type Row } from '../../../src/protocol/plan.ts'
import { mostActs, type OutboxAct, type SyncAnswer } from '../../../src/protocol/sync.ts'
import { between, mulberry32, pick, pickWeighted } from '../prng.ts'
import { thinkOf } from './acts.ts'
import {
  broken,
  byKey,
  differences,
  falselyConfirmed,
  type Promised as PromisedOn,
  twiceBooked,
  unseen,
} from './check.ts'
import {
  type Breakage,
  type Device,
  keepOf,
  killBrowser,
  killTab,
  openTab,
  type Tab,
  type World,
} from './device.ts'
import { beds, people, roles, startServer } from './server.ts'
import { createTime, settle } from './time.ts'

const trace = process.env.TRACE ? console.log : () => {}

export type RunResult = {
  readonly violations: readonly string[]
  readonly acts: number
  readonly steps: number
  /** By act: how it ended. Compared between runs that must not differ. */
  readonly outcomes: ReadonlyMap<string, string>
}

type Promised = PromisedOn & { readonly device: Device }

export type RunOptions = {
  readonly breakage?: Breakage
  /** How long people work. */
  readonly forMs?: number
  /** The devices' clocks: `right`, or each as wrong as it likes. */
  readonly clocks?: 'right' | 'wrong' | 'jumping'
  readonly restores?: 'never' | 'sometimes'
}

const startMs = Date.UTC(2027, 2, 27, 6)
const yearMs = 365 * 24 * 60 * 60_000
const quietMs = 5_000

export async function run(seed: number, options: RunOptions = {}): Promise<RunResult> {
  const { breakage = 'none', forMs = 25_000, clocks = 'jumping', restores = 'sometimes' } = options
  const chance = mulberry32(seed)
  const idChance = mulberry32(seed ^ 0x5bd1e995)
  /** The clocks are set by a chance of their own, so that two runs differ in nothing else. */
  const clockChance = mulberry32(seed ^ 0x27d4eb2f)
  const time = createTime(startMs)
  const server = await startServer(time)
  const violations: string[] = []
  const promised = new Map<string, Promised>()
  /** What was taken back in one tab before the one that wrote it had said that it is kept, and what came of it. */
  const early = new Map<string, Promised['state']>()
  const blame = (...found: string[]) => void violations.push(...found)
  let ids = 0
  const newId = () => `${++ids}-${Math.floor(idChance() * 1e9).toString(36)}`
  const restoring = restores === 'sometimes' && chance() < 0.25
  let hasRestored = false

  const world: World = {
    time,
    chance,
    breakage,
    isRough: true,
    isCrowded: chance() < 0.25,
    newId,
    ask: async (device, text) => {
      if (device.isLocked) return { type: 'refusal', why: 'locked' }
      if (world.isRough && chance() < 0.02)
        return { type: 'refusal', why: pick(chance, ['too-many', 'unavailable']) }
      if (breakage === 'forget-repeat')
        await server.meanwhile(async (db) => void (await db.deleteFrom('plan_acts').execute()))
      const killAfter = world.isRough && chance() < 0.02 ? between(chance, 1, 40) : 0
      const reply = await server.ask(device.session, text, killAfter)
      if (server.isUp()) blame(...twiceBooked(server.plan().book.all('appointment')))
      // Between commit and answer.
      if (world.isRough && chance() < 0.01) {
        await server.kill()
        return { type: 'gone' }
      }
      return reply
    },
    folded(tab, sent, answer) {
      blame(...unseen(tab.staffId, sent.staffId, answer))
    },
  }

  const devices: Device[] = Array.from(
    { length: world.isCrowded ? 3 : between(chance, 3, 8) },
    (_, index) => ({
      name: `d${index}`,
      keeps: new Map(),
      tabs: [],
      session: pick(chance, people),
      isLocked: false,
      net: pick(chance, ['fine', 'bad', 'bad']),
      clockMs: clocks === 'right' ? 0 : Math.round((clockChance() * 2 - 1) * yearMs),
    }),
  )
  server.onNews(() => {
    for (const device of devices)
      if (device.net === 'fine' || device.net === 'bad') for (const tab of device.tabs) tab.sync.poke()
  })
  for (const device of devices) openTabs(device)

  function openTabs(device: Device): void {
    const wanted = world.isCrowded ? 2 : 1
    while (device.session && device.tabs.length < wanted) openTab(world, device, device.session)
  }

  /** [1] Nothing is promised before it is kept; from then on it is never lost. */
  async function act(tab: Tab): Promise<void> {
    const acts = thinkOf({ chance, startMs, people, beds, newId }, tab.sync, tab.staffId)
    for (const one of acts) {
      const done = await tab.sync.perform(one)
      if (!tab.alive || !done.ok) return
      const actId = done.value
      trace(`${time.nowMs()} promised ${actId} ${tab.device.name} ${tab.staffId}`)
      const state = early.get(actId) ?? 'kept'
      promised.set(actId, { actId, act: one, staffId: tab.staffId, device: tab.device, state })
    }
  }

  async function takeBack(tab: Tab): Promise<void> {
    const [last] = tab.sync.pending.value.slice(-1)
    if (!last) return
    const { actId } = last.outboxAct
    const known = promised.get(actId)
    trace(`${time.nowMs()} takes back ${actId} ${known?.state} ${tab.device.name}`)
    // Until it is answered, either may be; whoever asks again while that is open learns nothing of the first.
    const isMine = known ? known.state === 'kept' : !early.has(actId)
    if (isMine && known) known.state = 'deleted'
    else if (isMine) early.set(actId, 'deleted')
    const isBack = await tab.sync.takeBack(actId)
    trace(`${time.nowMs()} took back ${actId} ${isBack} ${tab.alive}`)
    if (!tab.alive || !isMine) return
    const now = promised.get(actId)
    const state = isBack ? 'taken-back' : 'kept'
    if (!now) early.set(actId, state)
    else if (now.state === 'deleted') now.state = state
  }

  /** An act that no version of the program would write, already in the store. */
  function poison(device: Device, staffId: string): void {
    const keep = keepOf(device, staffId)
    const { meta } = keep.disk
    if (!meta) return
    const isOld = chance() < 0.5
    const n = meta.lastN + 1
    const outboxAct = {
      actId: newId(),
      n,
      version: isOld ? planVersion - 1 : planVersion,
      madeMs: 1,
      act: { type: 'never.heard', id: 'x', many: 'words' },
    } as unknown as OutboxAct
    const outbox = [...keep.disk.outbox, { outboxAct, isSent: false }]
    keep.disk = { ...keep.disk, outbox, meta: { ...meta, lastN: n } }
    keep.durable = keep.disk
    keep.files.push({ tab: null, keyId: keep.keyId, lines: [{ type: 'act', after: n, act: outboxAct }] })
    promised.set(outboxAct.actId, {
      actId: outboxAct.actId,
      act: outboxAct.act,
      staffId,
      device,
      state: 'kept',
    })
  }

  function leave(device: Device, staffId: string): void {
    for (const one of promised.values())
      if (one.device === device && one.staffId === staffId && one.state === 'kept') one.state = 'deleted'
  }

  /** As the station does it: what is unsent is asked about, and somebody said: delete it. */
  async function signOut(device: Device): Promise<void> {
    const [tab] = device.tabs
    if (!tab || device.session !== tab.staffId) return
    const { staffId } = tab
    // From here on each of them may be gone or not: it is as the person wished.
    leave(device, staffId)
    device.session = null
    await tab.sync.wipe()
    leave(device, staffId)
    if (!tab.alive) return
    for (const other of [...device.tabs]) killTab(other)
    const { disk, files } = keepOf(device, staffId)
    if (disk.outbox.length + disk.changes.length > 0) blame('[11] a store is not empty after it was wiped')
    if (files.some(({ tab: its, lines }) => its === tab && lines.length > 0)) blame('[11] a journal is left')
    signIn(device)
  }

  function signIn(device: Device): void {
    const who = pick(chance, people)
    device.session = who
    for (const [other, keep] of device.keeps)
      if (other !== who && keep.disk.meta) keep.disk = keep.durable = expired(keep.disk)
    openTab(world, device, who)
  }

  function expired(disk: Parameters<typeof readDisk>[0]) {
    const { meta } = disk
    if (!meta) return disk
    const seq = meta.seq + 1
    return {
      ...disk,
      baseSeq: seq,
      changes: [],
      meta: { ...meta, seq, cursor: null, asOfMs: null, contactMs: null },
    }
  }

  async function endSession(device: Device): Promise<void> {
    const tabs = [...device.tabs]
    device.session = null
    for (const tab of tabs) {
      await tab.sync.withdraw()
      if (tab.alive) killTab(tab)
    }
    if (device.tabs.length === 0) signIn(device)
  }

  async function changeRole(staffId: (typeof people)[number]): Promise<void> {
    await server.meanwhile(async (db) => {
      const found = db.selectFrom('staff').select('role').where('staff_id', '=', staffId)
      const { role } = await found.executeTakeFirstOrThrow()
      const other = role === 'interpreter' ? roles[staffId] : 'interpreter'
      await db.updateTable('staff').set({ role: other }).where('staff_id', '=', staffId).execute()
    })
  }

  async function disturb(): Promise<void> {
    const device = pick(chance, devices)
    const tab = device.tabs.length > 0 ? pick(chance, device.tabs) : null
    const what = pickWeighted(chance, {
      net: 12,
      fuse: 8,
      tab: 4,
      browser: 3,
      wiped: 2,
      power: 2,
      another: 6,
      server: 4,
      role: 1.5,
      out: 1,
      ended: 1,
      clock: 2,
      full: 1,
      lock: 2,
      poison: 0.7,
      copy: 2,
      back: 3,
      restore: restoring && !hasRestored ? 1 : 0.0001,
    })
    trace(`${time.nowMs()} ${what} ${device.name} ${device.session}`)
    switch (what) {
      case 'net':
        device.net = pick(chance, ['fine', 'bad', 'bad', 'cut', 'cut', 'dead'])
        if (device.net === 'fine' && chance() < 0.5) for (const one of device.tabs) one.awake()
        return
      case 'fuse':
        if (tab) tab.fuse = between(chance, 1, 12)
        return
      case 'tab':
        if (tab) killTab(tab)
        return
      case 'browser':
        return killBrowser(device, 'killed')
      case 'wiped':
        return killBrowser(device, 'wiped')
      case 'power':
        return killBrowser(device, 'power')
      case 'another':
        if (device.session && device.tabs.length < 2) openTab(world, device, device.session)
        return openTabs(device)
      case 'server':
        if (server.isUp()) await server.kill()
        else await server.boot()
        return
      case 'role':
        return await changeRole(pick(chance, ['eve', 'bob'] as const))
      case 'out':
        return await signOut(device)
      case 'ended':
        return await endSession(device)
      case 'clock':
        if (clocks === 'jumping') device.clockMs += Math.round((clockChance() * 2 - 1) * yearMs)
        return
      case 'full': {
        const keep = device.session ? keepOf(device, device.session) : null
        if (keep) keep.isFull = !keep.isFull
        return
      }
      case 'lock':
        device.isLocked = !device.isLocked
        return
      case 'poison':
        if (device.session) poison(device, device.session)
        return
      case 'copy':
        await server.keepCopy()
        return
      case 'back':
        if (tab) await takeBack(tab)
        return
      case 'restore':
        if (!restoring || !server.hasCopy()) return
        hasRestored = true
        return await server.restore()
    }
  }

  /** People and mishaps, each in their own time. */
  function work(): void {
    time.after(between(chance, 20, 900), () => {
      if (!world.isRough) return
      const tabs = devices.flatMap((device) => device.tabs)
      if (tabs.length > 0) void act(pick(chance, tabs))
      work()
    })
  }
  function mishaps(): void {
    time.after(between(chance, 50, 1_600), () => {
      if (!world.isRough) return
      void disturb()
      mishaps()
    })
  }
  work()
  mishaps()
  await time.pass(forMs, () => violations.length > 0)

  await heal()

  /** Nothing goes wrong any more; all that waits is through within five seconds, whoever wrote it where (8). */
  async function heal(): Promise<void> {
    world.isRough = false
    await server.boot()
    for (const device of devices) {
      device.net = 'fine'
      device.isLocked = false
      for (const tab of device.tabs) tab.fuse = 0
      for (const keep of device.keeps.values()) keep.isFull = false
    }
    // What was on its way for long arrives after all, before anything is judged.
    await time.pass(50_000)
    for (const device of devices) for (const staffId of device.keeps.keys()) await drain(device, staffId)
    for (const device of devices) for (const staffId of device.keeps.keys()) await judge(device, staffId)
    await judgeServer()
  }

  async function drain(device: Device, staffId: string): Promise<Tab> {
    for (const tab of [...device.tabs]) killTab(tab)
    device.session = staffId
    const tab = openTab(world, device, staffId)
    await time.pass(quietMs)
    return tab
  }

  async function judge(device: Device, staffId: string): Promise<void> {
    const tab = await drain(device, staffId)
    const { sync } = tab
    const where = `${staffId} at ${device.name}`
    if (sync.pending.value.length > 0)
      blame(`[8] ${where}: ${sync.pending.value.length} still wait, held ${sync.held.value}`)
    if (sync.freshness.value.type !== 'live') blame(`[8] ${where}: ${sync.freshness.value.type}`)
    const answer = await snapshot(staffId)
    const kept = readDisk(keepOf(device, staffId).disk, null, null, 'x').answer
    const mine = byKey(kept.ok ? kept.value.rows : [])
    blame(...differences(`[4] ${where}`, mine, answer))
    const isMine = (key: string, row: Row) => JSON.stringify(mine.get(key)) === JSON.stringify(row)
    blame(...falselyConfirmed(sync, isMine))
    killTab(tab)
  }

  async function snapshot(staffId: string): Promise<Map<string, Row>> {
    const rows: Row[] = []
    let [epoch, cursor]: [string | null, string | null] = [null, null]
    for (;;) {
      const text = JSON.stringify({
        deviceId: 'judge',
        staffId,
        version: planVersion,
        epoch,
        cursor,
        acts: [],
      })
      const reply = await server.ask(staffId, text, 0)
      if (reply.type !== 'answer') throw new Error(`the judge is refused: ${JSON.stringify(reply)}`)
      const answer = JSON.parse(reply.text) as SyncAnswer
      rows.push(...answer.rows)
      if (!answer.more) return byKey(rows)
      epoch = answer.epoch
      cursor = answer.cursor
    }
  }

  async function judgeServer(): Promise<void> {
    const answered = await outcomesOf()
    const attentions = new Set([...server.plan().book.all('attention')].map(({ id }) => id))
    blame(...broken(promised.values(), answered, attentions, hasRestored))
    await judgeRepeats([...answered.keys()])
  }

  async function outcomesOf(): Promise<Map<string, string>> {
    const rows = await server.db().selectFrom('plan_acts').select(['act_id', 'outcome']).execute()
    return new Map(rows.map((row) => [row.act_id, row.outcome]))
  }

  /** [2] Everything once more, twice over: not one row changes. */
  async function judgeRepeats(actIds: readonly string[]): Promise<void> {
    const rows = async () =>
      JSON.stringify(
        await server.db().selectFrom('plan_rows').selectAll().orderBy('type').orderBy('id').execute(),
      )
    const before = await rows()
    const known = new Set(actIds)
    const all = [...promised.values()].filter(
      ({ actId, act }) => known.has(actId) && act.type !== ('never.heard' as string),
    )
    for (const staffId of [...people, ...people]) {
      const acts = all
        .filter((one) => one.staffId === staffId)
        .slice(0, mostActs)
        .map(({ actId, act }) => ({ actId, n: 1, version: planVersion, madeMs: 5, act }))
      const asked = { deviceId: 'again', staffId, version: planVersion, epoch: null, cursor: null, acts }
      await server.ask(staffId, JSON.stringify(asked), 0)
    }
    if ((await rows()) !== before) blame('[2] a repeat changed the plan')
  }

  const outcomes = await outcomesOf()
  for (const device of devices) for (const tab of [...device.tabs]) killTab(tab)
  server.close()
  await settle()
  return { violations, acts: promised.size, steps: time.steps(), outcomes }
}
