/** Where a tablet is on its way to Ready, and the one word its idle screen is about. */
import type { BindingWhy } from './binding.ts'
import type { Connection } from './connection.ts'
import type { ApiFailure, CameraFailure } from './ports.ts'

/** Where the tablet is on its way to Ready. */
export type Setup =
  | { readonly type: 'starting' }
  | { readonly type: 'unbound'; readonly problem: ApiFailure | 'over' | 'storage-lost' | null }
  /** Its six digits have to be typed at a station; null while the server does not answer. */
  | {
      readonly type: 'waiting'
      readonly why: BindingWhy
      readonly bed: { readonly label: string; readonly ward: string }
      readonly digits: string | null
    }
  | { readonly type: 'needs-start'; readonly problem: CameraFailure | null; readonly trying: boolean }
  | { readonly type: 'started' }

/** The one word the idle screen is about. */
export type Readiness =
  | { readonly type: 'ready' }
  | { readonly type: 'connecting' }
  /** No administrator has signed this tablet yet: a call would end unverified (HZ-10, HZ-11). */
  | { readonly type: 'uncertified' }
  | { readonly type: 'unreachable'; readonly sinceMs: number }
  | { readonly type: 'replaced' }
  | { readonly type: 'revoked' }
  | { readonly type: 'updating' }

export function readinessOf(connection: Connection, isCertified: boolean): Readiness {
  switch (connection.type) {
    case 'open':
      return { type: isCertified ? 'ready' : 'uncertified' }
    case 'connecting':
      return { type: 'connecting' }
    case 'lost':
      return { type: 'unreachable', sinceMs: connection.sinceMs }
    case 'refused':
      if (connection.why === 'unauthenticated') return { type: 'revoked' }
      if (connection.why === 'cloned') return { type: 'connecting' }
      return connection.why === 'replaced' ? { type: 'replaced' } : { type: 'updating' }
  }
}
