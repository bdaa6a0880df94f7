/** An outpatient without a browser: an appointment, a link, a key, a date of birth; and the station that admits them. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { expect, onTestFinished } from 'vitest'
import { keyIdOf } from '../../src/io/seal.ts'
import { guestVisitMs } from '../../src/protocol/guest.ts'
import type { AppointmentFields } from '../../src/protocol/plan.ts'
import { type Certificate, decodeCertificate, type Signed } from '../../src/protocol/proof.ts'
import { type VisitEnterAnswer, type VisitView, visitsNow } from '../../src/protocol/visit.ts'
import type { ClientMessage } from '../../src/protocol/wire.ts'
import { type Client, makeKeys, openStation, post } from './client.ts'
import { openGuest, type StationKey, sign, stationKey } from './guest.ts'
import { type Booking, bookAt, minuteMs } from './plan.ts'
import { openWard, type Ward, type WardOptions } from './ward.ts'

export const timo = {
  name: 'Timo Korhonen',
  born: '1961-04-30',
  email: 'timo@example.org',
  phone: '+358 40 1',
}
export const cancelled = { status: 'cancelled', cancelReason: 'The doctor is ill' } as const
export const secretOf = (link: string) => link.slice(link.indexOf('#') + 1)

type Keys = Awaited<ReturnType<typeof makeKeys>>
export type Visit = { readonly visitId: string; readonly token: string; readonly appointmentId: string }
export type Browser = Keys & { readonly visitId: string }

type Opening = WardOptions & { readonly startsInMs?: number }

/** A ward with an appointment soon, by a clock that a test moves. */
export async function openClinic({ startsInMs = 5 * minuteMs, ...options }: Opening = {}) {
  const clock = { aheadMs: 0 }
  const now = options.now ?? (() => Date.now() + clock.aheadMs)
  const ward = await openWard({ ...options, now, limits: { sweepMs: 20, ...options.limits } })
  const cookie = await ward.signIn('Anna Laine')
  const clinic = clinicOf(ward, cookie, now)
  return {
    ...clinic,
    ...{ clock, ward, startMs: now() + startsInMs },
    /** Lets time go on until a page whose connection was cut counts as away. */
    async isGone(visit: Visit): Promise<void> {
      const look = async () => {
        clock.aheadMs += 5_000
        return (await clinic.viewOf(visit))?.state
      }
      await expect.poll(look).toBe('away')
    },
  }
}

export type Clinic = Awaited<ReturnType<typeof openClinic>>

export function clinicOf(ward: Ward, cookie: string, now: () => number) {
  const { origin, plan } = ward

  async function asStaff(path: string, body: unknown, as = cookie): Promise<Response> {
    return await post(origin, `/api/visits/${path}`, body, { cookie: as })
  }

  async function book(startMs: number, fields: Partial<AppointmentFields> = {}): Promise<Booking> {
    const act = bookAt(startMs, { outpatient: timo, ...fields })
    const [outcome] = await plan.perform({ type: 'server' }, [{ actId: randomUUID(), act }])
    if (outcome?.type !== 'applied') throw new Error(`the plan answered ${JSON.stringify(outcome)}`)
    return act
  }

  /** By the plan's own rules, from what it says now. */
  async function edit(appointmentId: string, to: Partial<AppointmentFields>): Promise<void> {
    const row = plan.book.get('appointment', appointmentId)
    const before: Record<string, unknown> = { ...row }
    const changes = Object.fromEntries(
      Object.entries(to).map(([field, value]) => [field, { from: before[field], to: value }]),
    )
    const act = { type: 'appointment.edit', id: appointmentId, changes } as const
    const [outcome] = await plan.perform({ type: 'server' }, [{ actId: randomUUID(), act }])
    if (outcome?.type !== 'applied') throw new Error(`the plan answered ${JSON.stringify(outcome)}`)
  }

  /** By a printed letter, since nothing is mailed here. */
  async function invite(startMs: number, fields: Partial<AppointmentFields> = {}): Promise<Visit> {
    const { id: appointmentId } = await book(startMs, fields)
    return await inviteTo(appointmentId)
  }

  async function inviteTo(appointmentId: string): Promise<Visit> {
    const answer = await asStaff('invite', { appointmentId, by: 'letter', zone: null })
    if (!answer.ok) throw new Error(`the invitation was refused: ${await answer.text()}`)
    const { visitId, link } = await answer.json()
    return { visitId, token: secretOf(link), appointmentId }
  }

  async function withLink(path: string, body: unknown): Promise<Response> {
    return await post(origin, `/api/visit/${path}`, body)
  }

  async function look({ token }: Pick<Visit, 'token'>): Promise<Record<string, unknown>> {
    return await (await withLink('look', { token })).json()
  }

  async function enter(
    { token }: Visit,
    keys: Pick<Keys, 'publicKey'>,
    born = timo.born,
  ): Promise<VisitEnterAnswer> {
    const answer = await withLink('enter', { token, born, publicKey: keys.publicKey })
    return await answer.json()
  }

  /** A browser that is let in by the link and the date of birth. */
  async function comeBy(visit: Visit): Promise<Browser> {
    const keys = await makeKeys()
    const answer = await enter(visit, keys)
    if (answer.type !== 'in') throw new Error(`the visit answered ${answer.type}`)
    return { ...keys, visitId: visit.visitId }
  }

  const page = ({ visitId, keys }: Browser): Promise<Client> => openGuest(origin, { guestId: visitId, keys })

  async function come(visit: Visit): Promise<Client & { browser: Browser }> {
    const browser = await comeBy(visit)
    return Object.assign(await page(browser), { browser })
  }

  async function list(as = cookie, query = '') {
    const answer = await fetch(`${origin}/api/visits${query}`, { headers: { cookie: as, 'x-bedside': '1' } })
    return v.parse(visitsNow, await answer.json())
  }

  async function viewOf({ visitId }: Pick<Visit, 'visitId'>): Promise<VisitView | undefined> {
    return (await list()).visits.find((view) => view.visitId === visitId)
  }

  return {
    ...{ asStaff, book, edit, invite, inviteTo, withLink, look, enter, comeBy, page, come, list, viewOf },
    cookie,
    now,
    station: () => openStation(origin, cookie),
    stationKey: () => stationKey(ward, cookie),
    /** What the audit has of visits: action, outcome, who, detail. */
    async acts(): Promise<unknown[]> {
      const rows = await ward.store.db.selectFrom('audit').select('text').orderBy('seq').execute()
      return rows
        .map(({ text }) => JSON.parse(text).act)
        .filter(({ action }) => action.startsWith('visit-'))
        .map(({ action, outcome, agent, detail }) => [action, outcome, agent.type, detail])
    },
  }
}

/** What the station signs of whoever waits, honestly or with something changed. */
export async function certificateFor(
  station: StationKey,
  { visitId, publicKey }: Pick<Browser, 'visitId' | 'publicKey'>,
  nowMs: number,
  change: Partial<Extract<Certificate, { kind: 'guest' }>> = {},
): Promise<Signed> {
  const issuer = decodeCertificate(station.chain[0]?.text ?? '')
  if (!issuer) throw new Error('no station')
  const said: Certificate = {
    v: 1,
    type: 'bedside-certificate',
    kind: 'guest',
    organisation: issuer.organisation,
    label: timo.name,
    guestId: visitId,
    tableId: visitId,
    keyId: await keyIdOf(change.publicKey ?? publicKey),
    publicKey,
    notBeforeMs: nowMs,
    notAfterMs: nowMs + guestVisitMs,
    serial: randomUUID(),
    issuer: issuer.keyId,
    ...change,
  }
  return await sign(station.keys, JSON.stringify(said))
}

export function callTo(visitId: string, nowMs: number): Extract<ClientMessage, { type: 'call.invite' }> {
  const to = { type: 'visitor', visitId } as const
  return {
    type: 'call.invite',
    callId: randomUUID(),
    to,
    mode: 'ring',
    stay: null,
    expiresAtMs: nowMs + 5_000,
  }
}

/** Vouched for by this browser's station, rung, and answered. */
export async function admit(
  clinic: ReturnType<typeof clinicOf>,
  nurse: Client,
  patient: Client & { browser: Browser },
): Promise<string> {
  const { browser } = patient
  const certificate = await certificateFor(await clinic.stationKey(), browser, clinic.now())
  const answer = await clinic.asStaff('vouch', { visitId: browser.visitId, certificate })
  if (!answer.ok) throw new Error(`vouching was refused: ${await answer.text()}`)
  await patient.hear('visit.vouched')
  const message = callTo(browser.visitId, clinic.now())
  nurse.say(message)
  await patient.hear('call.changed', ({ call }) => call.callId === message.callId)
  patient.say({ type: 'call.accept', callId: message.callId })
  await nurse.hear('call.changed', ({ call }) => call.phase === 'accepted')
  return message.callId
}

/** The same data, as a server that was started again finds it. */
export async function restarted({ ward, cookie, now }: Clinic, options: WardOptions = {}) {
  await ward.close()
  const again = await openWard({
    now,
    ...options,
    dataFolder: ward.data,
    limits: { sweepMs: 20, ...options.limits },
  })
  onTestFinished(again.close)
  return { ...clinicOf(again, cookie, now), ward: again }
}
