/** Passwords of local accounts: scrypt with its parameters beside it, so that they can grow later. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { Db } from '../store/store.ts'

/** OWASP Password Storage Cheat Sheet, scrypt: 32 MiB and three passes; four at once stay below 150 MB. */
const cost = { N: 2 ** 15, r: 8, p: 3 }
const maxmem = 64 * 1024 * 1024
const keyBytes = 32

type Cost = typeof cost

function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same letters must be the same bytes on every keyboard (NIST SP 800-63B-4 §3.1.1.2).
    scrypt(password.normalize('NFKC'), salt, keyBytes, { N, r, p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

/** `scrypt$N$r$p$salt$key`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

async function fits(password: string, hash: string): Promise<boolean> {
  const [kind, N, r, p, salt = '', key = ''] = hash.split('$')
  if (kind !== 'scrypt') return false
  const wanted = Buffer.from(key, 'base64url')
  const got = await derive(password, Buffer.from(salt, 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  })
  return wanted.length === got.length && timingSafeEqual(wanted, got)
}

/** Spends as long on a name that nobody has as on one that somebody has. */
const nobody = ['scrypt', cost.N, cost.r, cost.p, Buffer.alloc(16).toString('base64url'), ''].join('$')

/** A name as it is compared: nobody should fail by a capital or a space. */
export function loginOf(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}

/** Whose name and password these are; null: not those of anybody who may still sign in. */
export async function findByPassword(db: Db, name: string, password: string): Promise<string | null> {
  const row = await db
    .selectFrom('passwords')
    .select(['staff_id', 'hash'])
    .where('login', '=', loginOf(name))
    .executeTakeFirst()
  const isRight = await fits(password, row?.hash ?? nobody)
  return row && isRight ? row.staff_id : null
}

export async function isPasswordOf(db: Db, staffId: string, password: string): Promise<boolean> {
  const row = await db
    .selectFrom('passwords')
    .select('hash')
    .where('staff_id', '=', staffId)
    .executeTakeFirst()
  return await fits(password, row?.hash ?? nobody)
}

/** Replaces the password. `hash` is made before the transaction, which must not wait for it. */
export async function setPassword(
  db: Db,
  staffId: string,
  name: string,
  hash: string,
  nowMs: number,
): Promise<void> {
  await db.deleteFrom('passwords').where('staff_id', '=', staffId).execute()
  const row = { staff_id: staffId, login: loginOf(name), hash, changed_ms: nowMs }
  await db.insertInto('passwords').values(row).execute()
}
