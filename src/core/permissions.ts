/**
 * Who may do what: the one table, used by the server to refuse and by screens to leave out what would be refused.
 * Ids of persons and beds are not its business: a tablet speaks for its own bed only, a guest for its own call only.
 */

import { type Role, type StaffRole, staffRoles } from '../protocol/people.ts'
import type { ClientMessage } from '../protocol/wire.ts'

/** `ward`: only within the wards of the person, or within a ward whose glass they broke. */
export type Permission = 'no' | 'yes' | 'ward'

type Grants = Partial<Record<Role, Exclude<Permission, 'no'>>>

const everyone: Grants = {
  nurse: 'yes',
  doctor: 'yes',
  interpreter: 'yes',
  admin: 'yes',
  'patient-device': 'yes',
  guest: 'yes',
}
const staff: Grants = { nurse: 'yes', doctor: 'yes', interpreter: 'yes', admin: 'yes' }
const clinicians: Grants = { nurse: 'ward', doctor: 'ward' }
const admins: Grants = { admin: 'ward' }

const table = {
  /** See the ward's beds, their patients and how they are. */
  'board.see': { ...clinicians, ...admins },
  'bed.call': clinicians,
  'bed.knock': clinicians,
  /** Ring although the patient wants to be alone, for a reason, where the ward allows it. */
  'bed.override': clinicians,
  /** And ask them to call back, where nobody answers. A patient may ring back whoever just called. */
  'staff.call': { nurse: 'yes', doctor: 'yes', interpreter: 'yes', 'patient-device': 'yes' },
  /** Answer, end, renew and signal the calls one is an end of, and say how they went. */
  'call.take-part': everyone,
  /** Bring somebody from outside to the table of one's own call, and vouch for them. */
  'guest.invite': { nurse: 'yes', doctor: 'yes' },
  /** See who is invited and who waits, invite, admit, and say what came of it. */
  'visit.admit': clinicians,
  /** Make links for those who may visit a patient from outside, and end them. */
  'family.invite': clinicians,
  /** Read who may visit one's own bed, ask for somebody, and end their link. */
  'family.own': { 'patient-device': 'yes' },
  /** Ring at the bed whose link one has. */
  'family.visit': { guest: 'yes' },
  /** Say of one's own visit how the device is, and leave. */
  'visit.come': { guest: 'yes' },
  /** Show a scan to whoever is in one's own call. */
  'scan.share': { nurse: 'yes', doctor: 'yes' },
  /** Be shown one there. */
  'scan.see': everyone,
  /** Seal a copy of a scan for colleagues, and take it back; be somebody it is sealed to. */
  'scan.send-copy': { nurse: 'yes', doctor: 'yes' },
  'scan.receive-copy': { nurse: 'yes', doctor: 'yes' },
  /** Say what comes of a call that one was on. */
  'call.note': clinicians,
  'bed.report': { 'patient-device': 'yes' },
  /** Ask for the nurse, take it back, say that somebody is there: for one's own bed. */
  'request.make': { 'patient-device': 'yes' },
  /** Be somebody who hears a request, and answer it. Administrators see them on the board and do not count as heard. */
  'request.answer': clinicians,
  /** Read who called during the stay that is at one's own bed. */
  'ledger.read': { 'patient-device': 'yes' },
  /** Sign in, out, lock and unlock one's own browser; register its key. */
  'session.own': staff,
  /** Reach into a ward that is not one's own, for a reason, for an hour. */
  'glass.break': { nurse: 'yes', doctor: 'yes' },
  'glass.review': { admin: 'yes' },
  'admission.change': { nurse: 'ward', ...admins },
  /** Name the beds one cares for today. */
  'care.take': clinicians,
  /** Name the duties one has today. */
  'duty.take': clinicians,
  'tablet.see': { nurse: 'ward', ...admins },
  'tablet.enrol': admins,
  /** Compare label and digits at the bedside. */
  'tablet.confirm': { nurse: 'ward', ...admins },
  /** Put a tablet right that has lost its key. */
  'tablet.rebind': { nurse: 'ward', ...admins },
  'tablet.revoke': admins,
  /** Bring tablets to another build of the app. */
  'tablet.update': admins,
  /** Read the code that opens a tablet's settings, and have another made. */
  'staff-code.see': { ...clinicians, ...admins },
  'staff-code.make': admins,
  /** Say that one's own settings were opened, and leave one's bed. */
  'tablet.settings': { 'patient-device': 'yes' },
  'certificate.sign': { admin: 'yes' },
  /** Name a ward and put beds into it. */
  'ward.change': admins,
  'staff.manage': { admin: 'yes' },
  'audit.read': { admin: 'yes' },
  /** Read how calls go, by ward and bed. */
  'service.read': admins,
  /** See what scans the PACS has of a patient of the ward, and fetch them. */
  'scan.fetch': clinicians,
  /** An interpreter and whoever is not of the ward sees only what they take part in: `core/plan/audience.ts`. */
  'plan.see': { nurse: 'yes', doctor: 'yes', interpreter: 'yes', admin: 'yes' },
  'plan.change': { ...clinicians, ...admins },
  /** Book outside somebody's hours or into a buffer, never two places at once. */
  'plan.override': { doctor: 'ward', ...admins },
  /** Say when a person may be booked; one's own hours are everyone's own. */
  'hours.change': admins,
  /** Links and keys by which other programs read the plan. */
  'plan.share': admins,
} as const satisfies Record<string, Grants>

export type Action = keyof typeof table

export const actions = Object.keys(table).filter(isAction)

function isAction(name: string): name is Action {
  return name in table
}

export function permissionOf(role: Role, action: Action): Permission {
  const grants: Grants = table[action]
  return grants[role] ?? 'no'
}

/** A person or a tablet, as far as permission is concerned. `wards`: ids, or all of them. */
export type Actor = {
  readonly role: Role
  readonly wards: readonly string[] | 'all'
  /** Wards whose glass this person broke, each until when (milliseconds since 1970, server clock). */
  readonly broken: ReadonlyMap<string, number>
}

/** Break-glass lasts this long. */
export const glassMs = 60 * 60 * 1000

/** Whether `actor` may do `action` in the ward `wardId` at `nowMs`. */
export function may(actor: Actor, action: Action, wardId: string, nowMs: number): boolean {
  switch (permissionOf(actor.role, action)) {
    case 'no':
      return false
    case 'yes':
      return true
    case 'ward':
      return isWithin(actor, wardId, nowMs)
  }
}

/** Whether the actor's wards, or glass that is broken now, hold this one. */
export function isWithin(actor: Actor, wardId: string, nowMs: number): boolean {
  return actor.wards === 'all' || actor.wards.includes(wardId) || (actor.broken.get(wardId) ?? 0) > nowMs
}

/** What a message of the socket needs; `call.invite` needs more, by whom and how it calls. */
export function actionOf(message: ClientMessage): Action {
  switch (message.type) {
    case 'call.invite':
      if (message.to.type === 'visitor') return 'visit.admit'
      if (message.to.type === 'family') return 'family.visit'
      if (message.to.type !== 'bed') return 'staff.call'
      return message.mode === 'knock' ? 'bed.knock' : 'bed.call'
    case 'call.override':
      return 'bed.override'
    case 'call.accept':
    case 'call.end':
    case 'call.take':
    case 'call.relink':
    case 'call.signal':
    case 'call.figures':
      return 'call.take-part'
    case 'guest.vouch':
    case 'guest.refuse':
      return 'guest.invite'
    case 'visit.tested':
    case 'visit.leave':
      return 'visit.come'
    case 'family.ask':
    case 'family.wish':
    case 'family.remove':
      return 'family.own'
    case 'scan.shared':
      return 'scan.share'
    case 'scan.seen':
    case 'scan.ended':
      return 'scan.see'
    case 'call.outcome':
      return 'call.note'
    case 'bed.report':
    case 'tablet.health':
    case 'update.failed':
      return 'bed.report'
    case 'settings.tried':
    case 'bed.leave':
      return 'tablet.settings'
    case 'request.make':
    case 'request.take-back':
    case 'request.here':
      return 'request.make'
    case 'request.sounds':
    case 'request.silent':
    case 'request.see':
    case 'request.come':
    case 'request.done':
      return 'request.answer'
    case 'ledger.ask':
      return 'ledger.read'
    case 'admission.admit':
    case 'admission.move':
    case 'admission.swap':
    case 'admission.wish':
    case 'admission.away':
    case 'admission.discharge':
    case 'sound.check':
      return 'admission.change'
    case 'care.take':
      return 'care.take'
  }
}

export function isStaffRole(role: Role): role is StaffRole {
  return staffRoles.some((one) => one === role)
}
