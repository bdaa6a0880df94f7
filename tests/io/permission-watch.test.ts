/** A tablet looks at its permissions for weeks on one page: what the browser keeps of each look would fill its memory. */
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** A browser that counts how often it is asked. */
function stubPermissions(): { asked: string[]; status: EventTarget & { state: string } } {
  const asked: string[] = []
  const status = Object.assign(new EventTarget(), { state: 'granted' })
  const query = async ({ name }: { name: string }) => {
    asked.push(name)
    return status
  }
  vi.stubGlobal('navigator', { permissions: { query } })
  return { asked, status }
}

test('[ALIVE-2] the browser is asked once for each permission, and every look reads what is so then (HZ-11)', async () => {
  const { asked, status } = stubPermissions()
  const { allowed, watchAllowed } = await import('../../src/io/permission-watch.ts')
  const told: string[] = []
  watchAllowed('camera', () => told.push(status.state))
  for (let look = 0; look < 100; look += 1) expect(await allowed('camera')).toBe('granted')
  await allowed('microphone')
  expect(asked).toEqual(['camera', 'microphone'])
  status.state = 'denied'
  status.dispatchEvent(new Event('change'))
  expect([told, await allowed('camera')]).toEqual([['denied'], 'denied'])
})

test('of a name that the browser does not know nothing is known, no look fails, and the next one asks again', async () => {
  const query = vi.fn().mockRejectedValue(new TypeError('camera is not a permission'))
  vi.stubGlobal('navigator', { permissions: { query } })
  const { allowed } = await import('../../src/io/permission-watch.ts')
  expect([await allowed('camera'), await allowed('camera')]).toEqual(['unknown', 'unknown'])
  expect(query).toHaveBeenCalledTimes(2)
})
