/** Before the first test: the server's modules, compiled; a server that is killed never gets to keep them. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { compiledFolder } from './server.ts'

export default function compile(): void {
  const server = fileURLToPath(new URL('../../src/server/server.ts', import.meta.url))
  spawnSync(process.execPath, ['--eval', 'import(process.argv[1]).then(() => process.exit())', server], {
    env: { ...process.env, NODE_COMPILE_CACHE: compiledFolder },
    stdio: 'inherit',
  })
}
