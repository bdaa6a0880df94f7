/** The administrator's page of people: who there is, invitations, roles, and who may not come any more. */
import * as v from 'valibot'
import { staffAddition, staffChange, staffRef } from '../../protocol/sign-in.ts'
import type { RouteBook } from '../routes.ts'
import type { Store } from '../store/store.ts'
import { addStaff, changeStaff, inviteAgain, listAllStaff } from './staff.ts'
import type { Standing } from './standing.ts'

export type StaffParts = { readonly store: Store; readonly origin: string; readonly standing: Standing }

const manage = { needs: 'staff.manage' } as const

export function addStaffRoutes({ route }: RouteBook, { store, origin, standing }: StaffParts): void {
  route('GET', '/staff', { ...manage, takes: v.strictObject({}) }, async ({ nowMs }) => ({
    answer: { staff: await listAllStaff(store.db, nowMs) },
  }))

  route('POST', '/staff/add', { ...manage, takes: staffAddition }, async ({ body, agent, nowMs }) => {
    const invited = await addStaff(store, origin, { ...body, wards: 'all' }, agent, nowMs)
    if (typeof invited === 'string') return { refusal: invited }
    await standing.review(invited.staffId)
    return { answer: invited }
  })

  route('POST', '/staff/invite', { ...manage, takes: staffRef }, async ({ body, agent, nowMs }) => {
    const invited = await inviteAgain(store, origin, body.staffId, agent, nowMs)
    return typeof invited === 'string' ? { refusal: invited } : { answer: invited }
  })

  route('POST', '/staff/change', { ...manage, takes: staffChange }, async ({ body, agent, nowMs }) => {
    const outcome = await changeStaff(store, body.staffId, body, agent, nowMs)
    if (outcome !== 'changed') return { refusal: outcome }
    await standing.review(body.staffId)
    return { answer: {} }
  })
}
