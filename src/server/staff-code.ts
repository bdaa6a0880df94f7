/**
 * The six digits that open the settings of this ward's tablets: made by chance, sealed where they lie, read by staff, and
 * told to tablets as something to check them by (CODE).
 */
import { pbkdf2, randomBytes, randomInt } from 'node:crypto'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { codeDigits } from '../core/staff-code.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import { type CodeCheck, codeCheck, type StaffCode, staffCodeAnswer } from '../protocol/staff-code.ts'
import { recordAct } from './audit/record.ts'
import type { Limits } from './limits.ts'
import type { RouteBook } from './routes.ts'
import { type Sessions, tell } from './session.ts'
import type { Store } from './store/store.ts'
import type { Ward } from './ward.ts'

const stretch = promisify(pbkdf2)

const keptSchema = v.strictObject({ ...staffCodeAnswer.entries, check: codeCheck })
type Kept = v.InferOutput<typeof keptSchema>

export type StaffCodeParts = {
  readonly store: Store
  readonly ward: Ward
  readonly sessions: Sessions
  readonly limits: Pick<Limits, 'codeRounds'>
  readonly now: () => number
}

export type WardStaffCode = {
  read(): StaffCode
  renew(agent: AuditAgent): Promise<StaffCode>
  /** What a tablet's welcome says of it. */
  check(): CodeCheck
}

async function checkOf(code: string, rounds: number): Promise<CodeCheck> {
  const salt = randomBytes(16).toString('base64url')
  const hash = await stretch(code, salt, rounds, 32, 'sha256')
  return { salt, rounds, hash: hash.toString('base64url') }
}

/** Six digits, none of the million likelier than another, and not the ones there are. */
function newCode(before: string | null): string {
  const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0')
  return code === before ? newCode(before) : code
}

/** Null: it was sealed under a secret that is not this server's any more. */
function open({ unseal }: Store, sealed: string): Kept | null {
  const text = unseal(sealed)
  return text === null ? null : v.parse(keptSchema, JSON.parse(text))
}

export async function createStaffCode(parts: StaffCodeParts): Promise<WardStaffCode> {
  const { store, ward, sessions, limits, now } = parts
  const { db } = store

  async function make(before: string | null): Promise<Kept> {
    const code = newCode(before)
    return { code, madeMs: now(), check: await checkOf(code, limits.codeRounds) }
  }

  async function keep(made: Kept, by: AuditAgent | null): Promise<Kept> {
    const row = { sealed: store.seal(JSON.stringify(made)), made_ms: made.madeMs }
    await db.transaction().execute(async (step) => {
      await step
        .insertInto('staff_code')
        .values({ ward_id: ward.wardId, ...row })
        .onConflict((same) => same.column('ward_id').doUpdateSet(row))
        .execute()
      const entity = { type: 'ward', id: ward.wardId } as const
      if (by) await recordAct(step, now(), { action: 'staff-code-made', agent: by, entity })
    })
    return made
  }

  /** A ward that begins has no change to put on record. */
  async function begin(): Promise<Kept> {
    const row = await db
      .selectFrom('staff_code')
      .select('sealed')
      .where('ward_id', '=', ward.wardId)
      .executeTakeFirst()
    return (row && open(store, row.sealed)) ?? (await keep(await make(null), row ? { type: 'server' } : null))
  }

  let kept = await begin()

  return {
    read: () => readOf(kept),
    check: () => kept.check,
    async renew(agent) {
      kept = await keep(await make(kept.code), agent)
      for (const session of sessions.values())
        if (session.party.type === 'bed') tell(session, { type: 'staff-code.changed', check: kept.check })
      return readOf(kept)
    },
  }
}

function readOf({ code, madeMs }: Kept): StaffCode {
  return { code, madeMs }
}

/** A code that staff read; another one is an administrator's to make. */
export function addStaffCode({ route }: RouteBook, staffCode: Pick<WardStaffCode, 'read' | 'renew'>): void {
  const nothing = v.strictObject({})
  route('GET', '/staff-code', { needs: 'staff-code.see', takes: nothing }, async () => ({
    answer: staffCode.read(),
  }))
  route('POST', '/staff-code', { needs: 'staff-code.make', takes: nothing }, async ({ agent }) => ({
    answer: await staffCode.renew(agent),
  }))
}
