/** What is said while a ward is furnished: its name and its beds. */
import * as v from 'valibot'
import { duty } from './duty.ts'
import { interpreting } from './interpreting.ts'
import { staffParty } from './people.ts'
import { areaName, bedLabel, id, mostBeds, name, roomName } from './primitives.ts'

const overrides = v.picklist(['on', 'off'])

export const wardPlan = v.strictObject({
  name,
  beds: v.array(
    v.strictObject({ bedId: id, label: bedLabel, room: v.nullable(roomName), area: v.nullable(areaName) }),
  ),
  /** Its name is part of every certificate: it stays as soon as a tablet or a station has one. */
  mayRename: v.boolean(),
  /** Whether staff may override a drawn curtain. */
  overrides,
  /** Who interprets, by language. */
  interpreting: v.array(interpreting),
  /** Everyone who may be named for that, by name. */
  people: v.array(staffParty),
  /** In the ward's own order. */
  duties: v.array(duty),
})
export type WardPlan = v.InferOutput<typeof wardPlan>

export const bedsRequest = v.strictObject({
  labels: v.pipe(v.array(bedLabel), v.minLength(1), v.maxLength(mostBeds)),
})
/** Beds by their labels; null: nobody knows in which room. */
export const roomRequest = v.strictObject({
  labels: v.pipe(v.array(bedLabel), v.minLength(1), v.maxLength(mostBeds)),
  room: v.nullable(roomName),
})
/** The same of the ward that they are of, where one board shows several. */
export const areaRequest = v.strictObject({
  labels: roomRequest.entries.labels,
  area: v.nullable(areaName),
})
export const overridesRequest = v.strictObject({ overrides })
export const renameRequest = v.strictObject({ name })
