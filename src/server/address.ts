/** Where a connection comes from, as limits count it: behind our own proxy the address that it names. */
import type { IncomingMessage } from 'node:http'

/** A reverse proxy on this machine may say whom it speaks for; nobody else may. */
export const ourProxies = ['127.0.0.1', '::1']

/** The address of whoever asks; the last in `X-Forwarded-For` that our own proxy wrote, when it is our proxy. */
export function addressOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  const nearest = plain(socket.remoteAddress ?? '')
  if (!ourProxies.includes(nearest)) return nearest
  const named = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => plain(address.trim()))
    .filter((address) => address !== '' && !ourProxies.includes(address))
  return named.at(-1) ?? nearest
}

/** What counts as one: an IPv4 address, or the first 64 bits of an IPv6 address, since one machine has all the rest. */
export function networkOf(address: string): string {
  const known = plain(address)
  if (!known.includes(':')) return known
  const [head = '', tail = ''] = known.toLowerCase().split('%')[0]?.split('::') ?? []
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const gap = known.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0
  const groups = [...left, ...Array<string>(gap).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

/** An IPv4 address that came in by an IPv6 socket is itself. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
