/** What the server is held against: bare `ws` that parses, looks up, stamps and sends, and acknowledges nothing. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { answerQuestions } from './child.ts'

const sockets = new WebSocketServer({
  noServer: true,
  perMessageDeflate: false,
  maxPayload: 65_536,
  clientTracking: false,
})
const ends = new Map<string, WebSocket>()
const server = createServer()

server.on('upgrade', (request, stream, head) => {
  sockets.handleUpgrade(request, stream, head, (socket) => {
    const id = request.url?.slice(1) ?? ''
    ends.set(id, socket)
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString())
      const to = ends.get(message.to)
      message.from = id
      to?.send(JSON.stringify(message))
    })
    socket.on('close', () => ends.delete(id))
    socket.on('error', () => {})
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  answerQuestions({ origin: `http://127.0.0.1:${port}`, staff: [], beds: [] })
})
