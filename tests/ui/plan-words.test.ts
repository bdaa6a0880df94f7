/** What the plan's screens say of what they know. */
import { expect, test } from 'vitest'
import { speak } from '../../src/ui/texts/catalogue.ts'
import { dialogWords, freeWord } from '../../src/ui/words-plan.ts'

test('HZ-7 HZ-8 a time is called free only by a device that has a plan', async () => {
  await speak('en')
  const asOfMs = Date.UTC(2027, 2, 1, 8)
  expect(freeWord({ type: 'live', asOfMs }, 'UTC')).toBe(dialogWords.noClash)
  expect(freeWord({ type: 'offline', asOfMs }, 'UTC')).toContain('08:00')
  expect(freeWord({ type: 'never' }, 'UTC')).toBe(dialogWords.noClashNever)
  expect(freeWord({ type: 'never' }, 'UTC')).not.toMatch(/free/i)
})
