/** What is said while a tablet is tried, and one sentence of what to do about each line that is not good. */
import type { LineState, TestAsk, TestLine } from '../state/self-test.ts'
import { selfTest } from './texts/self-test.ts'

export const selfTestWords = selfTest('test')
const lines = selfTest('lines')
const asks = selfTest('asks')
const troubles = selfTest('troubles')

export function lineWord(line: TestLine): string {
  return lines[line]
}

export function askWord(ask: TestAsk): string {
  return asks[ask]
}

export function stateWord(state: LineState): string {
  if (state === 'waits' || state === 'runs' || state === 'good') return selfTestWords[state]
  return troubles[state]
}
