/** The routes of video visits: those of whoever has a link, and those of the staff who admit them. */
import {
  visitDevice,
  visitEnter,
  visitIdentify,
  visitInvite,
  visitLook,
  visitMailDealt,
  visitOutcome,
  visitPhoto,
  visitRate,
  visitRenew,
  visitSay,
  visitSeen,
  visitsAsked,
  visitVouch,
} from '../../protocol/visit.ts'
import type { SignIn } from '../people.ts'
import type { Answer, RouteBook } from '../routes.ts'
import type { Visits } from './visits.ts'

export function addVisits({ route }: RouteBook, { visits }: { readonly visits: Visits }): void {
  const withLink = { needs: 'nothing', guessable: 'code' } as const
  route('POST', '/visit/look', { ...withLink, takes: visitLook }, ({ body }) => visits.look(body.token))
  route('POST', '/visit/renew', { ...withLink, takes: visitRenew }, ({ body }) => visits.renew(body.token))
  route('POST', '/visit/enter', { ...withLink, takes: visitEnter }, ({ body }) => visits.enter(body))
  route('POST', '/visit/rate', { ...withLink, takes: visitRate }, ({ body }) => visits.rate(body))

  const needs = 'visit.admit'
  // Every station of a ward asks at once when there is news, and a locked one goes on sounding (HZ-4).
  const all = { needs, takes: visitsAsked, whileLocked: true, asWard: true } as const
  route('GET', '/visits', all, ({ body, signIn }) => by(signIn, (who) => visits.list(who, body.of ?? null)))

  route('POST', '/visits/invite', { needs, takes: visitInvite }, ({ body, signIn }) =>
    by(signIn, (who) => visits.invite(who, body)),
  )
  route('POST', '/visits/say', { needs, takes: visitSay }, ({ body, signIn }) =>
    by(signIn, (who) => visits.say(who, body)),
  )
  route('POST', '/visits/seen', { needs, takes: visitSeen }, ({ signIn }) => by(signIn, visits.see))
  route('POST', '/visits/device', { needs, takes: visitDevice }, ({ body, signIn }) =>
    by(signIn, (who) => visits.device(who, body)),
  )
  route('POST', '/visits/vouch', { needs, takes: visitVouch }, ({ body, signIn }) =>
    by(signIn, (who) => visits.vouch(who, body)),
  )
  route('POST', '/visits/identify', { needs, takes: visitIdentify }, ({ body, signIn }) =>
    by(signIn, (who) => visits.identify(who, body)),
  )
  route('POST', '/visits/photo', { needs, takes: visitPhoto }, ({ body, signIn }) =>
    by(signIn, (who) => visits.photo(who, body)),
  )
  route('POST', '/visits/mail-dealt', { needs, takes: visitMailDealt }, ({ body, signIn }) =>
    by(signIn, (who) => visits.deal(who, body)),
  )
  route('POST', '/visits/outcome', { needs, takes: visitOutcome }, ({ body, signIn }) =>
    by(signIn, (who) => visits.outcome(who, body)),
  )
}

async function by(signIn: SignIn | null, act: (who: SignIn) => Promise<Answer>): Promise<Answer> {
  return signIn ? await act(signIn) : { refusal: 'signed-out' }
}
