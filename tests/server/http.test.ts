/** What the API refuses, and the pages and headers everyone gets. */
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { securityHeaders } from '../../src/server/headers.ts'
import { codeOf, enrol, makeKeys, post, refusalOf, signIn } from './client.ts'
import { openWard } from './ward.ts'

test.each([
  ['not JSON', '{"code":'],
  ['no code', '{}'],
  ['one field too many', '{"code":"a","role":"doctor"}'],
  ['a code of another kind', '{"code":7}'],
  ['a code too long', JSON.stringify({ code: 'a'.repeat(65) })],
  ['a poisoned prototype', '{"code":"a","__proto__":{"x":1}}'],
  ['more than 4 KiB', JSON.stringify({ code: 'a', more: 'b'.repeat(5_000) })],
])('[HTTP-1] %s is a bad request, and counts as no try', async (_name, body) => {
  const { origin } = await openWard()
  for (const path of ['/api/sign-in', '/api/enrol'])
    expect(await refusalOf(await post(origin, path, body))).toEqual({
      status: 400,
      body: { refusal: 'bad-request' },
    })
})

test.each([
  ['another host', 'http://evil.example'],
  ['another port', 'http://localhost:1'],
  ['null', 'null'],
  ['the address instead of the name', 'http://127.0.0.1'],
])('[HTTP-2] %s as origin may not sign in, sign out or enrol', async (_name, foreign) => {
  const { origin, staffLink, bedLink } = await openWard()
  const { publicKey } = await makeKeys()
  const headers = { origin: foreign }
  const bodies: [string, unknown][] = [
    ['/api/sign-in', { code: codeOf(staffLink('Anna Laine')) }],
    ['/api/enrol', { code: codeOf(bedLink('1')), publicKey }],
    ['/api/sign-out', {}],
  ]
  for (const [path, body] of bodies)
    expect(await refusalOf(await post(origin, path, body, headers))).toEqual({
      status: 403,
      body: { refusal: 'foreign-origin' },
    })
  await signIn(origin, staffLink('Anna Laine'))
  await enrol(origin, bedLink('1'))
})

test('[HTTP-3] no origin at all may not sign in', async () => {
  const { origin, staffLink } = await openWard()
  const body = JSON.stringify({ code: codeOf(staffLink('Anna Laine')) })
  const headers = { 'content-type': 'application/json' }
  const status = await new Promise((resolve) => {
    request(`${origin}/api/sign-in`, { method: 'POST', headers }, (answer) => resolve(answer.statusCode)).end(
      body,
    )
  })
  expect(status).toBe(403)
})

test('[HTTP-4] ten wrong codes a minute, then even a right one must wait', async () => {
  let minutes = 0
  const { origin, staffLink } = await openWard({ now: () => Date.now() + minutes * 60_000 })
  for (let attempt = 0; attempt < 10; attempt += 1)
    expect((await post(origin, '/api/sign-in', { code: `wrong${attempt}` })).status).toBe(404)
  const code = codeOf(staffLink('Anna Laine'))
  expect(await refusalOf(await post(origin, '/api/sign-in', { code }))).toEqual({
    status: 429,
    body: { refusal: 'too-many' },
  })
  minutes = 1.1
  expect((await post(origin, '/api/sign-in', { code })).status).toBe(200)
})

test('[PAGE-1] the three pages are the app, asked for anew each time; hashed files never again', async () => {
  const { origin } = await openWard()
  for (const page of ['/', '/station', '/bed']) {
    const answer = await fetch(`${origin}${page}`)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    expect(await answer.text()).toContain('<title>Bedside</title>')
  }
  const asset = await fetch(`${origin}/assets/main-1a2b3c.js`)
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
})

test.each([
  '/nothing',
  '/station/1',
  '/assets/gone.js',
  '/../package.json',
  '/%2e%2e/%2e%2e/package.json',
  '/%',
])('[PAGE-2] %s is a sentence, not a file', async (path) => {
  const { origin } = await openWard()
  const { status, text } = await getRaw(origin, path)
  expect([400, 403, 404]).toContain(status)
  expect(text).toContain('There is nothing at this address.')
})

/** As written, without the tidying that `fetch` does. */
async function getRaw(origin: string, path: string): Promise<{ status: number | undefined; text: string }> {
  return await new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const asking = request({ hostname, port, path }, (answer) => {
      let text = ''
      answer.on('data', (part) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode, text }))
    })
    asking.on('error', reject).end()
  })
}

test.each(['/', '/nothing', '/%', '/healthz', '/assets/main-1a2b3c.js'])(
  '[PAGE-3] %s carries every security header',
  async (path) => {
    const { origin } = await openWard()
    const { headers } = await fetch(`${origin}${path}`)
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy?.replace("'wasm-unsafe-eval'", ''), 'WebAssembly alone').not.toContain('unsafe')
    expect(headers.get('permissions-policy')).toContain('camera=(self), microphone=(self)')
    expect(headers.get('permissions-policy')).toContain('geolocation=()')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toBeNull()
  },
)

test('[PAGE-4] no string becomes markup or code but by the one named policy', async () => {
  const { origin } = await openWard()
  const policy = (await fetch(`${origin}/station`)).headers.get('content-security-policy')
  expect(policy).toContain("require-trusted-types-for 'script'; trusted-types bedside")
  expect(policy).not.toContain('data:')
})

test('[PAGE-5] on https a browser is told to come by nothing else', () => {
  expect(securityHeaders('https://bedside.example')['strict-transport-security']).toBe('max-age=31536000')
})

test('[HTTP-5] no browser keeps an answer of the API', async () => {
  const { origin } = await openWard()
  expect((await fetch(`${origin}/api/me`)).headers.get('cache-control')).toBe('no-store')
})
