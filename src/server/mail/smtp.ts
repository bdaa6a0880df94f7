/** Hands one letter to the hospital's mail server (RFC 5321), and says what became of it. */
import nodemailer, { type SendMailOptions } from 'nodemailer'
import type { MailConfig } from '../config-mail.ts'
import { inOneLine, type Outcome } from './outcome.ts'

const connectMs = 10_000
const silentMs = 60_000

export type Smtp = (message: SendMailOptions, stopping: AbortSignal) => Promise<Outcome>

/** `name`: as whom this server greets; the machine's own name is nobody's business. */
export function createSmtp(config: MailConfig, name: string): Smtp {
  const { host, port, login, tls, isHere } = config
  const transport = nodemailer.createTransport({
    ...{ host, port, name },
    secure: tls === 'at once',
    requireTLS: tls === 'required',
    tls: { rejectUnauthorized: !isHere },
    ...(login === null ? {} : { auth: login }),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silentMs,
  })
  return async (message, signal) => {
    try {
      await transport.sendMail({ ...message, signal })
      return { type: 'sent' }
    } catch (error) {
      return outcomeOf(error)
    }
  }
}

/** What was said about an address or a letter; the rest is about the way, and says nothing of this one. */
const aboutLetter = ['EENVELOPE', 'EMESSAGE']

function outcomeOf(error: unknown): Outcome {
  const { code, status, words } = readError(error)
  const problem = inOneLine(words)
  const said = status === null ? code : `${code} ${status}`
  // 421 closes the connection (RFC 5321 §3.8), whatever it was an answer to.
  if (!aboutLetter.includes(code) || status === 421)
    return { type: 'later', whose: 'way', problem, code: said }
  if (status !== null && status < 500) return { type: 'later', whose: 'letter', problem, code: said }
  return { type: 'refused', problem, code: said }
}

/** `words`: the server's own, where it said any. */
function readError(error: unknown) {
  if (!(error instanceof Error)) return { code: 'unknown', status: null, words: 'unknown' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null
  const words = 'response' in error && typeof error.response === 'string' ? error.response : error.message
  return { code, status, words }
}
