/** The server with another build of the app than the one that is there; which, TEST_APP says. */
import { readConfig } from '../../src/server/config.ts'
import { startServer } from '../../src/server/server.ts'

await startServer({
  config: readConfig(process.env, []),
  appFolder: process.env.TEST_APP ?? '',
  onFault(error) {
    throw error
  },
})
