/** `npm run staff`: what can be said at the server's own command line, and what it does. */
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { staffRole, staffRoles } from '../../protocol/people.ts'
import type { Outcome } from '../control.ts'
import type { Store } from '../store/store.ts'
import { loginOf } from './passwords.ts'
import { addStaff, changeStaff, type Invited, inviteAgain, listAllStaff } from './staff.ts'

export type CommandParts = {
  readonly store: Store
  readonly origin: string
  readonly now: () => number
  /** Tells open screens what changed; nobody when the server is not running. */
  readonly review: (staffId: string) => Promise<void>
}

export const usage = [
  'npm run staff -- add "Anna Laine" nurse [--ward "Ward 4B"]',
  'npm run staff -- list',
  'npm run staff -- invite "Anna Laine"     a new link: the passkey or password of before stops working',
  'npm run staff -- role "Anna Laine" doctor',
  'npm run staff -- disable "Anna Laine"',
  'npm run staff -- enable "Anna Laine"',
  `Roles: ${staffRoles.join(', ')}.`,
]

const agent = { type: 'operator' } as const

function done(...lines: string[]): Outcome {
  return { lines, failed: false }
}
function failed(...lines: string[]): Outcome {
  return { lines, failed: true }
}

/** Does what the words say; never throws for what a person may have typed. */
export async function runCommand(parts: CommandParts, words: readonly string[]): Promise<Outcome> {
  const parsed = parse(words)
  if (!parsed) return failed(...usage)
  const { verb, who, role, ward } = parsed
  if (verb === 'list') return await list(parts)
  if (who === undefined) return failed(...usage)
  if (verb === 'add') return await add(parts, who, role, ward)
  const staffId = await findByName(parts, who, verb)
  if (typeof staffId !== 'string') return staffId
  switch (verb) {
    case 'invite': {
      const invited = await inviteAgain(parts.store, parts.origin, staffId, agent, parts.now())
      if (typeof invited === 'string') return failed(`${who} signs in through the provider or is disabled.`)
      return done(...linkLines(who, invited))
    }
    case 'role': {
      const wanted = v.safeParse(staffRole, role)
      if (!wanted.success) return failed(`A role is one of ${staffRoles.join(', ')}.`)
      return await change(parts, staffId, { role: wanted.output }, `${who} is ${wanted.output} now.`)
    }
    case 'disable':
      return await change(parts, staffId, { disabled: true }, `${who} cannot sign in any more.`)
    case 'enable':
      return await change(parts, staffId, { disabled: false }, `${who} can sign in again.`)
    default:
      return failed(...usage)
  }
}

function parse(words: readonly string[]) {
  try {
    const options = { ward: { type: 'string', multiple: true } } as const
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options })
    const [verb, who, role, ...rest] = positionals
    return rest.length > 0 ? null : { verb, who, role, ward: values.ward ?? [] }
  } catch {
    return null
  }
}

async function add(
  { store, origin, now, review }: CommandParts,
  name: string,
  role: string | undefined,
  wardNames: readonly string[],
): Promise<Outcome> {
  const wanted = v.safeParse(staffRole, role)
  if (!wanted.success) return failed(`A role is one of ${staffRoles.join(', ')}.`)
  const wards = await store.db.selectFrom('wards').select(['ward_id', 'name']).execute()
  const unknown = wardNames.find((one) => !wards.some((ward) => ward.name === one))
  if (unknown !== undefined)
    return failed(`There is no ward "${unknown}". There is: ${wards.map((ward) => ward.name).join(', ')}.`)
  const ids = wards.filter((ward) => wardNames.includes(ward.name)).map((ward) => ward.ward_id)
  const person = { name, role: wanted.output, wards: ids.length > 0 ? ids : ('all' as const) }
  const invited = await addStaff(store, origin, person, agent, now())
  if (invited === 'conflict')
    return failed(`Somebody is called ${name} already: choose a name that tells them apart.`)
  if (invited === 'bad-request') return failed('A name has at least one letter.')
  await review(invited.staffId)
  return done(...linkLines(name, invited))
}

function linkLines(name: string, { url, untilMs }: Invited): string[] {
  return [
    `${name} opens this link once, until ${new Date(untilMs).toISOString().slice(0, 16)}Z, and chooses how to sign in:`,
    url,
  ]
}

async function change(
  { store, now, review }: CommandParts,
  staffId: string,
  what: Parameters<typeof changeStaff>[2],
  said: string,
): Promise<Outcome> {
  const outcome = await changeStaff(store, staffId, what, agent, now())
  if (outcome !== 'changed')
    return failed('The sign-in provider decides about this person’s role: change it there.')
  await review(staffId)
  return done(said)
}

/** Of several by one name (the provider knows them apart, we do not) none: the administrator's page shows them all. */
async function findByName(
  { store }: CommandParts,
  who: string,
  verb: string | undefined,
): Promise<string | Outcome> {
  const rows = await store.db.selectFrom('staff').select(['staff_id', 'name', 'disabled_ms']).execute()
  const found = rows.filter((row) => row.staff_id === who || loginOf(row.name) === loginOf(who))
  const fitting = found.filter((row) => (row.disabled_ms !== null) === (verb === 'enable'))
  const [one, ...others] = fitting.length > 0 ? fitting : found
  if (!one) return failed(`There is no ${who}: npm run staff -- list shows everyone.`)
  if (others.length > 0)
    return failed(
      `There are several by that name; say which: ${[one, ...others].map((row) => row.staff_id).join(' ')}`,
    )
  return one.staff_id
}

async function list({ store, now }: CommandParts): Promise<Outcome> {
  const rows = await listAllStaff(store.db, now())
  return done(
    ...rows.map(({ staffId, name, role, from, account, disabled }) =>
      [
        name.padEnd(28),
        role.padEnd(12),
        (disabled ? 'disabled' : from === 'provider' ? 'provider' : account).padEnd(10),
        staffId,
      ].join(' '),
    ),
  )
}
