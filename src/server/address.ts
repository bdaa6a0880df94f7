/** Where a connection comes from, as limits count it: behind our own proxy the address that it names. */
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** A reverse proxy on this machine may say whom it speaks for; nobody else may, unless the operator names them. */
export const loopback: readonly string[] = ['127.0.0.1', '::1']

/** Whether whoever has this address may name another. */
export type IsProxy = (address: string) => boolean

/** `ranges`: addresses, or networks in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3); `isRange` holds for each. */
export function proxiesIn(ranges: readonly string[]): IsProxy {
  const known = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    if (bits === undefined) known.addAddress(address, familyOf(address))
    else known.addSubnet(address, Number(bits), familyOf(address))
  }
  return (text) => {
    const address = plain(text)
    return isIP(address) !== 0 && known.check(address, familyOf(address))
  }
}

/** Not a whole family: then everybody could name whatever address they like. */
export function isRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const most = isIP(address) === 6 ? 128 : 32
  if (isIP(address) === 0 || address.includes('%') || rest.length > 0) return false
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most)
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

/** The address of whoever asks; the last in `X-Forwarded-For` that our own proxy wrote, when it is our proxy. */
export function addressOf(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  isProxy: IsProxy,
): string {
  const nearest = plain(socket.remoteAddress ?? '')
  if (!isProxy(nearest)) return nearest
  const named = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => plain(address.trim()))
    .filter((address) => address !== '' && !isProxy(address))
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
