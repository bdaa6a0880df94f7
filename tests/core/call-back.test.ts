/** After which ends a patient may call back. */
import { expect, test } from 'vitest'
import { mayCallBack } from '../../src/core/call-back.ts'
import { endReasons } from '../../src/protocol/call.ts'
import { anna, bedOne } from './call-fixtures.ts'

test.each(endReasons)(
  '[CALL-17] after %s there is somebody to call back only where a slip may have ended it (HZ-4)',
  (reason) => {
    const after = (part: 'caller' | 'callee', peer: typeof anna | typeof bedOne = anna) =>
      mayCallBack({ type: 'ended', callId: 'call-1', part, peer, reason, by: 'peer', over: [] })
    const talked = ['hung-up', 'connection-lost', 'forgotten'].includes(reason)
    const missed = ['declined', 'no-answer', 'cancelled'].includes(reason)
    expect(after('callee')).toBe(talked || missed)
    expect(after('caller'), 'of one’s own call only after a talk').toBe(talked)
    expect(after('callee', bedOne)).toBe(false)
  },
)
