/** Where a browser may have us post to: push services by name, at public addresses, and nowhere else (no SSRF). */
import { lookup as resolve } from 'node:dns'
import { BlockList, type LookupFunction } from 'node:net'

/** Whether this is an address of one of the services: https at its usual port, or a port of this machine that is named. */
export function isService(endpoint: string, services: readonly string[]): boolean {
  const url = URL.parse(endpoint)
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false
  if (url.protocol === 'http:') return isHere(url.host) && services.includes(url.host)
  if (url.protocol !== 'https:' || url.port !== '') return false
  return services.some((service) =>
    service.startsWith('*.') ? url.hostname.endsWith(service.slice(1)) : url.hostname === service,
  )
}

function isHere(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1):\d+$/.test(host)
}

/** What is not public (RFC 6890), so that no name leads into the hospital's own network. */
const inside = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(network, bits, 'ipv4')

const outside = new BlockList()
outside.addSubnet('2000::', 3, 'ipv6')
for (const [network, bits] of [
  ['2001:db8::', 32],
  ['2001::', 32],
  ['2002::', 16],
] as const)
  inside.addSubnet(network, bits, 'ipv6')

export function isPublic(address: string, family: number): boolean {
  if (family === 4) return !inside.check(address, 'ipv4')
  return outside.check(address, 'ipv6') && !inside.check(address, 'ipv6')
}

/** The address that was looked at is the one that is connected to: no second answer comes in between. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, [])
    const addresses = found.filter(({ address, family }) => isPublic(address, family))
    if (addresses.length === 0) return callback(new Error(`${hostname} is at no public address`), [])
    if (options.all) return callback(null, addresses)
    const [{ address, family } = { address: '', family: 4 }] = addresses
    callback(null, address, family)
  })
}
