/** A ward for some runs: a real server over a real file, two browsers with a bad way to it, and somebody who looks on. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { planVersion, type Row } from '../../../src/protocol/plan.ts'
import { mostActs } from '../../../src/protocol/sync.ts'
import { newServer } from '../../e2e/server.ts'
import { signIn } from '../../server/client.ts'
import { type Device, newDevice } from '../../server/plan.ts'
import type { Chance } from '../prng.ts'
import { type Promised, twiceBooked, unseen } from '../sync/check.ts'
import { type LabBrowser, openBrowser, type Person } from './browser.ts'
import { openWay } from './way.ts'

export type Ward = Awaited<ReturnType<typeof openWard>>
/** What the server's own file says, read while no server runs. */
export type OnDisk = { readonly outcomes: Map<string, string>; readonly attentions: Set<string> }

const bedsUsed = 3

export async function openWard(chance: Chance) {
  const server = await newServer(1)
  const end = () => void (server.pid() > 0 && process.kill(server.pid(), 'SIGKILL'))
  process.once('exit', end)
  await server.start()
  let isUp = true
  /** One thing after the other is done to the server. */
  let last: Promise<unknown> = Promise.resolve()
  let trap: 'none' | 'sent' | 'answered' = 'none'
  const found: string[] = []

  const [anna, ben, maria] = await Promise.all(
    server
      .demo()
      .staff.slice(0, 3)
      .map(async ({ name, url }): Promise<Person> => {
        const cookie = await signIn(server.origin, url)
        const answer = await fetch(`${server.origin}/api/me`, { headers: { cookie, 'x-bedside': '1' } })
        return { name, cookie, staffId: ((await answer.json()) as { me: { staffId: string } }).me.staffId }
      }),
  )
  if (!anna || !ben || !maria) throw new Error('nobody works here')
  const people = [anna, ben, maria]
  /** Sees everything, writes nothing. */
  const witness = newDevice(server.origin, ben.cookie)
  const devices = new Map(
    people.map((person): [string, Device] => [person.staffId, newDevice(server.origin, person.cookie)]),
  )

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }

  const start = () =>
    inTurn(async () => {
      if (!isUp) await server.start()
      isUp = true
    })
  const kill = () =>
    inTurn(async () => {
      await server.kill()
      isUp = false
    })

  async function atPerson(person: Person, name: string): Promise<LabBrowser> {
    const way = await openWay(chance, {
      leaving() {
        if (trap !== 'sent') return
        trap = 'none'
        setTimeout(() => void kill(), chance() * 8)
      },
      async arrived(asked, answer) {
        const read = JSON.parse(answer)
        for (const row of read.rows as Row[]) note(person.staffId, row)
        found.push(...unseen(person.staffId, JSON.parse(asked).staffId, read))
        if (trap !== 'answered' || read.outcomes.length === 0) return true
        trap = 'none'
        await kill()
        return false
      },
    })
    way.lead(server.port)
    const browser = await openBrowser({ name, person, way, origin: server.origin })
    await browser.launch()
    await browser.openTab('station')
    return browser
  }

  /** Every version of a row that this person's browser may have heard of. */
  const heard = new Set<string>()
  const nameOf = (staffId: string, row: Row) => `${staffId} ${JSON.stringify(row)}`
  const note = (staffId: string, row: Row) => void heard.add(nameOf(staffId, row))

  async function lookOn(): Promise<void> {
    if (!isUp) return
    const answer = await witness.syncAll().catch(() => null)
    if (answer) found.push(...twiceBooked(witness.all('appointment')))
  }

  async function rowsOf(staffId: string): Promise<Map<string, Row>> {
    const device = devices.get(staffId)
    if (!device) throw new Error(`nobody is ${staffId}`)
    await device.syncAll()
    return device.rows
  }

  /** [2] These once more, twice over: not one row changes. */
  async function repeat(promised: readonly Promised[]): Promise<string[]> {
    await witness.syncAll()
    for (const { staffId, cookie } of [...people, ...people]) {
      const again = newDevice(server.origin, cookie, 'again')
      const acts = promised
        .filter((one) => one.staffId === staffId && one.state === 'kept')
        .slice(0, mostActs)
        .map(({ actId, act }) => ({ actId, n: 1, version: planVersion, madeMs: 5, act }))
      if (acts.length > 0) await again.sync(...acts)
    }
    const { rows } = await witness.syncAll()
    return rows.map(({ type, id }) => `[2] a repeat changed ${type}/${id}`)
  }

  function open(): DatabaseSync {
    return new DatabaseSync(join(server.data, 'bedside.db'))
  }

  /** Of a killed server. What only a repeat brought is not there by itself. */
  function readDisk(): OnDisk {
    const db = open()
    const acts = db.prepare("select act_id, outcome from plan_acts where device_id is not 'again'").all()
    const rows = db.prepare("select id from plan_rows where type = 'attention' and json is not null").all()
    const appointments = db.prepare("select json from plan_rows where type = 'appointment'").all()
    db.close()
    found.push(
      ...twiceBooked(
        appointments.flatMap(({ json }) => (typeof json === 'string' ? [JSON.parse(json)] : [])),
      ),
    )
    return {
      outcomes: new Map(acts.map(({ act_id, outcome }) => [String(act_id), String(outcome)])),
      attentions: new Set(rows.map(({ id }) => String(id))),
    }
  }

  const roles = new Map([[maria.staffId, 'doctor']])

  /** While no server runs: the next one finds that somebody is now another kind of person. */
  function setRole({ staffId }: Person, role: string): void {
    roles.set(staffId, role)
    const db = open()
    db.prepare('update staff set role = ? where staff_id = ?').run(role, staffId)
    db.close()
  }

  await witness.syncAll()
  const beds = witness
    .all('bed')
    .sort((one, other) => one.position - other.position)
    .slice(0, bedsUsed)
  const browsers = await Promise.all([atPerson(anna, 'nurse'), atPerson(maria, 'doctor')])

  return {
    browsers,
    people: people.map(({ staffId }) => staffId),
    beds: beds.map(({ id }) => id),
    isUp: () => isUp,
    start,
    kill,
    /** The server is killed by the next request of a sync: when it has been sent, or when it has been answered. */
    setTrap: (next: typeof trap) => {
      trap = next
    },
    roleOf: ({ staffId }: Person) => roles.get(staffId),
    setRole,
    changeRole: (person: Person, role: string) =>
      inTurn(async () => {
        await server.kill()
        setRole(person, role)
        await server.start()
        isUp = true
      }),
    hasHeard: (staffId: string, row: Row) => heard.has(nameOf(staffId, row)),
    lookOn,
    rowsOf,
    repeat,
    readDisk,
    /** What was seen to be wrong since this was asked. */
    blamed: () => found.splice(0),
    async close(): Promise<void> {
      for (const browser of browsers) {
        await browser.kill('killed')
        browser.way.close()
        browser.remove()
      }
      process.off('exit', end)
      await server.remove()
    },
  }
}
