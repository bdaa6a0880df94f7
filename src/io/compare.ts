/** Finds the words of one link: says and hears over it what `core/compared.ts` decides, with this browser's chance and hashes. */
import { beginComparing, type Comparing, hearCompared, wordsIn } from '../core/compared.ts'
import { type CompareSaid, decodeCompare } from '../protocol/compare.ts'
import { base64url, fromBase64url, hashOf } from './seal.ts'

/** Whose keys the link is between; `isFirst`: this end made the first offer. */
export type Compares = { readonly isFirst: boolean; readonly own: string; readonly theirs: string }

export type Comparison = {
  /** Both ends are known. What was heard before is heard now. */
  begin(between: Compares): void
  /** Whether it was meant for this. */
  hear(text: string): boolean
  /** All that was heard has been acted on. */
  settled(): Promise<void>
}

const commitmentTo = (nonce: string) => hashOf(`bedside-compare|${nonce}`)

/** `done`: the numbers of the words; null: the other end broke its word. Called once. */
export function createComparison(
  say: (text: string) => void,
  done: (words: readonly number[] | null) => void,
): Comparison {
  let between: Compares | null = null
  let state: Comparing | null = null
  const early: CompareSaid[] = []
  /** One thing after the other. */
  let last: Promise<void> = Promise.resolve()

  function run(work: () => Promise<void>): void {
    last = last.then(work).catch(() => {})
  }

  async function turn(next: { readonly state: Comparing; readonly say: CompareSaid | null }): Promise<void> {
    const before = state
    state = next.state
    if (next.say) say(JSON.stringify(next.say))
    if (before === state || !between) return
    if (state.type === 'false') done(null)
    if (state.type !== 'done') return
    const { isFirst, own, theirs } = between
    const keys = isFirst ? `${own}|${theirs}` : `${theirs}|${own}`
    const hash = await hashOf(`bedside-words|${keys}|${state.first}|${state.second}`)
    done(wordsIn(fromBase64url(hash) ?? new Uint8Array()))
  }

  async function take(said: CompareSaid): Promise<void> {
    if (!state) return
    await turn(hearCompared(state, said, 'nonce' in said ? await commitmentTo(said.nonce) : ''))
  }

  return {
    begin(keys) {
      if (between) return
      between = keys
      run(async () => {
        const nonce = base64url(crypto.getRandomValues(new Uint8Array(32)))
        await turn(beginComparing(nonce, keys.isFirst ? await commitmentTo(nonce) : null))
        for (const said of early.splice(0)) await take(said)
      })
    },
    hear(text) {
      const said = decodeCompare(text)
      if (!said) return false
      run(async () => {
        if (state) await take(said)
        else if (early.length < 3) early.push(said)
      })
      return true
    },
    settled: () => last,
  }
}
