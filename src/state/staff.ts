/** The administrator's page of people. */
import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import type { StaffRole } from '../protocol/people.ts'
import { staffRoles } from '../protocol/people.ts'
import { type InvitationLink, invitationLink, type StaffRow, staffList } from '../protocol/sign-in.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type { InvitationLink, StaffRole, StaffRow }
export { staffRoles }

export type Staff = {
  /** Null until the server said it. */
  readonly rows: Signal<readonly StaffRow[] | null>
  /** The link that was just made, for whom; shown once and kept nowhere. */
  readonly link: Signal<(InvitationLink & { readonly name: string }) | null>
  readonly problem: Signal<ApiFailure | null>
  load(): Promise<void>
  /** True: they are in the list now. */
  add(name: string, role: StaffRole): Promise<boolean>
  invite(row: StaffRow): Promise<void>
  change(row: StaffRow, what: { readonly role: StaffRole } | { readonly disabled: boolean }): Promise<void>
  forgetLink(): void
}

export function createStaff({ api }: Ports): Staff {
  const rows = signal<readonly StaffRow[] | null>(null)
  const link = signal<Staff['link']['value']>(null)
  const problem = signal<ApiFailure | null>(null)

  async function load(): Promise<void> {
    const answer = await api.ask('GET', '/staff', {}, staffList)
    if (answer.ok) rows.value = answer.value.staff
    else problem.value = answer.failure
  }

  async function make(path: string, said: Readonly<Record<string, unknown>>, name: string): Promise<boolean> {
    link.value = null
    const answer = await api.ask('POST', path, said, invitationLink)
    problem.value = answer.ok ? null : answer.failure
    if (answer.ok) link.value = { ...answer.value, name }
    await load()
    return answer.ok
  }

  return {
    rows,
    link,
    problem,
    load,
    add: (name, role) => make('/staff/add', { name, role }, name),
    async invite({ staffId, name }) {
      await make('/staff/invite', { staffId }, name)
    },
    async change({ staffId }, what) {
      const answer = await api.ask('POST', '/staff/change', { staffId, ...what }, v.unknown())
      problem.value = answer.ok ? null : answer.failure
      await load()
    },
    forgetLink() {
      link.value = null
    },
  }
}
