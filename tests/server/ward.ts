/** A demo ward for one test: a real server on a port of its own with its data in a folder of its own. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CallFigures } from '../../src/protocol/call-figures.ts'
import type { ClientMessage } from '../../src/protocol/wire.ts'
import { readConfig } from '../../src/server/config.ts'
import type { Limits } from '../../src/server/limits.ts'
import { startServer } from '../../src/server/server.ts'
import type { Post } from '../../src/server/visits/post.ts'
import { type Client, enrol, openBed, openStation, signIn, type Tablet } from './client.ts'

export type WardOptions = {
  readonly timeScale?: number
  readonly limits?: Partial<Limits>
  readonly now?: () => number
  readonly dataFolder?: string
  /** BEDSIDE_* beyond what every ward has. */
  readonly environment?: Readonly<Record<string, string>>
  readonly post?: Post
  readonly appFolder?: string
}

export type Ward = Awaited<ReturnType<typeof openWard>>

const many = { perSecond: 1e6, burst: 1e6 }
/** A test asks more often than any person; those of the limits set them as they need them. */
const roomy = {
  askedByAddress: many,
  askedByPerson: many,
  piecesByPerson: many,
  syncedByAddress: many,
  openedByAddress: many,
  rings: many,
  codeRounds: 1_000,
}

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bedside-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An app as Vite would build it, but empty. */
export function builtApp(): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Bedside</title>')
  writeFileSync(join(folder, 'assets', 'main-1a2b3c.js'), 'export {}')
  return folder
}

export async function openWard({
  timeScale = 1,
  limits = {},
  now,
  dataFolder,
  environment = {},
  post,
  appFolder = builtApp(),
}: WardOptions = {}) {
  const data = dataFolder ?? temporaryFolder()
  const server = await startServer({
    config: readConfig(
      {
        BEDSIDE_PORT: '0',
        BEDSIDE_DATA: data,
        BEDSIDE_TIME_SCALE: String(timeScale),
        BEDSIDE_LOG: 'silent',
        BEDSIDE_DEMO_PLAN: 'none',
        ...environment,
      },
      [],
    ),
    appFolder,
    limits: { drainMs: 0, ...roomy, ...limits },
    ...(now ? { now } : {}),
    ...(post ? { post } : {}),
    onFault: (error) => {
      throw error
    },
  })
  let isOpen = true
  async function close(): Promise<void> {
    if (!isOpen) return
    isOpen = false
    await server.close()
  }
  onTestFinished(close)
  const { origin, links } = server
  if (!links) throw new Error('no demo links')

  const staffLink = (name: string) => links.staff.find((person) => person.name === name)?.url ?? ''
  const bedLink = (label: string) => links.beds.find((bed) => bed.label === label)?.url ?? ''

  return {
    origin,
    data,
    metricsPort: server.metricsPort,
    adtPort: server.adtPort,
    ...server.inside,
    close,
    staffLink,
    bedLink,
    /** Gives a person these wards instead of all; what they are signed in to already goes on as it was. */
    async giveWards(name: string, wards: 'all' | readonly string[]): Promise<void> {
      const { db } = server.inside.store
      await db
        .updateTable('staff')
        .set({ wards: JSON.stringify(wards) })
        .where('name', '=', name)
        .execute()
    },
    signIn: (name: string) => signIn(origin, staffLink(name)),
    enrol: (label: string) => enrol(origin, bedLink(label)),
    /** Signs a member of staff in and opens a tab. */
    async station(name = 'Anna Laine'): Promise<Client> {
      return await openStation(origin, await signIn(origin, staffLink(name)))
    },
    async bed(label = '1'): Promise<Client & { tablet: Tablet }> {
      const tablet = await enrol(origin, bedLink(label))
      return Object.assign(await openBed(origin, tablet), { tablet })
    },
  }
}

export function staffIdOf(client: Client): string {
  const { me } = client.welcome
  if (me.type !== 'staff') throw new Error('not staff')
  return me.staffId
}

export function bedIdOf(client: Client): string {
  const { me } = client.welcome
  if (me.type !== 'bed') throw new Error('not a bed')
  return me.bedId
}

type Invitation = Extract<ClientMessage, { type: 'call.invite' }>

/** An invitation to ring whoever this client is; a bed that rings says its own stay. */
export function invitation(callee: Client, callId: string = randomUUID(), caller?: Client): Invitation {
  const { me } = callee.welcome
  const to =
    me.type === 'bed'
      ? { type: 'bed' as const, bedId: me.bedId }
      : { type: 'staff' as const, staffId: me.type === 'staff' ? me.staffId : 'nobody' }
  const stay = (callee.welcome.stay ?? caller?.welcome.stay)?.epoch ?? null
  return { type: 'call.invite', callId, to, mode: 'ring', stay, expiresAtMs: Date.now() + 5_000 }
}

/** Rings until it rings at both ends. */
export async function ring(caller: Client, callee: Client): Promise<string> {
  const message = invitation(callee, randomUUID(), caller)
  caller.say(message)
  await caller.hear('call.changed', ({ call }) => call.callId === message.callId)
  await callee.hear('call.changed', ({ call }) => call.callId === message.callId)
  return message.callId
}

/** A call both ends know to be answered. */
export async function talk(caller: Client, callee: Client): Promise<{ callId: string; epoch: number }> {
  const callId = await ring(caller, callee)
  callee.say({ type: 'call.accept', callId })
  const { call } = await caller.hear('call.changed', ({ call }) => call.phase === 'accepted')
  await callee.hear('call.changed', ({ call }) => call.phase === 'accepted')
  return { callId, epoch: call.epoch }
}

/** For what only the time of day ends: resolves when this machine's clock reads `atMs`. */
export async function clockReads(atMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, atMs - Date.now())))
}

/** How a call went, as an end of it says. */
/** What a tablet at which nothing is wrong says of itself. */
export const healthy = {
  build: null,
  camera: 'granted',
  microphone: 'granted',
  awake: 'held',
  battery: { percent: 100, isCharging: true },
  storage: { isKept: true, usedMegabytes: 3, quotaMegabytes: 9000 },
  clockMs: 0,
} as const

export function figures(callId: string, over: Partial<CallFigures> = {}): ClientMessage {
  const usual = {
    reconnections: 0,
    goodMs: 60_000,
    weakMs: 0,
    lostMs: 0,
    way: 'direct',
    over: 'udp',
  } as const
  return { type: 'call.figures', callId, figures: { setUpMs: 400, ...usual, ...over } }
}

export function media(callId: string, epoch: number): ClientMessage {
  return {
    type: 'call.signal',
    callId,
    epoch,
    signal: { type: 'media', camera: true, microphone: true },
  }
}

export function offer(callId: string, epoch: number, negotiation: number): ClientMessage {
  const signal = { type: 'offer' as const, negotiation, sdp: 'v=0\r\n', proof: null }
  return { type: 'call.signal', callId, epoch, signal }
}

type Act = { action: string; detail: string; reason: string | null; outcome: string }

/** What is on record of one kind of act, in its order. */
export async function actsIn({ store }: Ward, action: string): Promise<Act[]> {
  const rows = await store.db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', action)
    .orderBy('seq')
    .execute()
  return rows.map(({ text }) => JSON.parse(text).act)
}
