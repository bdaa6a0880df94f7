/** A browser that can be killed at every step: its store, its journal, its tabs, its clock, its network. */

import * as v from 'valibot'
import {
  appendTo,
  emptyDisk,
  expireDisk,
  foldInto,
  type PlanDisk,
  readDisk,
  type Step,
  takeBackFrom,
  takeFrom,
  wipeDisk,
} from '../../../src/io/plan-memory.ts'
import { type SyncRequest, syncAnswer } from '../../../src/protocol/sync.ts'
import { linesToKeep } from '../../../src/state/journal-lines.ts'
import type {
  Journal,
  JournalEntry,
  PlanStore,
  SyncApi,
  SyncFailure,
  SyncPorts,
  Tabs,
  TabWord,
} from '../../../src/state/plan-ports.ts'
import type { Result } from '../../../src/state/ports.ts'
import { createSync, type RunningSync } from '../../../src/state/sync.ts'
import { between, type Chance } from '../prng.ts'
import type { Reply } from './server.ts'
import type { Owner, Time } from './time.ts'

/** What the mutants break, and what nobody breaks otherwise. */
export type Breakage = 'none' | 'no-journal' | 'half-fold' | 'forget-repeat' | 'no-compare' | 'early-promise'

type File = { tab: Tab | null; keyId: number; lines: JournalEntry[] }

/** What one person keeps in one browser. */
export type Keep = { disk: PlanDisk; durable: PlanDisk; files: File[]; keyId: number; isFull: boolean }

export type Tab = Owner & {
  readonly device: Device
  readonly staffId: string
  readonly sync: RunningSync
  /** So many steps of store and journal later it is killed; 0: never. */
  fuse: number
  hear: (word: TabWord) => void
  awake: () => void
}

export type Device = {
  readonly name: string
  readonly keeps: Map<string, Keep>
  tabs: Tab[]
  /** Whose cookie the browser holds. */
  session: string | null
  isLocked: boolean
  net: 'fine' | 'bad' | 'cut' | 'dead'
  clockMs: number
}

export type World = {
  readonly time: Time
  readonly chance: Chance
  readonly breakage: Breakage
  /** False: nothing goes wrong any more. */
  isRough: boolean
  /** Every tab takes itself for the leader, and every device has two. */
  isCrowded: boolean
  /** Delivers a request to the server. */
  ask(device: Device, text: string): Promise<Reply>
  folded(tab: Tab, sent: SyncRequest, answer: v.InferOutput<typeof syncAnswer>): void
  newId(): string
}

export function keepOf(device: Device, staffId: string): Keep {
  const known = device.keeps.get(staffId)
  if (known) return known
  const made: Keep = { disk: emptyDisk, durable: emptyDisk, files: [], keyId: 0, isFull: false }
  device.keeps.set(staffId, made)
  return made
}

export function openTab(world: World, device: Device, staffId: string): Tab {
  const keep = keepOf(device, staffId)
  const tab = { alive: true, device, staffId, fuse: 0, hear: () => {}, awake: () => {} } as unknown as Tab
  const ports: SyncPorts = {
    store: storeOf(world, tab, keep),
    journal: journalOf(world, tab, keep),
    api: apiOf(world, tab),
    tabs: tabsOf(world, tab),
    clock: {
      nowMs: () => world.time.nowMs() + device.clockMs,
      upMs: () => world.time.nowMs(),
      after: (ms, then) => world.time.after(ms, then, tab),
    },
    newId: world.newId,
    random: world.chance,
  }
  const opened = Object.assign(tab, { sync: createSync(ports, staffId) })
  device.tabs.push(opened)
  return opened
}

export function killTab(tab: Tab): void {
  tab.alive = false
  tab.device.tabs = tab.device.tabs.filter((other) => other !== tab)
  for (const keep of tab.device.keeps.values())
    for (const file of keep.files) if (file.tab === tab) file.tab = null
}

/** The whole browser: what was being written is torn; its database may be found damaged, and is then emptied. */
export function killBrowser(device: Device, how: 'killed' | 'wiped' | 'power'): void {
  for (const tab of [...device.tabs]) killTab(tab)
  for (const keep of device.keeps.values()) {
    if (how === 'wiped') keep.disk = emptyDisk
    if (how === 'power') keep.disk = keep.durable
    keep.durable = keep.disk
  }
}

/** One step of the disk: it may be the last of the tab, before it happens, or after it and before anybody is told. */
function step<T>(world: World, tab: Tab, work: () => T): Promise<T> {
  const { time, chance } = world
  return new Promise((resolve) => {
    const burn = (): boolean => {
      if (tab.fuse === 0) return false
      tab.fuse -= 1
      if (tab.fuse === 0) killTab(tab)
      return !tab.alive
    }
    const pause = () => (chance() < 0.1 ? between(chance, 5, 60) : chance() * 2)
    time.after(
      pause(),
      () => {
        if (burn()) return
        const value = work()
        if (burn()) return
        time.after(pause(), () => resolve(value), tab)
      },
      tab,
    )
  })
}

function storeOf(world: World, tab: Tab, keep: Keep): PlanStore {
  let known: string | null = null
  const full = { ok: false, failure: 'full' } as const

  function run<T>(durability: 'strict' | 'relaxed', work: (disk: PlanDisk) => Step<T>): Promise<T> {
    return step(world, tab, () => {
      const { disk, answer } = work(keep.disk)
      keep.disk = disk
      if (durability === 'strict') keep.durable = disk
      return answer
    })
  }

  return {
    async read(after, newDeviceId) {
      const answer = await run('strict', (disk) => readDisk(disk, known, after, newDeviceId))
      if (answer.ok) known = answer.value.meta.deviceId
      return answer
    },
    append: (acts) =>
      run('strict', (disk) => (keep.isFull ? { disk, answer: full } : appendTo(disk, known, acts))),
    take: (most) => run('strict', (disk) => takeFrom(disk, known, most)),
    takeBack: (actId) => run('strict', (disk) => takeBackFrom(disk, known, actId)),
    async fold(fold) {
      const { breakage } = world
      const durability = fold.settled.length > 0 ? 'strict' : 'relaxed'
      if (breakage === 'half-fold') {
        await run('strict', (disk) => {
          const { disk: next, answer } = foldInto(disk, known, {
            ...fold,
            rows: [],
            removed: [],
            settled: [],
          })
          return { disk: { ...next, changes: disk.changes }, answer }
        })
      }
      const now = breakage === 'no-compare' || breakage === 'half-fold' ? keep.disk.meta?.seq : fold.seq
      return await run(durability, (disk) => foldInto(disk, known, { ...fold, seq: now ?? fold.seq }))
    },
    async expire() {
      await run('strict', (disk) => ({ disk: expireDisk(disk), answer: null }))
    },
    async wipe() {
      await run('strict', (disk) => {
        keep.keyId += 1
        return { disk: wipeDisk(disk), answer: null }
      })
    },
    room: async () => ({ persisted: true, used: keep.isFull ? 1 : 0.1 }),
    isDurable: () => true,
    onLost() {},
    close() {},
  }
}

function journalOf(world: World, tab: Tab, keep: Keep): Journal {
  const file: File = { tab, keyId: keep.keyId, lines: [] }
  keep.files.push(file)
  const isBroken = world.breakage === 'no-journal'

  return {
    async append(entry) {
      if (isBroken) return { ok: true, value: null }
      const append = () => step(world, tab, () => void file.lines.push(entry))
      // Whoever promises before it is flushed promises too early.
      if (world.breakage === 'early-promise') void append()
      else await append()
      return { ok: true, value: null }
    },
    read: () =>
      step(world, tab, () => {
        for (const other of [...keep.files]) {
          if (other === file || other.tab !== null) continue
          if (other.keyId === file.keyId) file.lines.push(...other.lines)
          keep.files = keep.files.filter((one) => one !== other)
        }
        return file.keyId === keep.keyId ? [...file.lines] : []
      }),
    compact: (kept) =>
      step(world, tab, () => {
        file.lines = linesToKeep(file.lines, (entry) => entry, kept)
      }),
    wipe: () =>
      step(world, tab, () => {
        keep.files = keep.files.filter((one) => one.tab !== null && one !== file)
      }),
    safety: () => 'crash-safe',
    close() {},
  }
}

function tabsOf(world: World, tab: Tab): Tabs {
  const { time, chance } = world
  const { device } = tab
  const mine = () => device.tabs.filter(({ staffId }) => staffId === tab.staffId)
  return {
    // A browser's locks are not always right, and nothing may rest on them.
    isLeader: () => world.isCrowded || mine()[0] === tab || chance() < 0.1,
    tell(word) {
      for (const other of mine())
        if (other !== tab && chance() > 0.15)
          time.after(chance() * 10, () => other.hear(structuredClone(word)), other)
    },
    listen(hear) {
      tab.hear = hear
    },
    onAwake(then) {
      tab.awake = then
    },
    close() {},
  }
}

/** As in `io/plan-api.ts`. */
const longestMs = 20_000

function apiOf(world: World, tab: Tab): SyncApi {
  const { time, chance } = world
  const { device } = tab
  const delay = () => {
    if (!world.isRough || device.net === 'fine') return between(chance, 2, 60)
    return chance() < 0.15 ? between(chance, 1_000, 25_000) : between(chance, 20, 900)
  }

  return {
    send: (request) =>
      new Promise<Awaited<ReturnType<SyncApi['send']>>>((resolve) => {
        const text = JSON.stringify(request)
        const fail = (failure: SyncFailure) => resolve({ ok: false, failure })
        const giveUp = time.after(longestMs, () => fail({ type: 'unreachable' }), tab)
        const answer = (reply: Result<string, SyncFailure>) => {
          giveUp()
          if (!reply.ok) return fail(reply.failure)
          const read = v.safeParse(syncAnswer, JSON.parse(reply.value))
          if (!read.success) return fail({ type: 'outdated' })
          world.folded(tab, request, read.output)
          resolve({ ok: true, value: read.output })
        }
        if (device.net === 'cut') return void time.after(3, () => answer(unreachable), tab)
        const isLost = device.net === 'dead' || (device.net === 'bad' && chance() < 0.15)
        if (isLost) return
        const copies = device.net === 'bad' && chance() < 0.15 ? 2 : 1
        for (let copy = 0; copy < copies; copy += 1)
          // What is on its way arrives, whatever becomes of the tab that sent it.
          time.after(delay(), () => void arrive(text, answer))
      }),
  }

  async function arrive(text: string, answer: (reply: Result<string, SyncFailure>) => void): Promise<void> {
    const reply = await world.ask(device, text)
    const isLost = device.net === 'cut' || device.net === 'dead' || (device.net === 'bad' && chance() < 0.15)
    if (isLost) return
    time.after(delay(), () => answer(readReply(reply, chance)), tab)
  }
}

const unreachable = { ok: false, failure: { type: 'unreachable' } } as const

/** As in `io/plan-api.ts`. */
function readReply(reply: Reply, chance: Chance): Result<string, SyncFailure> {
  if (reply.type === 'answer') return { ok: true, value: reply.text }
  if (reply.type === 'gone') return unreachable
  switch (reply.why) {
    case 'signed-out':
    case 'locked':
      return { ok: false, failure: { type: reply.why } }
    case 'forbidden':
      return { ok: false, failure: { type: 'signed-out' } }
    case 'conflict':
      return { ok: false, failure: { type: 'another-person' } }
    case 'too-many':
      return { ok: false, failure: { type: 'too-many', afterMs: between(chance, 500, 3_000) } }
    case 'outdated':
    case 'bad-request':
      return { ok: false, failure: { type: 'outdated' } }
    default:
      return unreachable
  }
}
