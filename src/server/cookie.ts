/** The sign-in cookie: out of reach of scripts, sent to this origin only, bound to it by its name where https allows. */

const hour = 60 * 60

function nameFor(origin: string): string {
  return origin.startsWith('https:') ? '__Host-bedside' : 'bedside'
}

/** The `Set-Cookie` header that stores `token`, or clears it when null. */
export function tokenCookie(origin: string, token: string | null): string {
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  const maxAge = token === null ? 0 : 12 * hour
  return `${nameFor(origin)}=${token ?? ''}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure}`
}

/** The token in a `Cookie` header, or null. */
export function readToken(header: string | undefined, origin: string): string | null {
  return readCookie(header, nameFor(origin))
}

const flowSeconds = 10 * 60

function flowNameFor(origin: string): string {
  return `${nameFor(origin)}-way`
}

/**
 * The cookie of a way to the sign-in provider. Lax, unlike the other: it must come along when the provider's page
 * sends the browser back, and it opens nothing by itself.
 */
export function flowCookie(origin: string, browser: string | null): string {
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  const maxAge = browser === null ? 0 : flowSeconds
  return `${flowNameFor(origin)}=${browser ?? ''}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`
}

export function readFlowCookie(header: string | undefined, origin: string): string | null {
  return readCookie(header, flowNameFor(origin))
}

const proveSeconds = 30 * 24 * hour

/**
 * Remembers that this browser was locked or signed out: whoever signs in next through the provider proves who they
 * are, whatever session the provider still has. It says nothing about anybody.
 */
export function proveCookie(origin: string, must: 'yes' | 'no'): string {
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  const [value, maxAge] = must === 'yes' ? ['1', proveSeconds] : ['', 0]
  return `${nameFor(origin)}-prove=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure}`
}

export function mustProve(header: string | undefined, origin: string): boolean {
  return readCookie(header, `${nameFor(origin)}-prove`) !== null
}

function readCookie(header: string | undefined, name: string): string | null {
  const start = `${name}=`
  const pair = header?.split(/; */).find((part) => part.startsWith(start))
  return pair?.slice(start.length) || null
}
