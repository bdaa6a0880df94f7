/** Whether letters and text messages go to outpatients, by which servers, and in whose name. */
import * as v from 'valibot'
import { StartError } from './start-error.ts'

export type SmsConfig = { readonly url: string; readonly key: string }

export type MailConfig = {
  readonly host: string
  readonly port: number
  /** As whom this server speaks there; in no log, and told to nobody. Null: as nobody. */
  readonly login: { readonly user: string; readonly pass: string } | null
  /** `at once`: from the first byte. `required`: by STARTTLS, or not at all. `offered`: by STARTTLS where there is one. */
  readonly tls: 'at once' | 'required' | 'offered'
  /** What never leaves this machine needs no certificate that others believe. */
  readonly isHere: boolean
  /** `name` null: the ward's. */
  readonly from: { readonly name: string | null; readonly address: string }
  /** Null: no text messages. */
  readonly sms: SmsConfig | null
}

const here = ['localhost', '127.0.0.1', '[::1]']
const usualPort = { 'smtp:': 587, 'smtps:': 465 } as const

/** No blanks, brackets or lists, so that an address cannot become two, or a line of its own. */
export const address = v.pipe(
  v.string(),
  v.maxLength(254),
  v.regex(/^[^\s\p{Cc}@<>()[\]\\,;:"]{1,64}@[^\s\p{Cc}@<>()[\]\\,;:"]+$/u),
)

function isSmtp(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.hostname === '' || url.search !== '' || url.hash !== '') return false
  if (!/^\/?$/.test(url.pathname) || (url.username === '') !== (url.password === '')) return false
  return Object.hasOwn(usualPort, url.protocol) && isDecodable(url.username + url.password)
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

function isWebhook(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && here.includes(url.hostname))
}

/** `Ward 4 <ward4@hospital.example>`, or the address alone. */
const sender = v.pipe(
  v.string(),
  v.regex(/^(?:[^\p{Cc}<>]{0,100}<[^<>]+>|[^<>\s]+)$/u),
  v.transform((text) => {
    const [, name = '', inside] = /^([^<]*)<([^>]+)>$/.exec(text) ?? []
    const plain = name.replaceAll('"', '').trim()
    return { name: plain === '' ? null : plain, address: inside ?? text }
  }),
  v.object({ name: v.nullable(v.string()), address }),
)

export const mailVariables = {
  BEDSIDE_SMTP_URL: v.config(v.optional(v.pipe(v.string(), v.check(isSmtp))), {
    message:
      'smtp://USER:PASSWORD@HOST:PORT or smtps://…, with user and password or without both, and nothing after it',
  }),
  BEDSIDE_MAIL_FROM: v.config(v.optional(sender), {
    message: 'an address such as visits@hospital.example, or Ward 4 <visits@hospital.example>',
  }),
  BEDSIDE_SMS_URL: v.config(v.optional(v.pipe(v.string(), v.check(isWebhook))), {
    message: 'an https address without a password in it, or an http one on this machine',
  }),
  BEDSIDE_SMS_KEY: v.config(v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{8,500}$/))), {
    message: 'eight to 500 characters without blanks',
  }),
}

const schema = v.object(mailVariables)
type Chosen = v.InferOutput<typeof schema>

/** Null: nobody is written to. Throws a StartError when only half of it is named. */
export function readMail(chosen: Chosen, production: boolean): MailConfig | null {
  const { BEDSIDE_SMTP_URL: smtp, BEDSIDE_MAIL_FROM: from } = chosen
  const sms = readSms(chosen)
  if (smtp === undefined) {
    if (from !== undefined) throw new StartError('BEDSIDE_MAIL_FROM is set but BEDSIDE_SMTP_URL is not.')
    if (sms !== null) throw new StartError('BEDSIDE_SMS_URL is set but BEDSIDE_SMTP_URL is not.')
    return null
  }
  if (from === undefined) throw new StartError('BEDSIDE_SMTP_URL is set but BEDSIDE_MAIL_FROM is not.')
  return { ...readServer(new URL(smtp), production), from, sms }
}

function readServer(url: URL, production: boolean): Omit<MailConfig, 'from' | 'sms'> {
  const isHere = here.includes(url.hostname)
  const isTls = url.protocol === 'smtps:'
  const [user, pass] = [url.username, url.password].map(decodeURIComponent)
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? usualPort[isTls ? 'smtps:' : 'smtp:'] : Number(url.port),
    login: user && pass ? { user, pass } : null,
    tls: isTls ? 'at once' : production && !isHere ? 'required' : 'offered',
    isHere,
  }
}

function readSms({ BEDSIDE_SMS_URL: url, BEDSIDE_SMS_KEY: key }: Chosen): SmsConfig | null {
  if (url === undefined && key === undefined) return null
  if (url === undefined) throw new StartError('BEDSIDE_SMS_KEY is set but BEDSIDE_SMS_URL is not.')
  if (key === undefined) throw new StartError('BEDSIDE_SMS_URL is set but BEDSIDE_SMS_KEY is not.')
  return { url, key }
}
