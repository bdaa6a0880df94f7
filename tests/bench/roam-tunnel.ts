/** The server's port at this namespace's localhost: whatever comes goes to the same port of another address, and back. */
import { connect, createServer } from 'node:net'

const [host = '', port = ''] = process.argv.slice(2)
createServer((near) => {
  const far = connect(Number(port), host)
  near.pipe(far).pipe(near)
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on('error', () => {})
    one.on('close', () => other.destroy())
  }
}).listen(Number(port), '127.0.0.1', () => console.log('open'))
