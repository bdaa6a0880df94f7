/** The real server on a port and a folder of its own, without its rate limit, which a bench would only hit. */
import { readConfig } from '../../src/server/config.ts'
import { startServer } from '../../src/server/server.ts'
import { answerQuestions } from './child.ts'

const server = await startServer({
  config: readConfig({ BEDSIDE_PORT: '0', BEDSIDE_DATA: process.argv[2] ?? '' }, []),
  limits: { framesPerSecond: 1e9, burstFrames: 1e9 },
  onFault(error) {
    throw error
  },
})
answerQuestions({ origin: server.origin, staff: server.links?.staff ?? [], beds: server.links?.beds ?? [] })
