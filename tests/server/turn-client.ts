/** Asks a relay for an allocation as a browser would (TURN, RFC 8656 §7; STUN, RFC 8489), and says what it answered. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'

const allocate = 0x0003
const allocated = 0x0103
const magic = 0x2112a442
const attribute = { username: 0x0006, integrity: 0x0008, error: 0x0009, realm: 0x0014, nonce: 0x0015 }
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

function encode(attributes: [number, Buffer][], key: Buffer | null): Buffer {
  const body = Buffer.concat(attributes.map(([type, value]) => encodeAttribute(type, value)))
  const head = Buffer.alloc(20)
  head.writeUInt16BE(allocate, 0)
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

/** Sends until it is answered: the relay may still be starting, and UDP may be lost. */
function exchange(socket: Socket, port: number, message: Buffer): Promise<Message> {
  return new Promise((resolve) => {
    const send = () => socket.send(message, port, '127.0.0.1')
    const again = setInterval(send, 50)
    socket.once('message', (text) => {
      clearInterval(again)
      resolve(decode(text))
    })
    send()
  })
}

/** `allocated`, or the error's number (401: the credentials are not good, or not any more). */
export async function askRelay(
  port: number,
  username: string,
  credential: string,
): Promise<'allocated' | number> {
  const socket = createSocket('udp4')
  // A closed port answers by ICMP while the relay is starting.
  socket.on('error', () => {})
  try {
    const challenge = await exchange(socket, port, encode([[transport, udp]], null))
    const realm = challenge.attributes.get(attribute.realm) ?? Buffer.alloc(0)
    const nonce = challenge.attributes.get(attribute.nonce) ?? Buffer.alloc(0)
    const key = createHash('md5').update(`${username}:${realm}:${credential}`).digest()
    const said: [number, Buffer][] = [
      [transport, udp],
      [attribute.username, Buffer.from(username)],
      [attribute.realm, realm],
      [attribute.nonce, nonce],
    ]
    const { type, attributes } = await exchange(socket, port, encode(said, key))
    if (type === allocated) return 'allocated'
    const error = attributes.get(attribute.error) ?? Buffer.alloc(4)
    return (error[2] ?? 0) * 100 + (error[3] ?? 0)
  } finally {
    socket.close()
  }
}
