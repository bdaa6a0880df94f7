/** The routes of guests: staff who are in a call ask somebody to it, and whoever has the code looks and joins. */
import { guestRequest, joinLook, joinRequest } from '../protocol/guest.ts'
import type { Guests } from './guests.ts'
import type { RouteBook } from './routes.ts'

export function addGuestsApi({ route }: RouteBook, { guests }: { readonly guests: Guests }): void {
  route('POST', '/guests', { needs: 'guest.invite', takes: guestRequest }, async ({ body, signIn }) =>
    signIn ? await guests.invite(signIn, body) : { refusal: 'signed-out' },
  )

  route('POST', '/join/look', { needs: 'nothing', takes: joinLook, guessable: 'code' }, async ({ body }) =>
    guests.look(body),
  )

  route('POST', '/join', { needs: 'nothing', takes: joinRequest, guessable: 'code' }, async ({ body }) =>
    guests.join(body),
  )
}
