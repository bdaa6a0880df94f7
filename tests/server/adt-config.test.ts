/** What an operator may choose about the hospital's record, and what ends the start. */
import { expect, test } from 'vitest'
import { readConfig } from '../../src/server/config.ts'

const chosen = (environment: Record<string, string>) => () => readConfig(environment, []).adt

test('[ADT-12] without a port nothing listens; with one it is on this machine alone', () => {
  expect(chosen({})()).toBeNull()
  expect(chosen({ BEDSIDE_ADT_PORT: '2575' })()).toMatchObject({
    ...{ port: 2575, host: '127.0.0.1', from: ['127.0.0.1', '::1'], tls: null, expectedMs: 3_600_000 },
  })
})

test('[ADT-12] a wider port has to name who may send', () => {
  const wide = { BEDSIDE_ADT_PORT: '2575', BEDSIDE_ADT_HOST: '0.0.0.0' }
  expect(chosen(wide)).toThrow('BEDSIDE_ADT_FROM must name who may send')
  expect(chosen({ ...wide, BEDSIDE_ADT_FROM: '10.0.0.5, 10.1.0.0/24' })()).toMatchObject({
    from: ['10.0.0.5', '10.1.0.0/24'],
  })
  expect(chosen({ ...wide, BEDSIDE_ADT_FROM: 'everybody' })).toThrow('addresses or networks')
})

test('[ADT-6] beds are named in pairs, with as many parts of a location as there are', () => {
  const environment = {
    BEDSIDE_ADT_PORT: '0',
    BEDSIDE_ADT_BEDS: '4B^12^1=12a, X9=3',
    BEDSIDE_ADT_WARD: '4B,4 B',
  }
  expect(chosen(environment)()).toMatchObject({
    beds: [
      ['4B^12^1', '12A'],
      ['X9^^', '3'],
    ],
    wards: ['4B', '4 B'],
  })
})

test.each([
  [{ BEDSIDE_ADT_PORT: '99999' }, 'a port from 0 to 65535'],
  [{ BEDSIDE_ADT_PORT: '1', BEDSIDE_ADT_MINUTES: '0' }, 'a number from 1 to 1440'],
  [{ BEDSIDE_ADT_PORT: '1', BEDSIDE_ADT_BEDS: '4B^1' }, 'pairs such as'],
  [{ BEDSIDE_ADT_PORT: '1', BEDSIDE_ADT_CHARSET: 'EBCDIC' }, 'UNICODE UTF-8, 8859/1 or 8859/15'],
  [{ BEDSIDE_ADT_PORT: '1', BEDSIDE_ADT_TLS_CERT: 'a' }, 'must be set together'],
  [{ BEDSIDE_ADT_PORT: '1', BEDSIDE_ADT_TLS_CERT: '/a', BEDSIDE_ADT_TLS_KEY: '/b' }, 'cannot be read'],
  [{ BEDSIDE_ADT_HOST: '10.0.0.1' }, 'BEDSIDE_ADT_HOST is set but BEDSIDE_ADT_PORT is not'],
])('[ADT-12] %j is refused with a sentence', (environment, sentence) => {
  expect(chosen(environment)).toThrow(sentence)
})
