/** Which modules come in one file: a screen that starts on a slow tablet pays for each file that it asks for. */

/** What the bundler knows of a module. */
type Known = { readonly importedIds: readonly string[]; readonly dynamicallyImportedIds: readonly string[] }
type Graph = { getModuleInfo(id: string): Known | null }

const starts = {
  bed: ['/src/main.tsx', '/src/state/bed.ts', '/src/ui/bed/bed.tsx', '/src/io/tablet-settings.ts'],
  station: [
    '/src/main.tsx',
    '/src/state/station.ts',
    '/src/ui/station/station.tsx',
    '/src/io/staff-ports.ts',
  ],
  join: ['/src/main.tsx', '/src/state/guest.ts', '/src/ui/join/join.tsx', '/src/io/guest-ports.ts'],
  visit: ['/src/main.tsx', '/src/state/visit.ts', '/src/ui/visit/visit.tsx', '/src/io/visit-ports.ts'],
  family: ['/src/main.tsx', '/src/state/family.ts', '/src/ui/family/family.tsx', '/src/io/family-ports.ts'],
  visitTest: ['/src/state/visit-test.ts', '/src/io/device-test.ts', '/src/ui/visit/test.tsx'],
  plan: ['/src/io/plan-door.ts', '/src/io/plan.ts', '/src/ui/plan/index.ts'],
  scan: ['/src/io/scan/io.ts', '/src/state/scan-viewer.ts', '/src/ui/scan/index.ts'],
  share: ['/src/ui/scan-share/index.ts'],
} as const

/** What nobody needs who looks at no scan. */
export const isScan = (id: string): boolean =>
  /\/src\/(core|io|ui)\/scan\/|\/node_modules\/(dicom-parser|fflate|pdfjs-dist|@cornerstonejs)\//.test(id)

/** And the state that goes with it. */
export const isOfScans = (id: string): boolean =>
  isScan(id) || /\/src\/(state\/scan-|ui\/words-scan|ui\/texts\/scan)/.test(id)

/** All that these modules pull in; `ever`: also what they ask for at run time. */
function reach(graph: Graph, from: readonly string[], when: 'now' | 'ever'): Set<string> {
  const found = new Set(from)
  for (const id of found) {
    const known = graph.getModuleInfo(id)
    for (const next of known?.importedIds ?? []) found.add(next)
    for (const next of when === 'ever' ? (known?.dynamicallyImportedIds ?? []) : []) found.add(next)
  }
  return found
}

/**
 * What both the bed's and the station's start need is one file; so is what only the station's start needs, what it has in
 * common with a bed that is called or with the pages of guests and outpatients, and what the plan and its screens add to it; and what shows a
 * scan, which nobody starts with. Nothing that the bed may ever load, or one of those at the start, is put beside something that
 * they do not need.
 */
export function chunksByStart(home: string) {
  let groups: { name: string; has(id: string): boolean }[] | null = null

  function read(graph: Graph) {
    const paths = (ends: readonly string[]) => ends.map((end) => home + end)
    const now = (start: keyof typeof starts) => reach(graph, paths(starts[start]), 'now')
    const [bed, station, plan] = [now('bed'), now('station'), now('plan')]
    const [join, visit, family] = [now('join'), now('visit'), now('family')]
    const outside = new Set([...join, ...visit, ...family])
    const ever = reach(graph, paths(starts.bed).slice(1), 'ever')
    const atStation = reach(graph, paths(starts.station).slice(1), 'ever')
    const isPlan = (id: string) => plan.has(id) && !station.has(id) && !ever.has(id) && !outside.has(id)
    const [scan, share] = [reach(graph, paths(starts.scan), 'now'), reach(graph, paths(starts.share), 'now')]
    const isScanPart = (id: string) => scan.has(id) && isOfScans(id) && !isStart(id)
    const isStart = (id: string) => bed.has(id) || station.has(id) || outside.has(id)
    const test = reach(graph, paths(starts.visitTest), 'now')
    const isVisitTest = (id: string) => test.has(id) && !isStart(id) && !ever.has(id) && !atStation.has(id)
    const isGuests = (id: string) => join.has(id) && visit.has(id)
    const isAtHome = (id: string) => family.has(id) && !visit.has(id)
    const isOutside = (id: string) => !bed.has(id) && !ever.has(id) && !atStation.has(id)
    const isScreen = (id: string) => id.startsWith(`${home}/src/ui/`)
    return [
      // First, since all of the others may load it one day.
      // What every call fetches, in case something is shown in it, does not bring the viewer with it.
      { name: 'scan-view', has: (id: string) => isScanPart(id) && share.has(id) },
      { name: 'scan', has: isScanPart },
      { name: 'both', has: (id: string) => bed.has(id) && station.has(id) },
      { name: 'bed', has: (id: string) => bed.has(id) && !atStation.has(id) && !outside.has(id) },
      { name: 'called', has: (id: string) => station.has(id) && ever.has(id) },
      { name: 'staff-and-guests', has: (id: string) => station.has(id) && outside.has(id) },
      { name: 'station', has: (id: string) => station.has(id) && !ever.has(id) && !outside.has(id) },
      // Whoever comes from outside, on a telephone, pays for each file with a way there and back.
      { name: 'bed-and-guests', has: (id: string) => isGuests(id) && bed.has(id) },
      { name: 'called-and-guests', has: (id: string) => isGuests(id) && ever.has(id) },
      { name: 'later-and-guests', has: (id: string) => isGuests(id) && atStation.has(id) },
      { name: 'guests', has: isGuests },
      { name: 'visit', has: (id: string) => visit.has(id) && isOutside(id) },
      { name: 'join-and-family', has: (id: string) => join.has(id) && isAtHome(id) && isOutside(id) },
      { name: 'family', has: (id: string) => isAtHome(id) && isOutside(id) },
      { name: 'join', has: (id: string) => join.has(id) && isOutside(id) },
      { name: 'visit-test', has: isVisitTest },
      { name: 'plan-screens', has: (id: string) => isPlan(id) && isScreen(id) },
      { name: 'plan', has: isPlan },
      { name: 'plan-and-bed', has: (id: string) => plan.has(id) && !isStart(id) },
    ]
  }

  function name(id: string, graph: Graph): string | null {
    groups ??= read(graph)
    // What is only asked for by name stands alone: rolldown loses the names of one that is put among others.
    if (id.endsWith(starts.bed[0]) || id.endsWith(starts.scan[2])) return null
    return groups.find(({ has }) => has(id))?.name ?? null
  }

  return { includeDependenciesRecursively: false, groups: [{ name, debugName: 'by start' }] }
}
