/** A peer connection as far as the rules can see it: who is bound to whom, and whether pictures flow. */
import { between } from '../prng.ts'
import type { Page } from './page.ts'
import type { World } from './world.ts'

export type Link = {
  readonly id: number
  readonly page: Page
  readonly callId: string
  readonly epoch: number
  readonly initiator: boolean
  /** The link whose offer or answer was taken, or null. */
  remoteId: number | null
  connected: boolean
  attached: 'nothing' | 'picture' | 'all'
  closed: boolean
  /** The page was told that pictures arrive. */
  up: boolean
}

const stallMs = 2_000

export function newLink(world: World, page: Page, of: Pick<Link, 'callId' | 'epoch' | 'initiator'>): Link {
  const link: Link = {
    ...of,
    id: world.newNumber(),
    page,
    remoteId: null,
    connected: false,
    attached: 'nothing',
    closed: false,
    up: false,
  }
  world.links.set(link.id, link)
  return link
}

export function remoteOf(world: World, link: Link): Link | null {
  return link.remoteId === null ? null : (world.links.get(link.remoteId) ?? null)
}

/** Takes the other side's description once; both taken, ICE and DTLS follow. */
export function bind(world: World, link: Link, remoteId: number): void {
  if (link.closed || link.remoteId !== null) return
  link.remoteId = remoteId
  const remote = remoteOf(world, link)
  if (!remote || remote.remoteId !== link.id) return
  world.clock.after(between(world.chance, 20, 400), () => {
    if (link.closed || remote.closed) return
    link.connected = true
    remote.connected = true
    look(world, link)
    look(world, remote)
  })
}

export function close(world: World, link: Link): void {
  if (link.closed) return
  link.closed = true
  link.attached = 'nothing'
  const remote = remoteOf(world, link)
  if (remote) look(world, remote)
}

/** Whether `link` receives pictures now. */
export function receives(world: World, link: Link): boolean {
  const remote = remoteOf(world, link)
  if (!remote || link.closed || remote.closed || remote.remoteId !== link.id) return false
  const reachable = !link.page.device.mediaDown && !remote.page.device.mediaDown
  return reachable && link.connected && remote.connected && remote.attached !== 'nothing' && !remote.page.dead
}

/** Something changed: if pictures began or stopped, the page hears of it after a while. */
export function look(world: World, link: Link): void {
  if (link.closed || receives(world, link) === link.up) return
  const after = link.up ? stallMs : between(world.chance, 5, 200)
  world.clock.after(after, () => {
    const arriving = receives(world, link)
    if (link.closed || arriving === link.up) return
    link.up = arriving
    const { callId, epoch } = link
    link.page.dispatch({ type: arriving ? 'linkUp' : 'linkStalled', callId, epoch })
  })
}
