/** The viewer's side of a carrying: what is let in, what is asked for again, what is given up (SPEC.md, CARRY). */
import type { CarryMessageOf } from '../../protocol/scan-carry.ts'
import { type Bits, hasBit, noBits, withBits, withoutBits, writeBits } from './bits.ts'
import {
  blockAt,
  blockBytes,
  blockEnd,
  blocksOf,
  type Cargo,
  type CarryFailure,
  type CarryManifest,
  cargoOf,
  isWhole,
} from './carry.ts'
import type { Stretch } from './carry-send.ts'

export type Incoming = {
  readonly cargo: Cargo
  /** Of the presenter's connections, which this is; 0: none yet. */
  readonly generation: number
  /** Blocks that are here. */
  readonly has: Bits
  /** Files that are being checked; that were whole and right; that do not come; that were another one once. */
  readonly checking: Bits
  readonly kept: Bits
  readonly failed: Bits
  readonly wrong: Bits
  readonly underWay: Stretch | null
  /** Bytes of payload that came over this connection. */
  readonly received: number
  readonly failure: CarryFailure | null
}

/** `keep`: the payload belongs into its file. `block`: one is whole. `file`: all of it is here, to be checked. */
export type Arrival = {
  readonly state: Incoming
  readonly finished: 'nothing' | 'block' | 'file'
  readonly keep: boolean
}

export function incomingOf(manifest: CarryManifest): Incoming {
  const cargo = cargoOf(manifest)
  const files = noBits(cargo.sizes.length)
  return {
    ...{ cargo, generation: 0, has: noBits(cargo.blocks), underWay: null, received: 0, failure: null },
    ...{ checking: files, kept: files, failed: files, wrong: files },
  }
}

/** [CARRY-4] A later connection takes the place of the one before; a block that was begun begins anew. */
export function offered(state: Incoming, generation: number): Incoming {
  if (state.failure || generation <= state.generation) return state
  return { ...state, generation, underWay: null, received: 0 }
}

/** [CARRY-7] A piece is let in where it goes on with the block under way, or begins one that is missing. */
export function arrived(state: Incoming, file: number, offset: number, length: number): Arrival {
  if (state.failure) return refusal(state)
  const { cargo } = state
  if (file >= cargo.sizes.length) return refusal(broken(state, 'not-offered'))
  const expected = state.underWay ?? beginning(state, file, offset)
  const isNext = expected?.file === file && expected.offset === offset
  if (!expected || !isNext || !fits(expected, length)) return refusal(broken(state, 'out-of-place'))
  const received = state.received + length
  const next = { ...expected, offset: offset + length }
  if (next.offset < expected.end)
    return { state: { ...state, received, underWay: next }, finished: 'nothing', keep: true }
  const has = withBits(state.has, blockAt(cargo, file, offset))
  const here = { ...state, received, has, underWay: null }
  if (!isWhole(cargo, has, file)) return { state: here, finished: 'block', keep: true }
  return {
    state: { ...here, checking: withBits(state.checking, file) },
    finished: 'file',
    keep: true,
  }
}

const refusal = (state: Incoming): Arrival => ({ state, finished: 'nothing', keep: false })

/** Only a file of no bytes comes in a piece of none. */
function fits({ offset, end }: Stretch, length: number): boolean {
  return offset + length <= end && (length > 0 || offset === end)
}

function beginning({ cargo, has, failed }: Incoming, file: number, offset: number): Stretch | null {
  const block = blockAt(cargo, file, offset)
  const [from, to] = blocksOf(cargo, file)
  const isMissing = block < to && !hasBit(has, block) && !hasBit(failed, file)
  const end = blockEnd(cargo, file, offset)
  return isMissing && offset === (block - from) * blockBytes ? { file, offset, end } : null
}

/** [CARRY-5] Nothing is handed on that is not the file of the manifest. `again`: it is to come once more. */
export function checked(
  state: Incoming,
  file: number,
  isRight: boolean,
): { readonly state: Incoming; readonly outcome: 'kept' | 'again' | 'failed' | 'nothing' } {
  if (state.failure || !hasBit(state.checking, file)) return { state, outcome: 'nothing' }
  const checking = withoutBits(state.checking, file)
  if (isRight) return { state: { ...state, checking, kept: withBits(state.kept, file) }, outcome: 'kept' }
  if (hasBit(state.wrong, file))
    return { state: { ...state, checking, failed: withBits(state.failed, file) }, outcome: 'failed' }
  const has = withoutBits(state.has, ...blocksOf(state.cargo, file))
  return { state: { ...state, checking, has, wrong: withBits(state.wrong, file) }, outcome: 'again' }
}

/** The presenter has it no more. Whether it was still awaited. */
export function lacked(
  state: Incoming,
  file: number,
): { readonly state: Incoming; readonly isNews: boolean } {
  const isAwaited =
    file < state.cargo.sizes.length && !hasBit(state.kept, file) && !hasBit(state.failed, file)
  if (state.failure || !isAwaited || hasBit(state.checking, file)) return { state, isNews: false }
  const underWay = state.underWay?.file === file ? null : state.underWay
  return { state: { ...state, underWay, failed: withBits(state.failed, file) }, isNews: true }
}

export function broken(state: Incoming, failure: CarryFailure): Incoming {
  return state.failure ? state : { ...state, underWay: null, failure }
}

/** Files that neither came nor were said not to come. */
export function awaited({ cargo, kept, failed }: Incoming): readonly number[] {
  return [...cargo.sizes.keys()].filter((file) => !hasBit(kept, file) && !hasBit(failed, file))
}

export function haveOf(state: Incoming, shareId: string): CarryMessageOf<'carry.have'> {
  const { generation, has, kept, failed } = state
  return {
    type: 'carry.have',
    ...{ shareId, generation, blocks: writeBits(has), kept: writeBits(kept), refused: writeBits(failed) },
  }
}
