/** What the operator chose, from environment and flags, parsed once; every bad value is named in a line of its own. */
import { createSecureContext } from 'node:tls'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { type Language, languages } from '../core/languages.ts'
import type { Retention } from '../protocol/keeping.ts'
import { zone } from '../protocol/plan.ts'
import { isRange, loopback as loopbackProxies } from './address.ts'
import { type AdtConfig, adtVariables, readAdt } from './config-adt.ts'
import { type CopiesConfig, copiesVariables, readCopies } from './config-copies.ts'
import { type KeepConfig, keepVariables, readKeep } from './config-keep.ts'
import { type MailConfig, mailVariables, readMail } from './config-mail.ts'
import { type OidcConfig, oidcVariables, readOidc } from './config-oidc.ts'
import { type PacsConfig, pacsVariables, readPacs } from './config-pacs.ts'
import { readPem } from './config-pem.ts'
import { type PushConfig, pushVariables, readPush } from './config-push.ts'
import { readRetention, retentionVariables } from './config-retention.ts'
import { readTurn, type TurnConfig, turnVariables } from './config-turn.ts'
import { StartError } from './start-error.ts'

export type Tls = { readonly cert: Buffer; readonly key: Buffer }

export type Config = {
  readonly production: boolean
  readonly port: number
  readonly host: string
  /** On this machine alone; null: nobody reads metrics. */
  readonly metricsPort: number | null
  readonly dataFolder: string
  /** Null: `http(s)://localhost:PORT`, with the port that was really taken. */
  readonly origin: string | null
  readonly tls: Tls | null
  /** Whoever comes from here may name another address: reverse proxies. */
  readonly proxies: readonly string[]
  readonly secret: string | null
  /** Null: the ends of a call reach each other without a relay. */
  readonly turn: TurnConfig | null
  /** Multiplies every timing of a call; for tests and rehearsals. */
  readonly timeScale: number
  readonly logLevel: string
  /** Whether tablets take a new build by themselves, or when an administrator brings it to them. */
  readonly updates: 'by-hand' | 'at-once'
  /** IANA name of the time zone whose clocks hang on the ward's walls. */
  readonly zone: string
  /** What the ward speaks, where nobody said it for themselves. */
  readonly language: Language
  /** Whether somebody chose it, or it is only what this machine happens to be set to. */
  readonly zoneFrom: 'operator' | 'machine'
  /** What an outpatient is shown to ring where video fails; null: no number. */
  readonly phone: string | null
  /** Whether a demo ward with nothing planned is given a plan. */
  readonly demoPlan: 'made' | 'none'
  /** Where signed tree heads of the audit are sent, so that this machine alone cannot rewrite it; null: nowhere. */
  readonly auditCollector: string | null
  /** Null: no telephone is told of requests, and nothing leaves the hospital. */
  readonly push: PushConfig | null
  /** Null: nobody signs in through a provider here. */
  readonly oidc: OidcConfig | null
  /** Null: no scan comes from a PACS. */
  readonly pacs: PacsConfig | null
  readonly copies: CopiesConfig
  readonly keep: KeepConfig
  readonly retention: Retention
  /** Null: admissions are made by hand alone. */
  readonly adt: AdtConfig | null
  /** Null: no outpatient is written to. */
  readonly mail: MailConfig | null
}

type Environment = Readonly<Record<string, string | undefined>>

const shortestSecret = 32

const port = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65_535))
const origin = v.pipe(v.string(), v.check(isOrigin))
const proxies = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').map((range) => range.trim())),
  v.array(v.pipe(v.string(), v.check(isRange))),
)
const factor = v.pipe(v.string(), v.transform(Number), v.number(), v.minValue(0.001), v.maxValue(100))

/** Each variable with what it must be; the text completes "NAME must be …". */
const variables = v.object({
  BEDSIDE_PORT: v.config(v.optional(port, '8080'), { message: 'a port from 0 to 65535' }),
  BEDSIDE_HOST: v.optional(v.string(), 'localhost'),
  BEDSIDE_METRICS_PORT: v.config(v.optional(port), { message: 'a port from 0 to 65535' }),
  BEDSIDE_DATA: v.optional(v.string(), './data'),
  BEDSIDE_ORIGIN: v.config(v.optional(origin), {
    message: 'an exact origin such as https://bedside.example, without path or trailing slash',
  }),
  BEDSIDE_TLS_CERT: v.optional(v.string()),
  BEDSIDE_TLS_KEY: v.optional(v.string()),
  BEDSIDE_PROXIES: v.config(v.optional(proxies, loopbackProxies.join(',')), {
    message: 'addresses or networks such as 10.0.0.5,10.1.0.0/24, with commas between',
  }),
  BEDSIDE_SECRET: v.optional(v.string()),
  ...turnVariables,
  BEDSIDE_TIME_SCALE: v.config(v.optional(factor, '1'), { message: 'a number from 0.001 to 100' }),
  BEDSIDE_LOG: v.config(
    v.optional(v.picklist(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']), 'warn'),
    { message: 'trace, debug, info, warn, error, fatal or silent' },
  ),
  BEDSIDE_UPDATES: v.config(v.optional(v.picklist(['by-hand', 'at-once'])), {
    message: 'by-hand or at-once',
  }),
  BEDSIDE_ZONE: v.config(v.optional(v.pipe(v.string(), v.check(isZone))), {
    message: 'a name of the time zone database such as Europe/Helsinki',
  }),
  BEDSIDE_LANGUAGE: v.config(v.optional(v.picklist(languages), 'en'), {
    message: `one of ${languages.join(', ')}`,
  }),
  BEDSIDE_PHONE: v.config(v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40))), {
    message: 'a line of at most 40 characters such as +358 9 471 1',
  }),
  BEDSIDE_DEMO_PLAN: v.config(v.optional(v.picklist(['made', 'none']), 'made'), { message: 'made or none' }),
  BEDSIDE_AUDIT_COLLECTOR: v.config(v.optional(v.pipe(v.string(), v.check(isCollector))), {
    message: 'an https address without a password in it, or an http one on this machine',
  }),
  ...pushVariables,
  ...oidcVariables,
  ...pacsVariables,
  ...copiesVariables,
  ...keepVariables,
  ...retentionVariables,
  ...adtVariables,
  ...mailVariables,
})
type Variables = v.InferOutput<typeof variables>

function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return v.is(zone, name)
  } catch {
    return false
  }
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.parse(text)?.origin === text
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

function isCollector(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.includes(url.hostname))
}

/** Throws a StartError with one line for each bad value. */
export function readConfig(environment: Environment, flags: readonly string[]): Config {
  const { production, zone } = readFlags(flags)
  const chosenZone = zone === undefined ? {} : { BEDSIDE_ZONE: zone }
  const set = Object.fromEntries(
    Object.entries({ ...environment, ...chosenZone }).filter(([, text]) => text !== ''),
  )
  const result = v.safeParse(variables, set)
  if (!result.success) throw new StartError(...result.issues.map((issue) => badValue(issue, set)))
  const chosen = result.output
  return {
    production,
    port: chosen.BEDSIDE_PORT,
    host: chosen.BEDSIDE_HOST,
    metricsPort: chosen.BEDSIDE_METRICS_PORT ?? null,
    dataFolder: chosen.BEDSIDE_DATA,
    origin: chosen.BEDSIDE_ORIGIN ?? null,
    tls: readTls(chosen),
    proxies: chosen.BEDSIDE_PROXIES,
    secret: chosen.BEDSIDE_SECRET ?? null,
    turn: readTurn(chosen.BEDSIDE_TURN_URLS, chosen.BEDSIDE_TURN_SECRET, chosen.BEDSIDE_TURN_WAYS),
    timeScale: chosen.BEDSIDE_TIME_SCALE,
    logLevel: chosen.BEDSIDE_LOG,
    // A demo is looked at as it is today.
    updates: chosen.BEDSIDE_UPDATES ?? (production ? 'by-hand' : 'at-once'),
    zone: chosen.BEDSIDE_ZONE ?? machineZone(),
    language: chosen.BEDSIDE_LANGUAGE,
    zoneFrom: chosen.BEDSIDE_ZONE === undefined ? 'machine' : 'operator',
    phone: chosen.BEDSIDE_PHONE ?? null,
    demoPlan: chosen.BEDSIDE_DEMO_PLAN,
    auditCollector: chosen.BEDSIDE_AUDIT_COLLECTOR ?? null,
    push: readPush(chosen.BEDSIDE_PUSH_CONTACT, chosen.BEDSIDE_PUSH_SERVICES),
    oidc: readOidc(chosen),
    pacs: readPacs(chosen),
    copies: readCopies(chosen),
    keep: readKeep(chosen),
    retention: readRetention(chosen),
    adt: readAdt(chosen),
    mail: readMail(chosen, production),
  }
}

function readFlags(flags: readonly string[]) {
  try {
    const options = { production: { type: 'boolean' }, zone: { type: 'string' } } as const
    const { values } = parseArgs({ args: [...flags], options })
    return { production: values.production ?? false, zone: values.zone }
  } catch {
    throw new StartError(`The only flags are --production and --zone NAME, not ${flags.join(' ')}.`)
  }
}

function badValue(issue: v.BaseIssue<unknown>, set: Environment): string {
  const name = String(issue.path?.[0]?.key)
  // A secret stands in no log, not even a bad one, or one that somebody put into an address.
  const value = /(?:SECRET|PASSWORD|PACS_URL|SMTP_URL|SMS_URL|SMS_KEY)$/.test(name)
    ? 'what it is'
    : `"${set[name]}"`
  return `${name} must be ${issue.message}, not ${value}.`
}

function readTls({ BEDSIDE_TLS_CERT: cert, BEDSIDE_TLS_KEY: key }: Variables): Tls | null {
  if (cert === undefined && key === undefined) return null
  if (cert === undefined) throw new StartError('BEDSIDE_TLS_KEY is set but BEDSIDE_TLS_CERT is not.')
  if (key === undefined) throw new StartError('BEDSIDE_TLS_CERT is set but BEDSIDE_TLS_KEY is not.')
  const tls = { cert: readPem('BEDSIDE_TLS_CERT', cert), key: readPem('BEDSIDE_TLS_KEY', key) }
  try {
    createSecureContext(tls)
  } catch {
    throw new StartError('BEDSIDE_TLS_CERT and BEDSIDE_TLS_KEY must be a PEM certificate and its own key.')
  }
  return tls
}

/** Everything that speaks against serving real patients with this configuration. */
export function productionProblems(config: Config, holdsDemoData: boolean): string[] {
  const problems: string[] = []
  if (holdsDemoData)
    problems.push(`The data folder ${config.dataFolder} holds demo data: choose another with BEDSIDE_DATA.`)
  if (config.secret === null) problems.push('BEDSIDE_SECRET is not set.')
  else if (config.secret.length < shortestSecret)
    problems.push(`BEDSIDE_SECRET is shorter than ${shortestSecret} characters.`)
  if (config.origin === null) problems.push('BEDSIDE_ORIGIN is not set.')
  else if (!config.origin.startsWith('https:')) problems.push('BEDSIDE_ORIGIN is not https.')
  if (config.zoneFrom === 'machine')
    problems.push(
      'BEDSIDE_ZONE is not set: name the time zone of the clocks on the ward’s walls, such as Europe/Helsinki.',
    )
  if (config.timeScale !== 1) problems.push('BEDSIDE_TIME_SCALE is not 1.')
  return problems.map((problem) => `Not started for production: ${problem}`)
}
