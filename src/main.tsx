/** The front door: builds io, hands it to state, mounts the screen this address is for. */
import { browserDevice, settingsPart } from './io/device.ts'
import { browserPorts } from './io/ports.ts'

async function bed(root: HTMLElement): Promise<void> {
  const [{ createBed }, { mountBed }] = await Promise.all([
    import('./state/bed.ts'),
    import('./ui/bed/bed.tsx'),
    settingsPart(),
  ])
  await mountBed(createBed(browserPorts('told')), root)
}

async function station(root: HTMLElement): Promise<void> {
  // Without a server it is read at once: it comes beside the board, and not after it.
  const door = import('./io/plan-door.ts').then(({ fetchPlan }) => fetchPlan())
  door.catch(() => {})
  const [{ createStation }, { mountStation }, { staffPorts }] = await Promise.all([
    import('./state/station.ts'),
    import('./ui/station/station.tsx'),
    import('./io/staff-ports.ts'),
  ])
  await mountStation(createStation(staffPorts()), root)
}

async function admin(root: HTMLElement): Promise<void> {
  const [{ createAdmin }, { mountAdmin }, { staffPorts }] = await Promise.all([
    import('./state/admin.ts'),
    import('./ui/admin/admin.tsx'),
    import('./io/staff-ports.ts'),
  ])
  mountAdmin(createAdmin(staffPorts()), root)
}

async function join(root: HTMLElement): Promise<void> {
  const [{ createGuest }, { mountJoin }, { guestPorts }] = await Promise.all([
    import('./state/guest.ts'),
    import('./ui/join/join.tsx'),
    import('./io/guest-ports.ts'),
  ])
  await mountJoin(createGuest(guestPorts()), root)
}

async function visit(root: HTMLElement): Promise<void> {
  const [{ createVisit }, { mountVisit }, { visitPorts }] = await Promise.all([
    import('./state/visit.ts'),
    import('./ui/visit/visit.tsx'),
    import('./io/visit-ports.ts'),
  ])
  await mountVisit(createVisit(visitPorts()), root)
}

async function family(root: HTMLElement): Promise<void> {
  const [{ createFamilyVisit }, { mountFamily }, { familyPorts }] = await Promise.all([
    import('./state/family.ts'),
    import('./ui/family/family.tsx'),
    import('./io/family-ports.ts'),
  ])
  await mountFamily(createFamilyVisit(familyPorts()), root)
}

/** `/` is where an installed app starts: a tablet that has a bed is a bed. */
async function isBed(): Promise<boolean> {
  if (location.pathname !== '/') return location.pathname.startsWith('/bed')
  return (await browserDevice.identity().catch(() => null)) !== null || (await browserDevice.past()) !== null
}

const screens = [
  ['/admin', admin],
  ['/join', join],
  ['/visit', visit],
  ['/family', family],
] as const

const root = document.getElementById('app')
if (root) {
  isBed()
    .catch(() => false)
    .then((yes) =>
      (yes ? bed : (screens.find(([path]) => location.pathname.startsWith(path))?.[1] ?? station))(root),
    )
    .catch(async () => {
      const { sayNoStore } = await import('./ui/no-store.ts')
      await sayNoStore(root, navigator.languages)
    })
}
