/** [PROOF-8] The words that two people compare: each step is heard once, and only in its place. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginComparing, type Comparing, hearCompared, wordsIn } from '../../src/core/compared.ts'
import type { CompareSaid } from '../../src/protocol/compare.ts'

const said = (one: 'commit' | 'answer' | 'reveal', value: string): CompareSaid =>
  one === 'commit'
    ? { type: 'compare', step: one, commitment: `hash of ${value}` }
    : { type: 'compare', step: one, nonce: value }

test('[PROOF-8] three numbers of six bits come of the first eighteen of a hash', () => {
  expect(wordsIn(Uint8Array.of(0xff, 0xff, 0xc0))).toEqual([63, 63, 63])
  expect(wordsIn(Uint8Array.of(0b000001_00, 0b0010_0000, 0b11_000000))).toEqual([1, 2, 3])
  expect(wordsIn(new Uint8Array())).toEqual([0, 0, 0])
})

test('[PROOF-8] whatever is said in whatever order, an end answers once, reveals once, and is done with its own nonce', () => {
  const step = fc.record({
    step: fc.constantFrom('commit' as const, 'answer' as const, 'reveal' as const),
    value: fc.constantFrom('x', 'y', 'z'),
  })
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { maxLength: 12 }), (isFirst, steps) => {
      const begun = beginComparing('own', isFirst ? 'hash of own' : null)
      let state: Comparing = begun.state
      const out: CompareSaid[] = begun.say ? [begun.say] : []
      for (const { step, value } of steps) {
        const next = hearCompared(state, said(step, value), `hash of ${value}`)
        if (state.type === 'done' || state.type === 'false') expect(next.state).toBe(state)
        state = next.state
        if (next.say) out.push(next.say)
      }
      expect(out.length).toBeLessThanOrEqual(2)
      expect(new Set(out.map(({ step }) => step)).size).toBe(out.length)
      if (state.type === 'done') expect(isFirst ? state.first : state.second).toBe('own')
    }),
  )
})

test('[PROOF-8] a nonce other than the one committed to is false, and stays so', () => {
  const begun = beginComparing('own', null)
  const answered = hearCompared(begun.state, said('commit', 'theirs'), '')
  const lied = hearCompared(answered.state, said('reveal', 'another'), 'hash of another')
  expect(lied.state).toEqual({ type: 'false' })
  expect(hearCompared(lied.state, said('reveal', 'theirs'), 'hash of theirs').state).toBe(lied.state)
})
