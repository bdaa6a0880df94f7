/** Copies are noticed, misfortune is forgiven: the numbers of a device under crashes, lost writes and backups. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { greet, type Lineage, newLineage } from '../../src/core/lineage.ts'

/** A tablet with what it keeps, and the server's memory of it. */
type World = { kept: number; server: Lineage; isAlarmed: boolean }

const fresh = (): World => ({ kept: 0, server: newLineage, isAlarmed: false })

/** One connect of whoever keeps `kept`; answers the number that was given. */
function connect(world: World, kept: number): number {
  const verdict = greet(world.server, kept)
  if (verdict.type === 'two') {
    world.isAlarmed = true
    return kept
  }
  world.server = verdict.lineage
  return verdict.lineage.last
}

/** What may happen to one honest tablet between two connects. */
type Misfortune =
  | { type: 'none' }
  /** Died after the server took the hello and before the number was stored, or the store lost the write. */
  | { type: 'not-kept' }
  /** The hello never arrived. */
  | { type: 'not-sent' }
  /** The server died before its own write. */
  | { type: 'server-forgot' }

const misfortune: fc.Arbitrary<Misfortune> = fc.constantFrom(
  { type: 'none' },
  { type: 'none' },
  { type: 'not-kept' },
  { type: 'not-sent' },
  { type: 'server-forgot' },
)

function suffer(world: World, { type }: Misfortune): void {
  if (type === 'not-sent') return
  const before = world.server
  const given = connect(world, world.kept)
  if (type === 'server-forgot') world.server = before
  if (type === 'none') world.kept = given
}

test('[TABLET-1] one device raises no alarm, wherever it crashed and whichever write was lost', () => {
  fc.assert(
    fc.property(fc.array(misfortune, { maxLength: 60 }), (days) => {
      const world = fresh()
      for (const day of days) suffer(world, day)
      expect(world.isAlarmed).toBe(false)
    }),
    { numRuns: 5_000 },
  )
})

test('[TABLET-2] a tablet, or the server, set back to a backup once raises no alarm', () => {
  fc.assert(
    fc.property(
      fc.array(misfortune, { maxLength: 30 }),
      fc.array(misfortune, { maxLength: 30 }),
      fc.array(misfortune, { maxLength: 30 }),
      fc.constantFrom('tablet', 'server'),
      (first, second, third, who) => {
        const world = fresh()
        for (const day of first) suffer(world, day)
        const { kept, server } = world
        for (const day of second) suffer(world, day)
        if (who === 'tablet') world.kept = kept
        else world.server = server
        for (const day of third) suffer(world, day)
        expect(world.isAlarmed).toBe(false)
      },
    ),
    { numRuns: 5_000 },
  )
})

test('[TABLET-3] two copies in turns are noticed at the second change of hands, at the latest', () => {
  fc.assert(
    fc.property(
      fc.array(misfortune, { maxLength: 20 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 5 }),
      (before, mine, theirs, copiedAgo) => {
        const world = fresh()
        for (const day of before) suffer(world, day)
        let copy = world.kept
        for (let time = 0; time < copiedAgo; time += 1) world.kept = connect(world, world.kept)
        for (let time = 0; time < mine; time += 1) world.kept = connect(world, world.kept)
        for (let time = 0; time < theirs; time += 1) copy = connect(world, copy)
        expect(world.isAlarmed).toBe(false)
        connect(world, world.kept)
        expect(world.isAlarmed).toBe(true)
      },
    ),
    { numRuns: 5_000 },
  )
})

test('[TABLET-3] a copy that makes its number up is noticed, too', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 1_000_000 }), (days, madeUp) => {
      const world = fresh()
      for (let day = 0; day < days; day += 1) world.kept = connect(world, world.kept)
      let copy = connect(world, madeUp)
      for (let turn = 0; turn < 3 && !world.isAlarmed; turn += 1) {
        world.kept = connect(world, world.kept)
        copy = connect(world, copy)
      }
      expect(world.isAlarmed).toBe(true)
    }),
  )
})
