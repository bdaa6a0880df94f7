/** Where the PACS's name may lead: the address that was looked at is the one that is connected to (no SSRF). */
import { lookup as resolve } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isLinkLocal } from '../config-pacs.ts'

/** A name leads to this machine where it says so itself, and nowhere else. */
export function mayBe(address: string, hostname: string): boolean {
  const isHere = /^(?:127\.|::1$)/.test(address)
  return isHere === (hostname === 'localhost') && !isLinkLocal(address)
}

export const pacsLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, [])
    const addresses = found.filter(({ address }) => mayBe(address, hostname))
    if (addresses.length === 0) return callback(new Error(`${hostname} is at no address of a PACS`), [])
    if (options.all) return callback(null, addresses)
    const [{ address, family } = { address: '', family: 4 }] = addresses
    callback(null, address, family)
  })
}
