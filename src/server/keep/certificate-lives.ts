/** Until when the certificates are good on which calls rest now: of tablets, stations, whoever signed for them, and the root. */
import { listKeys } from '../certificates.ts'
import type { Db } from '../store/store.ts'
import type { Ward } from '../ward.ts'
import type { Facts, Life } from './alerts.ts'

type Row = Life & { readonly keyId: string; readonly kind: string; readonly issuer: string }

/** A station's browser that is used no more is in no list, and its certificate ends one day without harm. */
const forgottenMs = 30 * 24 * 60 * 60_000

export async function certificateLives(db: Db, ward: Ward, nowMs: number): Promise<Facts['certificates']> {
  const rows = await rowsOf(db)
  const lastOf = (keyId: string, kinds: readonly string[]) =>
    rows
      .filter((row) => row.keyId === keyId && kinds.includes(row.kind))
      .reduce<Row | null>((last, row) => (last && last.endsMs >= row.endsMs ? last : row), null)
  const devices = (await listKeys(db, ward)).flatMap(({ keyId }) => lastOf(keyId, ['bed', 'station']) ?? [])
  const beds = devices.filter(({ kind }) => kind === 'bed')
  const stations = devices.filter(({ kind, endsMs }) => kind === 'station' && endsMs > nowMs - forgottenMs)
  const issuers = new Set([...beds, ...stations].map(({ issuer }) => issuer))
  const admins = [...issuers].flatMap((keyId) => lastOf(keyId, ['admin']) ?? [])
  const roots = [...new Set(admins.map(({ issuer }) => issuer))].flatMap(
    (keyId) => lastOf(keyId, ['root']) ?? [],
  )
  return [
    { of: 'root', lives: roots },
    { of: 'admin', lives: admins },
    { of: 'bed', lives: beds },
    { of: 'station', lives: stations },
  ]
}

async function rowsOf(db: Db): Promise<Row[]> {
  const rows = await db
    .selectFrom('certificates')
    .select(['key_id', 'kind', 'issuer', 'not_before_ms', 'not_after_ms'])
    .execute()
  return rows.map((row) => ({
    ...{ keyId: row.key_id, kind: row.kind, issuer: row.issuer },
    ...{ fromMs: row.not_before_ms, endsMs: row.not_after_ms },
  }))
}
