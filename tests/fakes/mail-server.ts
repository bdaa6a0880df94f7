/** A real mail server (by nodemailer's people) on loopback that keeps what it was sent, read by a reader of its own. */
import type { AddressInfo } from 'node:net'
import { type AttachmentCommon, type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type Delivered = {
  readonly from: string
  readonly to: readonly string[]
  /** As it came. */
  readonly raw: string
  readonly mail: ParsedMail
  /** The calendar that stands beside the text, and its method; null: none. */
  readonly calendar: { readonly method: string; readonly text: string } | null
  readonly isEncrypted: boolean
}

/** What is answered to the next letters, one each, at RCPT or after the data; `cut`: nothing, though it was taken. */
export type Answer = { readonly at: 'rcpt' | 'data'; readonly code: number; readonly words: string } | 'cut'

export type MailServer = Awaited<ReturnType<typeof openMailServer>>

export async function openMailServer(options: SMTPServerOptions = {}, port = 0) {
  const delivered: Delivered[] = []
  const answers: Answer[] = []
  const names: string[] = []

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    onRcptTo(_address, _session, done) {
      const [answer] = answers
      if (answer === undefined || answer === 'cut' || answer.at !== 'rcpt') return done()
      answers.shift()
      done(refusal(answer))
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', async () => {
        const answer = answers.shift()
        if (answer !== undefined && answer !== 'cut') return done(refusal(answer))
        const raw = Buffer.concat(parts)
        names.push(session.hostNameAppearsAs)
        delivered.push({
          from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: raw.toString('latin1'),
          mail: await simpleParser(raw),
          calendar: await calendarIn(raw),
          isEncrypted: session.secure,
        })
        if (answer === 'cut') for (const one of connections) one.destroy()
        else done()
      })
    },
    ...options,
  })
  const connections = new Set<{ destroy(): void }>()
  server.server.on('connection', (socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  // A client that goes is no failure of the server's.
  server.on('error', () => {})
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', () => done()))
  const { port: taken } = server.server.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${taken}`,
    port: taken,
    delivered,
    answers,
    names,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        for (const one of connections) one.destroy()
      }),
  }
}

function refusal({ code, words }: Exclude<Answer, 'cut'>): Error {
  return Object.assign(new Error(words), { responseCode: code })
}

/** mailparser takes a calendar beside the text for an attachment, with its method in the head of the part. */
async function calendarIn(raw: Buffer): Promise<Delivered['calendar']> {
  const { attachments } = await simpleParser(raw)
  const part = attachments.find(({ contentType }) => contentType === 'text/calendar')
  return part ? { method: methodOf(part), text: part.content.toString('utf8') } : null
}

function methodOf({ headers }: AttachmentCommon): string {
  const type = headers.get('content-type')
  return JSON.stringify(type ?? null).match(/"method":"([A-Z]+)"/)?.[1] ?? ''
}
