/** What a tablet's browser says of the tablet, put together: what it may open, its battery, its store, and what tries it. */
import type { HealthPort } from '../state/ports.ts'
import { ownBuild } from './build.ts'
import { allowed, watchAllowed } from './permission-watch.ts'
import { batteryNow, watchBattery } from './power.ts'
import { storageNow } from './storage-state.ts'

export const browserHealth: HealthPort = {
  async look() {
    const [build, camera, microphone, battery, storage] = await Promise.all([
      ownBuild().catch(() => null),
      allowed('camera'),
      allowed('microphone'),
      batteryNow(),
      storageNow(),
    ])
    return { build, camera, microphone, battery, storage }
  },
  watch(changed) {
    watchAllowed('camera', changed)
    watchAllowed('microphone', changed)
    watchBattery(changed)
  },
  async tester() {
    return (await import('./tablet-test.ts')).createTabletTester()
  },
}
