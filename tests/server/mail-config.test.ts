/** What the operator may say of mail and text messages, and that none of it that is secret is ever printed. */
import { expect, test } from 'vitest'
import { readConfig } from '../../src/server/config.ts'

const smtp = 'smtp://mail.hospital.example'
const from = 'visits@hospital.example'
const mail = { BEDSIDE_SMTP_URL: smtp, BEDSIDE_MAIL_FROM: from }
const sms = { BEDSIDE_SMS_URL: 'https://sms.example/send', BEDSIDE_SMS_KEY: 'a-key-of-the-test' }

test('[CONFIG-13] a mail server and a sender are enough; without both nobody is written to', () => {
  expect(readConfig(mail, []).mail).toEqual({
    ...{ host: 'mail.hospital.example', port: 587, login: null, tls: 'offered', isHere: false },
    ...{ from: { name: null, address: from }, sms: null },
  })
  const whole = { ...mail, ...sms, BEDSIDE_SMTP_URL: 'smtps://bed%40side:pass%3Aword@mail.example:2465' }
  expect(readConfig({ ...whole, BEDSIDE_MAIL_FROM: '"Ward 4" <w@h.example>' }, []).mail).toEqual({
    ...{ host: 'mail.example', port: 2465, tls: 'at once', isHere: false },
    login: { user: 'bed@side', pass: 'pass:word' },
    from: { name: 'Ward 4', address: 'w@h.example' },
    sms: { url: 'https://sms.example/send', key: 'a-key-of-the-test' },
  })
  expect(readConfig({}, []).mail).toBeNull()
})

test('[CONFIG-13] in production letters are encrypted on their way, or do not leave this machine', () => {
  const tlsOf = (url: string, flags: readonly string[]) =>
    readConfig({ ...mail, BEDSIDE_SMTP_URL: url }, flags).mail?.tls
  expect(tlsOf(smtp, ['--production'])).toBe('required')
  expect(tlsOf('smtp://localhost', ['--production'])).toBe('offered')
  expect(tlsOf('smtp://[::1]:25', ['--production'])).toBe('offered')
  expect(tlsOf('smtps://mail.example', ['--production'])).toBe('at once')
})

test.each([
  [{ BEDSIDE_SMTP_URL: smtp }, 'BEDSIDE_SMTP_URL is set but BEDSIDE_MAIL_FROM is not.'],
  [{ BEDSIDE_MAIL_FROM: from }, 'BEDSIDE_MAIL_FROM is set but BEDSIDE_SMTP_URL is not.'],
  [sms, 'BEDSIDE_SMS_URL is set but BEDSIDE_SMTP_URL is not.'],
  [{ ...mail, BEDSIDE_SMS_URL: sms.BEDSIDE_SMS_URL }, 'BEDSIDE_SMS_URL is set but BEDSIDE_SMS_KEY is not.'],
  [{ ...mail, BEDSIDE_SMS_KEY: sms.BEDSIDE_SMS_KEY }, 'BEDSIDE_SMS_KEY is set but BEDSIDE_SMS_URL is not.'],
])('[CONFIG-13] half of it is told in a sentence: %j', (environment, sentence) => {
  expect(() => readConfig(environment, [])).toThrow(sentence)
})

test.each([
  ['BEDSIDE_SMTP_URL', 'mail.example'],
  ['BEDSIDE_SMTP_URL', 'http://mail.example'],
  ['BEDSIDE_SMTP_URL', 'smtp://mail.example/inbox'],
  ['BEDSIDE_SMTP_URL', 'smtp://mail.example?tls=no'],
  ['BEDSIDE_SMTP_URL', 'smtp://secret@mail.example'],
  ['BEDSIDE_SMTP_URL', 'smtp://user:%E0%A4%A@mail.example'],
  ['BEDSIDE_SMS_URL', 'http://sms.example/send'],
  ['BEDSIDE_SMS_URL', 'https://user:word@sms.example/send'],
  ['BEDSIDE_SMS_KEY', 'a key'],
  ['BEDSIDE_SMS_KEY', 'short'],
])('[CONFIG-13] a bad %s is named and not shown: %s', (name, value) => {
  expect(() => readConfig({ [name]: value }, [])).toThrow(
    new RegExp(`${name} must be .*, not what it is\\.$`),
  )
})
