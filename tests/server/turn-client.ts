/** Asks a relay for a place and for peers as a browser would (TURN, RFC 8656 §7, §10; STUN, RFC 8489), and says what it answered. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect } from 'node:tls'

const allocate = 0x0003
const permit = 0x0008
/** What the answer to a request is called when it was granted. */
const granted = 0x0100
const magic = 0x2112a442
const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  peer: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
}
const transport = 0x0019
const udp = Buffer.from([17, 0, 0, 0])

type Attributes = ReadonlyMap<number, Buffer>
type Message = { readonly type: number; readonly attributes: Attributes }

function encodeAttribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}

function encode(request: number, attributes: [number, Buffer][], key: Buffer | null): Buffer {
  const body = Buffer.concat(attributes.map(([type, value]) => encodeAttribute(type, value)))
  const head = Buffer.alloc(20)
  head.writeUInt16BE(request, 0)
  head.writeUInt16BE(body.length + (key ? 24 : 0), 2)
  head.writeUInt32BE(magic, 4)
  randomBytes(12).copy(head, 8)
  const text = Buffer.concat([head, body])
  if (!key) return text
  return Buffer.concat([
    text,
    encodeAttribute(attribute.integrity, createHmac('sha1', key).update(text).digest()),
  ])
}

function decode(text: Buffer): Message {
  const attributes = new Map<number, Buffer>()
  for (let at = 20; at + 4 <= text.length; ) {
    const length = text.readUInt16BE(at + 2)
    attributes.set(text.readUInt16BE(at), text.subarray(at + 4, at + 4 + length))
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  return { type: text.readUInt16BE(0), attributes }
}

/** A way to a relay; each answer to the message before. */
type Way = { ask(message: Buffer): Promise<Message>; close(): void }

/** Sends until it is answered: the relay may still be starting, and UDP may be lost. */
function byUdp(port: number): Way {
  const socket = createSocket('udp4')
  // A closed port answers by ICMP while the relay is starting.
  socket.on('error', () => {})
  return {
    ask: (message) =>
      new Promise((resolve) => {
        const send = () => socket.send(message, port, '127.0.0.1')
        const again = setInterval(send, 50)
        socket.once('message', (text) => {
          clearInterval(again)
          resolve(decode(text))
        })
        send()
      }),
    close: () => socket.close(),
  }
}

/** The relay listens already; what it shows for itself is not looked at here. */
async function byTls(port: number): Promise<Way> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
  return {
    ask: (message) =>
      new Promise((resolve) => {
        socket.once('data', (text) => resolve(decode(Buffer.from(text))))
        socket.write(message)
      }),
    close: () => void socket.destroy(),
  }
}

/** XOR-MAPPED-ADDRESS of an IPv4 address, any port (RFC 8489 §14.2). */
function peerOf(address: string): Buffer {
  const value = Buffer.alloc(8)
  value.writeUInt16BE(1, 0)
  value.writeUInt16BE(9 ^ (magic >>> 16), 2)
  const bytes = Buffer.from(address.split('.').map(Number))
  value.writeUInt32BE((bytes.readUInt32BE(0) ^ magic) >>> 0, 4)
  return value
}

function errorOf({ attributes }: Message): number {
  const error = attributes.get(attribute.error) ?? Buffer.alloc(4)
  return (error[2] ?? 0) * 100 + (error[3] ?? 0)
}

export type Answer = 'granted' | number

/** For a place and then for each of these peers: granted, or the error's number (RFC 8656 §18). */
export async function askRelay(
  port: number,
  username: string,
  credential: string,
  { peers = [], over = 'udp' }: { peers?: readonly string[]; over?: 'udp' | 'tls' } = {},
): Promise<{ place: Answer; peers: Answer[] }> {
  const way = over === 'udp' ? byUdp(port) : await byTls(port)
  try {
    const challenge = await way.ask(encode(allocate, [[transport, udp]], null))
    const realm = challenge.attributes.get(attribute.realm) ?? Buffer.alloc(0)
    const nonce = challenge.attributes.get(attribute.nonce) ?? Buffer.alloc(0)
    const key = createHash('md5').update(`${username}:${realm}:${credential}`).digest()
    const ask = async (request: number, about: [number, Buffer]): Promise<Answer> => {
      const said: [number, Buffer][] = [
        about,
        [attribute.username, Buffer.from(username)],
        [attribute.realm, realm],
        [attribute.nonce, nonce],
      ]
      const answer = await way.ask(encode(request, said, key))
      return answer.type === (request | granted) ? 'granted' : errorOf(answer)
    }
    const place = await ask(allocate, [transport, udp])
    const answers: Answer[] = []
    for (const peer of peers) answers.push(await ask(permit, [attribute.peer, peerOf(peer)]))
    return { place, peers: answers }
  } finally {
    way.close()
  }
}
