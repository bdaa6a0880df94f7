/** The real server on a port and a folder of its own, without its limits, which a bench would only hit. */
import { readConfig } from '../../src/server/config.ts'
import { startServer } from '../../src/server/server.ts'
import { answerQuestions } from './child.ts'

const many = { perSecond: 1e9, burst: 1e9 }

const server = await startServer({
  config: readConfig(
    { BEDSIDE_PORT: '0', BEDSIDE_DEMO_PLAN: 'none', BEDSIDE_DATA: process.argv[2] ?? '' },
    [],
  ),
  limits: {
    framesPerSecond: 1e9,
    burstFrames: 1e9,
    askedByAddress: many,
    askedByPerson: many,
    openedByAddress: many,
    rings: many,
    socketsOfAddress: 1e6,
    socketsOfParty: 1e6,
    greetersOfAddress: 1e6,
    greeters: 1e6,
    connectionsOfAddress: 1e6,
  },
  onFault(error) {
    throw error
  },
})
answerQuestions({ origin: server.origin, staff: server.links?.staff ?? [], beds: server.links?.beds ?? [] })
