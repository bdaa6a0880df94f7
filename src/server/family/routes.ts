/** The routes of family's visits: those of whoever has a link, and those of the staff who make links. */
import { familyEnter, familyInvite, familyList, familyLook, familyRemove } from '../../protocol/family.ts'
import type { RouteBook } from '../routes.ts'
import type { Family } from './family.ts'

export function addFamily({ route }: RouteBook, { family }: { readonly family: Family }): void {
  const withLink = { needs: 'nothing', guessable: 'code' } as const
  route('POST', '/family/look', { ...withLink, takes: familyLook }, ({ body }) => family.look(body.codeId))
  route('POST', '/family/enter', { ...withLink, takes: familyEnter }, ({ body }) => family.enter(body))

  const needs = 'family.invite'
  route('POST', '/family/list', { needs, takes: familyList }, ({ body }) => family.list(body.admissionId))
  route('POST', '/family/invite', { needs, takes: familyInvite }, async ({ body, signIn }) =>
    signIn ? await family.invite(signIn, body) : { refusal: 'signed-out' },
  )
  route('POST', '/family/remove', { needs, takes: familyRemove }, ({ body, agent }) =>
    family.remove(agent, body),
  )
}
