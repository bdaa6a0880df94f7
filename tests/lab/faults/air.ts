/** The way of media between two links: ICE that finds a way and loses it, DTLS after it, and bytes while it is there. */
import type { TrackKind } from '../../../src/io/camera.ts'
import { between } from '../prng.ts'
import { type Device, isOnAir, type World } from './world.ts'

/** A link as the air knows it. */
export type End = {
  readonly id: number
  readonly device: Device
  /** The last description of both sides that this end has taken, by its number; and what it gathered for it. */
  agreed: number
  gathered: Place
  /** The last negotiation of which the other's candidates came. */
  knows: number
  isGone: boolean
  sends(kind: TrackKind): boolean
  /** DTLS has met the other end. */
  met(): void
  /** The first packet of this kind has come. */
  arrives(kind: TrackKind): void
  /** The other end has closed. */
  dies(): void
}

/** Where an end was when it looked for addresses, and in which of the relay's lives. */
type Place = { readonly address: number; readonly relayRun: number }

export type Pair = {
  readonly ends: readonly [End, End]
  /** The way that was found; null: none yet, or it was silent for too long. */
  way: { readonly via: 'direct' | 'relay'; readonly places: readonly [Place, Place] } | null
  flowedAtMs: number
  hasMet: boolean
  readonly arrived: Set<string>
}

/** How long ICE tries after a description (RFC 8445: until its checks have failed), and how long a silent way is kept. */
const checksMs = 15_000
const silenceMs = 15_000

function placeNow({ address }: Device, { relay }: World): Place {
  return { address, relayRun: relay.run }
}

export function newEnd(
  world: World,
  device: Device,
  own: Pick<End, 'sends' | 'met' | 'arrives' | 'dies'>,
): End {
  const none = { agreed: 0, knows: 0, isGone: false }
  const end = { id: world.newNumber(), device, gathered: placeNow(device, world), ...none, ...own }
  world.ends.set(end.id, end)
  return end
}

export function gather(world: World, end: End): void {
  end.gathered = placeNow(end.device, world)
}

function isOpen(world: World, via: 'direct' | 'relay', { device }: End, place: Place): boolean {
  const { relay } = world
  if (!isOnAir(device) || device.address !== place.address) return false
  if (via === 'relay') return relay.up && relay.run === place.relayRun
  return relay.ways === 'all' && relay.keptApart === 0
}

/** Whether bytes pass now. */
export function flows(world: World, pair: Pair): boolean {
  const { way, ends } = pair
  if (!way || ends.some(({ isGone }) => isGone)) return false
  const nowMs = world.clock.nowMs()
  if (nowMs - pair.flowedAtMs >= silenceMs) {
    pair.way = null
    return false
  }
  const open = [0, 1].every((side) => {
    const [end, place] = [ends[side], way.places[side]]
    return end && place && isOpen(world, way.via, end, place)
  })
  if (open) pair.flowedAtMs = nowMs
  return open
}

export function pairOf(world: World, end: End): Pair | null {
  return [...world.pairs].find(({ ends }) => ends.includes(end)) ?? null
}

/** Both ends have descriptions of one negotiation: they look for a way, and keep the old one until they have another. */
export function negotiated(world: World, initiator: End, responderId: number, negotiation: number): void {
  const responder = world.ends.get(responderId)
  if (responder?.agreed === negotiation) lookForWay(world, initiator, responder)
}

function lookForWay(world: World, initiator: End, responder: End): void {
  const negotiation = initiator.agreed
  const pair = pairOf(world, initiator) ?? newPair(world, initiator, responder)
  const untilMs = world.clock.nowMs() + checksMs
  const places = [initiator.gathered, responder.gathered] as const
  const isCurrent = () =>
    pair.ends.every(({ isGone, agreed }) => !isGone && agreed === negotiation) &&
    world.clock.nowMs() < untilMs

  function check(): void {
    if (!isCurrent()) return
    const isTold = initiator.knows === negotiation || responder.knows === negotiation
    const via = (['direct', 'relay'] as const).find(
      (one) => isOpen(world, one, initiator, places[0]) && isOpen(world, one, responder, places[1]),
    )
    if (!isTold || !via) return void world.clock.after(250, check)
    pair.way = { via, places }
    pair.flowedAtMs = world.clock.nowMs()
    world.note(() => `air: a way ${via}, negotiation ${negotiation}`)
    if (pair.hasMet) look(world)
    else world.clock.after(between(world.chance, 20, 150), () => shakeHands(world, pair))
  }
  world.clock.after(between(world.chance, 10, 200), check)
}

function newPair(world: World, initiator: End, responder: End): Pair {
  const pair: Pair = {
    ends: [initiator, responder],
    way: null,
    flowedAtMs: 0,
    hasMet: false,
    arrived: new Set(),
  }
  world.pairs.add(pair)
  return pair
}

/** DTLS repeats itself every second until it is through. */
function shakeHands(world: World, pair: Pair): void {
  if (pair.hasMet || !pair.way || pair.ends.some(({ isGone }) => isGone)) return
  if (!flows(world, pair)) return void world.clock.after(1_000, () => shakeHands(world, pair))
  pair.hasMet = true
  for (const end of pair.ends) end.met()
  look(world)
}

/** What began to be sent, or to pass, arrives a moment later. */
export function look(world: World): void {
  for (const pair of world.pairs) if (pair.hasMet && flows(world, pair)) lookAt(world, pair)
}

function lookAt(world: World, pair: Pair): void {
  const [one, other] = pair.ends
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    for (const kind of ['microphone', 'camera'] as const) {
      const key = `${kind} at ${to.id}`
      if (!from.sends(kind) || pair.arrived.has(key)) continue
      pair.arrived.add(key)
      world.clock.after(between(world.chance, 20, 120), () => {
        if (flows(world, pair) && from.sends(kind)) to.arrives(kind)
        else pair.arrived.delete(key)
      })
    }
  }
}

/** Before something changes in the air: what flows until now has flowed until now. */
export function note(world: World): void {
  for (const pair of world.pairs) flows(world, pair)
}

/** This end closes: the other hears of it, if anything passes. */
export function leave(world: World, end: End, goodbye: boolean): void {
  const pair = pairOf(world, end)
  const passes = pair !== null && flows(world, pair)
  end.isGone = true
  if (pair) world.pairs.delete(pair)
  if (!pair || !passes || !goodbye) return
  const [other] = pair.ends.filter((one) => one !== end)
  world.clock.after(between(world.chance, 5, 50), () => {
    if (other && isOnAir(other.device)) other.dies()
  })
}
