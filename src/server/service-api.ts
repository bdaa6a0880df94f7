/** Service levels over HTTP, for administrators: of today, of a week, of a month. */
import { serviceRequest } from '../protocol/service.ts'
import { readService } from './call-figures.ts'
import type { RouteBook } from './routes.ts'
import type { Store } from './store/store.ts'
import type { Ward } from './ward.ts'

const dayMs = 86_400_000

export function addService(
  { route }: RouteBook,
  { store, ward }: { readonly store: Store; readonly ward: Ward },
): void {
  route(
    'GET',
    '/service-levels',
    { needs: 'service.read', takes: serviceRequest },
    async ({ body, nowMs }) => ({
      answer: await readService(store.db, ward, nowMs - Number(body.days) * dayMs),
    }),
  )
}
