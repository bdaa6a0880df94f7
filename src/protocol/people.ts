/** Who takes part: staff at a station, the patient's tablet at a bed, a guest by a link. */
import * as v from 'valibot'
import { waysFound } from './ice.ts'
import { areaName, bedLabel, counter, id, milliseconds, name, roomName } from './primitives.ts'
import { wishes } from './wishes.ts'

export const staffRoles = ['nurse', 'doctor', 'interpreter', 'admin'] as const
export const staffRole = v.picklist(staffRoles)
export type StaffRole = v.InferOutput<typeof staffRole>

/** Whoever may do anything at all. A tablet is `patient-device`; `guest` is who came by a link to one call. */
export const roles = [...staffRoles, 'patient-device', 'guest'] as const
export const role = v.picklist(roles)
export type Role = v.InferOutput<typeof role>

export const staffParty = v.strictObject({ type: v.literal('staff'), staffId: id, name, role: staffRole })
export type StaffParty = v.InferOutput<typeof staffParty>

export const bedParty = v.strictObject({ type: v.literal('bed'), bedId: id, label: bedLabel, ward: name })
export type BedParty = v.InferOutput<typeof bedParty>

/** Whom a code can be made for. */
export const invitedKinds = ['family', 'interpreter', 'other'] as const
export const invitedKind = v.picklist(invitedKinds)
export type InvitedKind = v.InferOutput<typeof invitedKind>

/** `visitor`: an outpatient at their own visit. `relative`: family of whoever lies in a bed, by a link of that stay. */
export const guestKinds = [...invitedKinds, 'visitor', 'relative'] as const
export const guestKind = v.picklist(guestKinds)
export type GuestKind = v.InferOutput<typeof guestKind>

/** Who came by a one-time code to one table, as whoever invited them named them; or by the link of a visit, or of a stay, whose id is theirs. */
export const guestParty = v.strictObject({ type: v.literal('guest'), guestId: id, name, kind: guestKind })
export type GuestParty = v.InferOutput<typeof guestParty>

export const party = v.variant('type', [staffParty, bedParty, guestParty])
export type Party = v.InferOutput<typeof party>

/** The two identifiers the caller checks before a call (HZ-1): date of birth and the hospital's number. */
export const patient = v.strictObject({
  name,
  born: v.pipe(v.string(), v.isoDate()),
  number: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
})
export type Patient = v.InferOutput<typeof patient>

/**
 * Who lies in a bed, by number: `epoch` grows with every admission, move and discharge that touches the bed, and never
 * shrinks. Whoever calls says which one their screen showed, so that nobody is called where they no longer lie (HZ-1).
 */
export const stay = v.strictObject({ epoch: counter, admissionId: v.nullable(id) })
export type Stay = v.InferOutput<typeof stay>

/**
 * What stands between a bed and its tablet. `waiting`: one wants to be confirmed; `cloned`: two answer to one key, so
 * neither may ring; `lost`: its browser says that its key is gone;
 * `astray`: it may not be at its bed.
 */
export const tabletState = v.picklist(['none', 'waiting', 'bound', 'cloned', 'lost', 'astray'])
export type TabletState = v.InferOutput<typeof tabletState>

/** What a bed is doing, as the board shows it. `with` is the staff member's name. */
export const bedState = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('ringing'), with: name }),
  v.strictObject({ type: v.literal('in-call'), with: name }),
  v.strictObject({ type: v.literal('offline'), sinceMs: milliseconds }),
])
export type BedState = v.InferOutput<typeof bedState>

/**
 * What the tablet says of itself: whether it can be heard (HZ-11) and whether its policy lets staff knock (HZ-3).
 * `privacyUntilMs`: until when the patient wants to be alone, by the server's clock; null: the curtain is open.
 * `cleanEpoch`: it holds nothing that is older than this stay (HZ-6); null: it does not know that yet.
 */
export const bedReport = v.strictObject({
  sound: v.picklist(['on', 'blocked']),
  knock: v.boolean(),
  privacyUntilMs: v.nullable(milliseconds),
  cleanEpoch: v.nullable(counter),
  /** Which ways to the relay its network leaves open; there once it has tried. */
  ways: v.optional(waysFound),
  /** There where its browser says so. */
  power: v.optional(v.picklist(['mains', 'battery'])),
  /** There while it stands on its *Start* page: it can ring for nobody before that is pressed. */
  start: v.optional(v.literal('waits')),
})
export type BedReport = v.InferOutput<typeof bedReport>

/**
 * Why a tablet cannot ring, or soon cannot, in the one word that says what to do (HZ-11). `silent`: its page says nothing while
 * its browser answers; `asleep`: its screen may go dark, or another app is before it.
 */
export const tabletTrouble = v.picklist([
  'silent',
  'camera',
  'microphone',
  'start',
  'sound',
  'battery',
  'asleep',
  'clock',
])
export type TabletTrouble = v.InferOutput<typeof tabletTrouble>

export const bedView = v.strictObject({
  bedId: id,
  label: bedLabel,
  patient: v.nullable(patient),
  stay,
  /** Of whoever lies there; null where nobody does, and on a locked screen. */
  wishes: v.nullable(wishes),
  /** The last stay for which its tablet has said that it holds nothing older. */
  cleanEpoch: counter,
  tablet: tabletState,
  state: bedState,
  report: v.nullable(bedReport),
  /** There where its tablet needs somebody to go to it. */
  trouble: v.optional(tabletTrouble),
  /** Who cares for this bed today, in the order in which they came. */
  carers: v.array(staffParty),
  /** There where the ward lets staff override a drawn curtain. */
  override: v.optional(v.literal('allowed')),
  /** Which room it stands in; there where somebody said so. */
  room: v.optional(roomName),
  /** There where the patient has asked for somebody to visit them, and nobody has made the link yet. */
  family: v.optional(v.literal('wished')),
  /** Of which ward it is, where one board shows more than one. */
  area: v.optional(areaName),
  /** There while the hospital's own record, which says who lies where, is not heard (HZ-1). */
  identity: v.optional(v.literal('unverified')),
  /** There while whoever lies there is not in their bed, for a while: since when. */
  awaySinceMs: v.optional(milliseconds),
})
export type BedView = v.InferOutput<typeof bedView>
