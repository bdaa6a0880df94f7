/** A station and a bed without a browser: signs in, enrols, keeps the numbered conversation, and waits for answers. */
import { randomUUID, webcrypto } from 'node:crypto'
import * as v from 'valibot'
import { enrolAnswer } from '../../src/protocol/http.ts'
import { protocolVersion } from '../../src/protocol/primitives.ts'
import {
  type ClientMessage,
  challengeText,
  type Hello,
  type ServerFrame,
  type ServerMessage,
} from '../../src/protocol/wire.ts'
import { openWire, type Wire } from './wire.ts'

export type Said<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>
/** `counter` is what the tablet keeps beside its key; a copy of a tablet is a copy of this. */
export type Tablet = { deviceId: string; bedId: string; keys: CryptoKeyPair; counter: number }
/** How an endpoint comes back: with what it holds of its session, and the calls it is in. */
export type Return = {
  readonly resume?: Hello['resume']
  readonly claims?: Hello['claims']
  readonly tabId?: string
  /** The address it comes from; see `openWire`. */
  readonly from?: string
  readonly history?: { readonly sent: number; readonly received: number }
}

export const fresh = { sent: 0, received: 0 }

type CryptoKeyPair = webcrypto.CryptoKeyPair

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }

export async function post(
  origin: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', 'x-bedside': '1', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** What a refused request answers. */
export async function refusalOf(answer: Response): Promise<unknown> {
  const body: unknown = await answer.json()
  return { status: answer.status, body }
}

export function codeOf(url: string): string {
  const fragment = new URLSearchParams(new URL(url).hash.slice(1))
  return fragment.get('signin') ?? fragment.get('enrol') ?? ''
}

/** Uses a sign-in link; the answer is the cookie to come back with. */
export async function signIn(origin: string, url: string): Promise<string> {
  const answer = await post(origin, '/api/sign-in', { code: codeOf(url) })
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

export async function makeKeys(): Promise<{ keys: CryptoKeyPair; publicKey: string }> {
  const keys = await webcrypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const spki = await webcrypto.subtle.exportKey('spki', keys.publicKey)
  return { keys, publicKey: Buffer.from(spki).toString('base64url') }
}

/** Uses an enrolment link. */
export async function enrol(origin: string, url: string): Promise<Tablet> {
  const { keys, publicKey } = await makeKeys()
  const answer = await post(origin, '/api/enrol', { code: codeOf(url), publicKey })
  if (!answer.ok) throw new Error(`enrolling answered ${answer.status}`)
  const { deviceId, bed } = v.parse(enrolAnswer, await answer.json())
  return { deviceId, bedId: bed.bedId, keys, counter: 0 }
}

/** The rest of a wire's life after its hello: numbers what it says and remembers what it hears. */
export type Client = Awaited<ReturnType<typeof converse>>

export async function converse(wire: Wire, hello: Hello, history: { sent: number; received: number }) {
  wire.send(JSON.stringify(hello))
  const welcome = await wire.welcome()
  const messages: ServerMessage[] = []
  const ofPlan: ServerMessage[] = []
  const openRequests: ServerMessage[] = []
  let { sent, received } = welcome.resumed ? history : { sent: 0, received: 0 }
  let acked = 0
  let pings = 0
  let pongs = 0

  /** The plan, and what is open, are told beside everything else, and most tests are about everything else. */
  function listFor(type: ServerMessage['type']): ServerMessage[] {
    if (type === 'request.list') return openRequests
    return type === 'plan.news' || type === 'plan.yours' ? ofPlan : messages
  }

  function take(frame: ServerFrame): void {
    if ('seq' in frame && frame.seq > received) {
      if (frame.seq !== received + 1) throw new Error('the server left a number out')
      received = frame.seq
      listFor(frame.message.type).push(frame.message)
    }
    if ('ack' in frame) acked = frame.ack
    if ('type' in frame && frame.type === 'pong') pongs += 1
  }

  /** Takes in what has come since the last look; nothing is lost between two looks. */
  function takeAll(): void {
    for (const frame of wire.frames.splice(0)) take(frame)
  }

  async function roundTrip(): Promise<void> {
    pings += 1
    const mine = pings
    wire.send(JSON.stringify({ type: 'ping', ack: received }))
    await wire.until('pong', () => {
      takeAll()
      return pongs >= mine || undefined
    })
  }

  return {
    wire,
    welcome,
    closed: wire.closed,
    /** Everything numbered that was heard and not taken out by `hear`, in order; of the plan see `heardOfPlan`. */
    heard(): ServerMessage[] {
      takeAll()
      return messages
    },
    /** The same of the plan alone: it is told beside everything else. */
    heardOfPlan(): ServerMessage[] {
      takeAll()
      return ofPlan
    },
    /** How many of our messages have been done and are durable. */
    acked(): number {
      takeAll()
      return acked
    },
    /** Where this conversation stands, for a later `resume`. */
    history() {
      takeAll()
      return { sent, received }
    },
    say(message: ClientMessage): void {
      takeAll()
      sent += 1
      wire.send(JSON.stringify({ seq: sent, ack: received, message }))
    },
    /** Says it with numbers of one's own choosing. */
    sayAs(seq: number, message: ClientMessage, ack = received): void {
      wire.send(JSON.stringify({ seq, ack, message }))
    },
    /** Waits for the first message of a type (that fits) and takes it out of `heard`. */
    async hear<T extends ServerMessage['type']>(
      type: T,
      fits: (message: Said<T>) => boolean = () => true,
    ): Promise<Said<T>> {
      return await wire.until(type, () => {
        takeAll()
        const list = listFor(type)
        const index = list.findIndex((message) => message.type === type && fits(message as Said<T>))
        return index < 0 ? undefined : (list.splice(index, 1)[0] as Said<T>)
      })
    },
    /** Resolves when the server has done all that we said, and all that it had to say to us until then is here. */
    async settled(): Promise<void> {
      do await roundTrip()
      while (acked < sent)
    },
    /** Cuts the connection as a dead network does, without a word. */
    async cut(): Promise<void> {
      wire.socket.terminate()
      await wire.closed
    },
  }
}

/** A station's tab; `cookie` is what signing in gave. */
export async function openStation(
  origin: string,
  cookie: string,
  { resume = null, claims = [], tabId = randomUUID(), history = fresh, from }: Return = {},
): Promise<Client> {
  const wire = openWire(origin, { cookie }, from)
  await wire.nonce()
  const hello: Hello = { type: 'hello', version: protocolVersion, client: 'station', tabId, resume, claims }
  return await converse(wire, hello, history)
}

/** The hello of an enrolled tablet, signed for this challenge. */
export async function bedHello(
  origin: string,
  { deviceId, keys, counter }: Tablet,
  nonce: string,
  { resume = null, claims = [] }: Return = {},
): Promise<Hello> {
  const text = Buffer.from(challengeText(origin, deviceId, nonce, counter))
  const signed = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, text)
  return {
    type: 'hello',
    version: protocolVersion,
    client: 'bed',
    deviceId,
    signature: Buffer.from(signed).toString('base64url'),
    counter,
    report: { sound: 'on', knock: false, privacyUntilMs: null, cleanEpoch: null },
    resume,
    claims,
  }
}

/** A tablet at its bed. */
export async function openBed(origin: string, tablet: Tablet, back: Return = {}): Promise<Client> {
  const wire = openWire(origin)
  const nonce = await wire.nonce()
  const client = await converse(wire, await bedHello(origin, tablet, nonce, back), back.history ?? fresh)
  tablet.counter = client.welcome.counter ?? tablet.counter
  return client
}
