/** What the sync is held against: plain `node:http` that answers every request with bytes it was given once. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerQuestions } from './child.ts'

let prepared = Buffer.alloc(0)

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    if (request.url === '/prepare') prepared = Buffer.concat(parts)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': prepared.length })
    response.end(request.url === '/prepare' ? '' : prepared)
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  answerQuestions({ origin: `http://127.0.0.1:${port}`, staff: [], beds: [] })
})
