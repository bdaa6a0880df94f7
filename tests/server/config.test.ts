/** What the operator may choose, value by value. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { productionProblems, readConfig } from '../../src/server/config.ts'
import { refuseOldSqlite } from '../../src/server/store/sqlite.ts'
import { certificate, certificateKey } from './certificate.ts'
import { temporaryFolder } from './ward.ts'

test('[CONFIG-9] the zone is chosen by --zone or BEDSIDE_ZONE, and must be one', () => {
  expect(readConfig({ BEDSIDE_ZONE: 'Europe/Madrid' }, []).zone).toBe('Europe/Madrid')
  expect(readConfig({ BEDSIDE_ZONE: 'Europe/Madrid' }, ['--zone', 'Europe/Helsinki']).zone).toBe(
    'Europe/Helsinki',
  )
  expect(() => readConfig({}, ['--zone', 'Europe/Nowhere'])).toThrow('BEDSIDE_ZONE must be a name')
})

test('[CONFIG-12] the ward’s language is one of the app’s', () => {
  expect(readConfig({ BEDSIDE_LANGUAGE: 'sv' }, []).language).toBe('sv')
  expect(() => readConfig({ BEDSIDE_LANGUAGE: 'de' }, [])).toThrow('BEDSIDE_LANGUAGE must be one of en')
})

test('[CONFIG-13] the number that outpatients are shown is one line', () => {
  expect(readConfig({ BEDSIDE_PHONE: ' +358 9 471 1 ' }, []).phone).toBe('+358 9 471 1')
  expect(() => readConfig({ BEDSIDE_PHONE: '1'.repeat(41) }, [])).toThrow('BEDSIDE_PHONE must be a line')
})

test('[CONFIG-1] nothing chosen is a demo on localhost:8080 with its data beside it', () => {
  expect(readConfig({}, [])).toEqual({
    production: false,
    language: 'en',
    port: 8080,
    host: 'localhost',
    metricsPort: null,
    dataFolder: './data',
    origin: null,
    tls: null,
    proxies: ['127.0.0.1', '::1'],
    turn: null,
    demoPlan: 'made',
    phone: null,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    zoneFrom: 'machine',
    secret: null,
    timeScale: 1,
    updates: 'at-once',
    logLevel: 'warn',
    oidc: null,
    push: null,
    pacs: null,
    copies: { mostBytes: 20 * 1024 ** 3, personBytes: 4 * 1024 ** 3, freeBytes: 1024 ** 3 },
    retention: { stays: null, outpatients: null, guests: null, staff: null, calls: null },
    keep: {
      ...{ backupFolder: null, hourly: 48, daily: 30, sheetFolder: null },
      ...{ diskBytes: 2 * 1024 ** 3, clockUrl: null },
    },
    adt: null,
    auditCollector: null,
    mail: null,
  })
})

test('[CONFIG-2] an empty variable is one that is not set', () => {
  expect(readConfig({ BEDSIDE_PORT: '', BEDSIDE_SECRET: '' }, []).port).toBe(8080)
})

test.each([
  ['BEDSIDE_PORT', '65536'],
  ['BEDSIDE_PORT', '-1'],
  ['BEDSIDE_PORT', '80.5'],
  ['BEDSIDE_PORT', '1e3'],
  ['BEDSIDE_METRICS_PORT', '65536'],
  ['BEDSIDE_METRICS_PORT', 'on'],
  ['BEDSIDE_COPIES_MB', '20 GB'],
  ['BEDSIDE_COPIES_PERSON_MB', '-1'],
  ['BEDSIDE_COPIES_FREE_MB', '0.5'],
  ['BEDSIDE_BACKUP_HOURLY', '0'],
  ['BEDSIDE_BACKUP_DAILY', 'all'],
  ['BEDSIDE_DISK_MB', '2 GB'],
  ['BEDSIDE_CLOCK_URL', 'ntp://ntp.example'],
  ['BEDSIDE_CLOCK_URL', 'https://me:word@clock.example'],
  ['BEDSIDE_ORIGIN', 'ward.example'],
  ['BEDSIDE_ORIGIN', 'https://ward.example/'],
  ['BEDSIDE_ORIGIN', 'https://ward.example/app'],
  ['BEDSIDE_ORIGIN', 'https://WARD.example'],
  ['BEDSIDE_ORIGIN', 'https://ward.example:443'],
  ['BEDSIDE_ORIGIN', 'ftp://ward.example'],
  ['BEDSIDE_ORIGIN', 'https://user@ward.example'],
  ['BEDSIDE_PROXIES', '10.0.0.1,'],
  ['BEDSIDE_PROXIES', '0.0.0.0/0'],
  ['BEDSIDE_TIME_SCALE', '0'],
  ['BEDSIDE_TIME_SCALE', 'fast'],
  ['BEDSIDE_TIME_SCALE', 'Infinity'],
  ['BEDSIDE_LOG', 'verbose'],
  ['BEDSIDE_TURN_URLS', 'relay.example:3478'],
  ['BEDSIDE_TURN_URLS', 'turn:relay.example,stun:relay.example'],
  ['BEDSIDE_TURN_URLS', 'turn:relay.example?transport=sctp'],
  ['BEDSIDE_TURN_URLS', 'turn:user@relay.example'],
  ['BEDSIDE_MAIL_FROM', 'Ward 4'],
  ['BEDSIDE_MAIL_FROM', 'a@b.example, c@d.example'],
  ['BEDSIDE_MAIL_FROM', 'Ward 4 <a@b.example> <c@d.example>'],
  ['BEDSIDE_MAIL_FROM', 'Ward\r\nBcc: <a@b.example>'],
  ['BEDSIDE_AUDIT_COLLECTOR', 'collector.example'],
  ['BEDSIDE_AUDIT_COLLECTOR', 'http://collector.example/heads'],
  ['BEDSIDE_AUDIT_COLLECTOR', 'https://user:word@collector.example/'],
  ['BEDSIDE_AUDIT_COLLECTOR', 'file:///heads'],
  ['BEDSIDE_OIDC_ISSUER', 'login.example'],
  ['BEDSIDE_OIDC_ISSUER', 'http://login.example'],
  ['BEDSIDE_OIDC_ISSUER', 'https://login.example/?tenant=1'],
  ['BEDSIDE_OIDC_ISSUER', 'https://login.example/#x'],
  ['BEDSIDE_OIDC_ISSUER', 'https://user@login.example'],
  ['BEDSIDE_OIDC_ROLE_CLAIM', 'realm access'],
  ['BEDSIDE_OIDC_ROLE_CLAIM', 'roles.'],
  ['BEDSIDE_OIDC_ROLES', 'ward-nurse'],
  ['BEDSIDE_OIDC_ROLES', 'ward-nurse=nurse,ward-cook=cook'],
  ['BEDSIDE_OIDC_ROLES', 'ward-nurse=nurse,'],
  ['BEDSIDE_OIDC_SCOPE', 'profile'],
  ['BEDSIDE_OIDC_CHECK_SECONDS', '5'],
  ['BEDSIDE_OIDC_CHECK_SECONDS', '901'],
])('[CONFIG-3] %s=%s is refused in a line that names both', (name, value) => {
  const reading = () => readConfig({ [name]: value }, [])
  expect(reading).toThrow(`${name} must be`)
  expect(reading).toThrow(`not "${value}".`)
})

test.each(['https://collector.example/heads?log=4b', 'http://localhost:9000/', 'http://[::1]:9000/'])(
  '[CONFIG-3] tree heads may go to %s',
  (url) => {
    expect(readConfig({ BEDSIDE_AUDIT_COLLECTOR: url }, []).auditCollector).toBe(url)
  },
)

test('[CONFIG-4] a certificate and its key come together and can be read', () => {
  const folder = temporaryFolder()
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(cert, certificate)
  writeFileSync(key, certificateKey)
  expect(readConfig({ BEDSIDE_TLS_CERT: cert, BEDSIDE_TLS_KEY: key }, []).tls?.cert.toString()).toBe(
    certificate,
  )
  expect(() => readConfig({ BEDSIDE_TLS_CERT: cert }, [])).toThrow('BEDSIDE_TLS_KEY is not')
  expect(() => readConfig({ BEDSIDE_TLS_KEY: key }, [])).toThrow('BEDSIDE_TLS_CERT is not')
  expect(() => readConfig({ BEDSIDE_TLS_CERT: key, BEDSIDE_TLS_KEY: key }, [])).toThrow(
    'must be a PEM certificate',
  )
  const missing = { BEDSIDE_TLS_CERT: join(folder, 'none.pem'), BEDSIDE_TLS_KEY: key }
  expect(() => readConfig(missing, [])).toThrow('BEDSIDE_TLS_CERT names a file that cannot be read')
})

test('[CONFIG-7] a relay has addresses and a secret, and no secret is ever printed', () => {
  const [urls, secret] = ['turn:relay.example:3478?transport=udp, turns:[2001:db8::1]', 'sixteen-letters!']
  expect(readConfig({ BEDSIDE_TURN_URLS: urls, BEDSIDE_TURN_SECRET: secret }, []).turn).toEqual({
    urls: ['turn:relay.example:3478?transport=udp', 'turns:[2001:db8::1]'],
    secret,
    ways: 'all',
  })
  const alone = { BEDSIDE_TURN_URLS: urls, BEDSIDE_TURN_SECRET: secret, BEDSIDE_TURN_WAYS: 'relay' }
  expect(readConfig(alone, []).turn?.ways).toBe('relay')
  expect(() => readConfig({ BEDSIDE_TURN_WAYS: 'relay' }, [])).toThrow('BEDSIDE_TURN_URLS is not')
  expect(() => readConfig({ ...alone, BEDSIDE_TURN_WAYS: 'direct' }, [])).toThrow('BEDSIDE_TURN_WAYS must be')
  expect(() => readConfig({ BEDSIDE_TURN_URLS: urls }, [])).toThrow('BEDSIDE_TURN_SECRET is not')
  expect(() => readConfig({ BEDSIDE_TURN_SECRET: secret }, [])).toThrow('BEDSIDE_TURN_URLS is not')
  expect(() => readConfig({ BEDSIDE_TURN_SECRET: 'short' }, [])).toThrow(
    'BEDSIDE_TURN_SECRET must be at least 16 characters, not what it is.',
  )
})

test('[CONFIG-5] an unknown flag is refused', () => {
  expect(readConfig({}, ['--production']).production).toBe(true)
  expect(() => readConfig({}, ['--prod'])).toThrow(
    'The only flags are --production and --zone NAME, not --prod.',
  )
  expect(() => readConfig({}, ['production'])).toThrow('The only flags are --production')
})

const real = { BEDSIDE_SECRET: 's'.repeat(32), BEDSIDE_ORIGIN: 'https://ward.example' }

test('[CONFIG-6] production has nothing against a folder of its own, a long secret, an https origin and a zone', () => {
  const environment = { ...real, BEDSIDE_ZONE: 'Europe/Helsinki' }
  expect(productionProblems(readConfig(environment, ['--production']), false)).toEqual([])
})

test('[CONFIG-10] production takes no zone that nobody chose: every time of the plan hangs on it (HZ-7)', () => {
  const problems = (flags: readonly string[]) => productionProblems(readConfig(real, flags), false)
  expect(problems(['--production'])).toEqual([expect.stringContaining('BEDSIDE_ZONE is not set')])
  expect(problems(['--production', '--zone', 'Europe/Helsinki'])).toEqual([])
})

const oidc = { BEDSIDE_OIDC_ISSUER: 'https://login.example/ward', BEDSIDE_OIDC_CLIENT_ID: 'bedside' }

test('[CONFIG-7] a provider needs an issuer and a client id; the rest has its usual values', () => {
  expect(readConfig(oidc, []).oidc).toEqual({
    issuer: 'https://login.example/ward',
    clientId: 'bedside',
    clientSecret: null,
    name: 'your hospital account',
    scope: 'openid profile offline_access',
    roleClaim: 'roles',
    roles: new Map([
      ['nurse', 'nurse'],
      ['doctor', 'doctor'],
      ['interpreter', 'interpreter'],
      ['admin', 'admin'],
    ]),
    checkMs: 40_000,
  })
  expect(() => readConfig({ BEDSIDE_OIDC_ISSUER: oidc.BEDSIDE_OIDC_ISSUER }, [])).toThrow(
    'BEDSIDE_OIDC_ISSUER is set but BEDSIDE_OIDC_CLIENT_ID is not.',
  )
  expect(() => readConfig({ BEDSIDE_OIDC_CLIENT_ID: 'bedside' }, [])).toThrow(
    'BEDSIDE_OIDC_CLIENT_ID is set but BEDSIDE_OIDC_ISSUER is not.',
  )
})

test('[CONFIG-8] roles of the provider are mapped in the order given; http is for a provider on this machine', () => {
  const roles = 'Bedside.Nurse=nurse, Bedside Admin=admin'
  const issuer = 'http://127.0.0.1:9000'
  const chosen = readConfig({ ...oidc, BEDSIDE_OIDC_ISSUER: issuer, BEDSIDE_OIDC_ROLES: roles }, []).oidc
  expect([...(chosen?.roles ?? [])]).toEqual([
    ['Bedside.Nurse', 'nurse'],
    ['Bedside Admin', 'admin'],
  ])
  expect(chosen?.issuer).toBe(issuer)
})

test.each(['3.7.0', '3.51.2', '3.50.9', '2.99.99', '', undefined])(
  '[STORE-1] SQLite %s may corrupt its data and is refused',
  (version) => {
    expect(() => refuseOldSqlite(version)).toThrow('3.51.3 or newer')
  },
)

test.each(['3.51.3', '3.53.4', '3.100.0', '4.0.0'])('[STORE-1] SQLite %s is good', (version) => {
  expect(() => refuseOldSqlite(version)).not.toThrow()
})

test('[ERASE-6] a limit is a number of days from 30 on; what is not chosen is kept for ever', () => {
  const { retention } = readConfig({ BEDSIDE_RETAIN_STAYS: '365', BEDSIDE_RETAIN_CALLS: '30' }, [])
  expect(retention).toEqual({ stays: 365, outpatients: null, guests: null, staff: null, calls: 30 })
  for (const days of ['29', '0', '-1', '1.5', 'never', '36501'])
    expect(() => readConfig({ BEDSIDE_RETAIN_STAYS: days }, [])).toThrow('BEDSIDE_RETAIN_STAYS must be')
})
