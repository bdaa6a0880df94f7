/** The command line: reads the configuration, starts the server, says where it is, and stops it on a signal. */
import { readConfig } from './config.ts'
import { readHazards, unbuiltControls } from './hazard-log.ts'
import { type RunningServer, startServer } from './server.ts'
import { StartError } from './start-error.ts'

/** What a person at the terminal needs, at a glance. */
function describe({ origin, ward, links }: RunningServer, dataFolder: string): string {
  if (!links) return describeProduction(origin)
  const line = (name: string, url: string) => `  ${name.padEnd(22)}${url}`
  return [
    '',
    `Bedside, demo ward "${ward}", is open at ${origin}`,
    '',
    'Sign in at a station (each link works once):',
    ...links.staff.map(({ name, role, url }) => line(`${name}, ${role}`, url)),
    '',
    "Make a device a bed's tablet (each link works once; a tablet stays enrolled):",
    ...links.beds.map(({ label, url }) => line(`Bed ${label}`, url)),
    '',
    `The same links are in ${dataFolder}/demo.json; each start makes new ones.`,
    'This demo vouches for its devices itself: root and administrator keys are in the same folder.',
    'Stop it with Ctrl+C.',
    '',
    '',
  ].join('\n')
}

/** Whoever serves patients is told at every start which controls of the hazard log they do not have. */
function describeProduction(origin: string): string {
  return [
    'Controls of the hazard log (docs/hazards.md) that are not built:',
    ...unbuiltControls(readHazards()).map((line) => `  ${line}`),
    `Bedside is open at ${origin}`,
    'Stop it with Ctrl+C.',
    '',
  ].join('\n')
}

function describeMetrics({ metricsPort }: RunningServer): string {
  return metricsPort === null ? '' : `Metrics are at http://127.0.0.1:${metricsPort}/metrics\n`
}

/** A bug or a full disk: end, so that a restart goes on from what is recorded. */
function fail(error: unknown): never {
  console.error(error)
  process.exit(1)
}

/** One Ctrl+C arrives twice, from the terminal and from npm; what comes later than that is impatience. */
const echoMs = 300

function stopOnSignals(server: RunningServer): void {
  let stoppingSinceMs: number | null = null
  const stop = () => {
    if (stoppingSinceMs === null) {
      stoppingSinceMs = performance.now()
      server.close().then(() => process.exit(0), fail)
    } else if (performance.now() - stoppingSinceMs > echoMs) process.exit(1)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

try {
  const config = readConfig(process.env, process.argv.slice(2))
  const server = await startServer({ config, onFault: fail })
  process.stdout.write(describe(server, config.dataFolder) + describeMetrics(server))
  stopOnSignals(server)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  for (const line of error.lines) console.error(line)
  process.exit(1)
}
