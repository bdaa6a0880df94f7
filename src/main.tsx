/** The front door: builds io, hands it to state, mounts the screen this address is for. */
import { browserPorts } from './io/ports.ts'

async function bed(root: HTMLElement): Promise<void> {
  const [{ createBed }, { mountBed }] = await Promise.all([
    import('./state/bed.ts'),
    import('./ui/bed/bed.tsx'),
  ])
  mountBed(createBed(browserPorts()), root)
}

async function station(root: HTMLElement): Promise<void> {
  const [{ createStation }, { mountStation }] = await Promise.all([
    import('./state/station.ts'),
    import('./ui/station/station.tsx'),
  ])
  mountStation(createStation(browserPorts()), root)
}

const root = document.getElementById('app')
if (root) void (location.pathname.startsWith('/bed') ? bed(root) : station(root))
