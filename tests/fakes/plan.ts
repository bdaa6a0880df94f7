/** A browser's tab with a plan in it, and a server that says what a test wants. */
import { createMemoryStore, emptyDisk, type PlanDisk } from '../../src/io/plan-memory.ts'
import type { PersonRow } from '../../src/protocol/plan.ts'
import type { SyncAnswer, SyncRequest } from '../../src/protocol/sync.ts'
import { linesToKeep } from '../../src/state/journal-lines.ts'
import type {
  Journal,
  JournalEntry,
  KeepFailure,
  SyncFailure,
  SyncPorts,
  TabWord,
} from '../../src/state/plan-ports.ts'
import type { Result } from '../../src/state/ports.ts'
import { createSync } from '../../src/state/sync.ts'
import { createTime } from '../lab/sync/time.ts'

export const startMs = Date.UTC(2027, 2, 27, 6)

export type Said = SyncFailure | Partial<SyncAnswer>

/** All that outlives a tab. */
export function fakeBrowser() {
  const time = createTime(startMs)
  const browser = {
    time,
    place: { disk: emptyDisk as PlanDisk },
    lines: [] as JournalEntry[],
    /** What the store fails with, when it is to be written. */
    failure: null as KeepFailure | null,
    /** What the store fails with when an answer is to be folded into it, and when it is to be read. */
    foldFailure: null as KeepFailure | null,
    readFailure: null as KeepFailure | null,
    journalFailure: null as KeepFailure | null,
    room: async () => ({ persisted: true, used: 0.1 }),
    clockAheadMs: 0,
    leads: true,
    requests: [] as SyncRequest[],
    told: [] as TabWord[],
    /** How the server answers; by default everything is applied and nothing is new. */
    say: (_request: SyncRequest): Said | Promise<Said> => ({}),
    ids: 0,
    open,
  }

  function open(staffId = 'ann') {
    let hear = (_word: TabWord) => {}
    const store = createMemoryStore(browser.place)
    const ports: SyncPorts = {
      store: {
        ...store,
        isDurable: () => true,
        room: () => browser.room(),
        async read(after, newDeviceId) {
          const { readFailure } = browser
          return readFailure ? { ok: false, failure: readFailure } : await store.read(after, newDeviceId)
        },
        async fold(fold) {
          const { foldFailure } = browser
          return foldFailure ? { ok: false, failure: foldFailure } : await store.fold(fold)
        },
        async append(acts) {
          return browser.failure ? { ok: false, failure: browser.failure } : await store.append(acts)
        },
      },
      journal: journalOf(browser),
      api: {
        async send(request) {
          browser.requests.push(request)
          return answerOf(request, await browser.say(request), time.nowMs())
        },
      },
      tabs: {
        isLeader: () => browser.leads,
        tell: (word) => void browser.told.push(word),
        listen(then) {
          hear = then
        },
        onAwake() {},
        close() {},
      },
      clock: {
        nowMs: () => time.nowMs() + browser.clockAheadMs,
        upMs: () => time.nowMs(),
        after: (ms, then) => time.after(ms, then),
      },
      newId: () => `id-${++browser.ids}`,
      random: () => 0.5,
    }
    return { sync: createSync(ports, staffId), hear: (word: TabWord) => hear(word) }
  }
  return browser
}

export type FakeBrowser = ReturnType<typeof fakeBrowser>

function journalOf(browser: { lines: JournalEntry[]; journalFailure: KeepFailure | null }): Journal {
  return {
    async append(entry) {
      if (browser.journalFailure) return { ok: false, failure: browser.journalFailure }
      browser.lines.push(entry)
      return { ok: true, value: null }
    },
    read: async () => [...browser.lines],
    async compact(keep) {
      browser.lines = linesToKeep(browser.lines, (line) => line, keep)
    },
    async wipe() {
      browser.lines = []
    },
    safety: () => 'crash-safe',
    close() {},
  }
}

function answerOf(request: SyncRequest, said: Said, nowMs: number): Result<SyncAnswer, SyncFailure> {
  if ('type' in said) return { ok: false, failure: said }
  return {
    ok: true,
    value: {
      epoch: 'epoch-1',
      cursor: 'cursor-1',
      reset: false,
      more: false,
      rows: [],
      removed: [],
      outcomes: request.acts.map(({ actId }) => ({ actId, outcome: { type: 'applied' } })),
      serverNowMs: nowMs,
      ...said,
    },
  }
}

export function personRow(id: string): PersonRow {
  return { type: 'person', id, rev: 1, name: `Name of ${id}`, role: 'nurse', active: true }
}
