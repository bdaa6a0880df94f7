/** Whom a copy is for: by its address now, and what somebody is to one that was sent. */
import {
  type CopyStanding,
  copyStateOf,
  devicesToSeal,
  mayReceive,
  standingTo,
} from '../../core/scan/copies.ts'
import type { Addressee } from '../../protocol/duty.ts'
import type { StaffParty } from '../../protocol/people.ts'
import type { CopiesNow, ReceivedCopy, Recipients, SentCopy } from '../../protocol/scan-copies.ts'
import { copyLimits } from '../../protocol/scan-copies.ts'
import { mostSealedKeys } from '../../protocol/scan-copy.ts'
import type { Duties } from '../duties.ts'
import type { Db } from '../store/store.ts'
import type { Ward } from '../ward.ts'
import { devicesOf, recipientKeyOf } from './devices.ts'
import { addressText, type Copy, copiesBy, copiesFor, listAsks, peopleOf } from './kept.ts'

export type CopyPeopleParts = {
  readonly db: Db
  readonly ward: Pick<Ward, 'staff'>
  readonly duties: Pick<Duties, 'holders' | 'list' | 'nameOf'>
}

export type CopyPeople = ReturnType<typeof createCopyPeople>

export function createCopyPeople({ db, ward, duties }: CopyPeopleParts) {
  /** [COPY-7] Whoever it is for at this moment, but for whom it is from. */
  function addressed(to: Addressee, senderId: string): StaffParty[] {
    if (to.type === 'duty') return mayReceive(duties.holders(to.dutyId), senderId)
    const person = ward.staff.get(to.staffId)
    return mayReceive(person ? [person] : [], senderId)
  }

  /** Null: there is no such duty, or nobody of this id who could have it. */
  function nameOf(to: Addressee, senderId: string): string | null {
    if (to.type === 'duty') return duties.nameOf(to.dutyId)
    return addressed(to, senderId)[0]?.name ?? null
  }

  function dutiesOf(staffId: string): ReadonlySet<string> {
    const mine = duties
      .list()
      .filter(({ dutyId }) => duties.holders(dutyId).some((holder) => holder.staffId === staffId))
    return new Set(mine.map(({ dutyId }) => dutyId))
  }

  const standing = (copy: Copy, staffId: string): CopyStanding =>
    standingTo(peopleOf(copy), staffId, dutiesOf(staffId))

  async function sent(copy: Copy, nowMs: number): Promise<SentCopy> {
    const asks = await listAsks(db, copy.copyId)
    const devices = await devicesOf(
      db,
      asks.map(({ staffId }) => staffId),
      nowMs,
    )
    const asked = devices.filter((device) =>
      asks.some(({ staffId, signer }) => staffId === device.staffId && signer === device.signer),
    )
    return {
      ...partsOf(copy, nowMs),
      readers: [...copy.readers],
      // Whoever has the duty no longer, and never had the copy, does not get it now.
      asked: asked.filter(({ staffId }) => standing(copy, staffId) !== 'nobody').map(recipientKeyOf),
    }
  }

  return {
    addressed,
    nameOf,
    standing,

    async recipients(to: Addressee, senderId: string, nowMs: number): Promise<Recipients | null> {
      const name = nameOf(to, senderId)
      if (name === null) return null
      const people = addressed(to, senderId)
      const devices = await devicesOf(
        db,
        people.map(({ staffId }) => staffId),
        nowMs,
      )
      // With room for the sender's own device.
      const keys = devicesToSeal(devices, mostSealedKeys - 1).map(recipientKeyOf)
      const without = people.filter(({ staffId }) => !devices.some((device) => device.staffId === staffId))
      return { name, people, keys, without }
    },

    async listFor(staffId: string, nowMs: number): Promise<CopiesNow> {
      const addresses = [...dutiesOf(staffId)].map((dutyId) => addressText({ type: 'duty', dutyId }))
      const own = addressText({ type: 'staff', staffId })
      const mine = await copiesBy(db, staffId, copyLimits.listed)
      const others = await copiesFor(db, staffId, [...addresses, own], copyLimits.listed)
      return {
        nowMs,
        sent: await Promise.all(mine.map((copy) => sent(copy, nowMs))),
        received: others.map((copy) => receivedBy(copy, staffId, nowMs)),
      }
    },
  }
}

function receivedBy(copy: Copy, staffId: string, nowMs: number): ReceivedCopy {
  const openedMs = copy.readers.find(({ who }) => who.staffId === staffId)?.openedMs ?? null
  return { ...partsOf(copy, nowMs), from: copy.sender, openedMs }
}

function partsOf(copy: Copy, nowMs: number) {
  const { copyId, name, patientNumber, madeMs, expiresMs, files, bytes } = copy
  const state = copyStateOf(copy, nowMs)
  // The list of contents is none of its files.
  return { copyId, to: name, patientNumber, madeMs, expiresMs, state, files: files.length - 1, bytes }
}
