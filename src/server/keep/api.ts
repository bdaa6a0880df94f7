/** What there is to do about the server, for administrators. */
import * as v from 'valibot'
import type { RouteBook } from '../routes.ts'
import type { Keeping } from './keeping.ts'

export function addKeeping({ route }: RouteBook, { keeping }: { readonly keeping: Keeping }): void {
  route('GET', '/keeping', { needs: 'service.read', takes: v.strictObject({}) }, async () => {
    return { answer: keeping.answer() }
  })
}
