/** The presenter's side of a carrying: which piece leaves next, and what the viewer's word is worth (SPEC.md, CARRY). */
import type { CarryMessageOf } from '../../protocol/scan-carry.ts'
import {
  type Bits,
  bothOf,
  countOf,
  hasBit,
  isWithin,
  noBits,
  readBits,
  withBits,
  withoutBits,
} from './bits.ts'
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
  outwards,
} from './carry.ts'

/** The rest of a block. */
export type Stretch = { readonly file: number; readonly offset: number; readonly end: number }

export type Outgoing = {
  readonly cargo: Cargo
  /** How many connections were begun. */
  readonly generation: number
  /** The viewer has said on this connection what it has; before that nothing is known to be missing. */
  readonly isReady: boolean
  /** What is looked at. */
  readonly at: number
  /** Blocks that are there by the viewer's last word. */
  readonly has: Bits
  /** Blocks that left whole: on this connection, and on any. */
  readonly sent: Bits
  readonly ever: Bits
  /** Files that are there and checked; that the viewer has given up; that this end has not. */
  readonly kept: Bits
  readonly refused: Bits
  readonly lacking: Bits
  /** Files that were asked for once more. */
  readonly askedAgain: Bits
  readonly underWay: Stretch | null
  /** Connections since more arrived than ever before, and how many blocks that were. */
  readonly vain: number
  readonly most: number
  readonly failure: CarryFailure | null
}

/** What may be under way without an acknowledgement; a block always may. */
export const windowBytes = 8 * blockBytes
/** So many connections one after the other that bring nothing. */
const mostVain = 6

export function outgoingOf(manifest: CarryManifest): Outgoing {
  const cargo = cargoOf(manifest)
  const [blocks, files] = [noBits(cargo.blocks), noBits(cargo.sizes.length)]
  return {
    ...{ cargo, generation: 0, isReady: false, at: 0, underWay: null, vain: 0, most: 0, failure: null },
    ...{ has: blocks, sent: blocks, ever: blocks },
    ...{ kept: files, refused: files, lacking: files, askedAgain: files },
  }
}

const broken = (state: Outgoing, failure: CarryFailure): Outgoing => ({ ...state, underWay: null, failure })

/** [CARRY-4] Another connection: what of the one before was not acknowledged may be lost. */
export function reconnecting(state: Outgoing): Outgoing {
  if (state.failure) return state
  if (state.vain >= mostVain) return broken(state, 'no-way')
  const sent = noBits(state.cargo.blocks)
  const { generation, vain } = state
  return { ...state, generation: generation + 1, vain: vain + 1, isReady: false, sent, underWay: null }
}

/** [CARRY-6] What the viewer says that it has is held against what left. */
export function heardHave(state: Outgoing, said: CarryMessageOf<'carry.have'>): Outgoing {
  if (said.generation !== state.generation || state.failure) return state
  const { cargo } = state
  const files = cargo.sizes.length
  const has = readBits(said.blocks, cargo.blocks)
  const [kept, refused] = [readBits(said.kept, files), readBits(said.refused, files)]
  if (!has || !kept || !refused) return broken(state, 'malformed')
  if (!isWithin(has, state.ever) || !isKeptThere(cargo, kept, has)) return broken(state, 'has-unsent')
  const isKeeping = isWithin(state.kept, kept) && isWithin(state.refused, refused)
  if (!isKeeping || (state.isReady && !isWithin(state.has, has))) return broken(state, 'took-back')
  const there = countOf(has)
  const more = there > state.most ? { most: there, vain: 0 } : {}
  return { ...state, ...more, isReady: true, has, kept, refused }
}

function isKeptThere(cargo: Cargo, kept: Bits, has: Bits): boolean {
  return cargo.sizes.every((_, file) => !hasBit(kept, file) || isWhole(cargo, has, file))
}

/** [CARRY-5] The file that arrived was another one: it is sent once more, and no third time. */
export function heardAgain(state: Outgoing, said: CarryMessageOf<'carry.again'>): Outgoing {
  if (said.generation !== state.generation || state.failure) return state
  const { cargo, has, sent, askedAgain } = state
  const { file } = said
  if (file >= cargo.sizes.length) return broken(state, 'not-offered')
  if (!isWhole(cargo, bothOf(has, sent), file)) return broken(state, 'has-unsent')
  if (hasBit(state.kept, file)) return broken(state, 'took-back')
  if (hasBit(askedAgain, file)) return broken(state, 'asked-too-often')
  const [from, to] = blocksOf(cargo, file)
  return {
    ...state,
    has: withoutBits(has, from, to),
    sent: withoutBits(sent, from, to),
    askedAgain: withBits(askedAgain, file),
  }
}

/** [CARRY-2] The block that is under way is finished; then what is looked at comes first. */
export function lookedAt(state: Outgoing, file: number): Outgoing {
  return { ...state, at: file }
}

export function heardWant(state: Outgoing, said: CarryMessageOf<'carry.want'>): Outgoing {
  if (state.failure) return state
  return said.file < state.cargo.sizes.length ? lookedAt(state, said.file) : broken(state, 'not-offered')
}

/** This end has the file no more. */
export function lost(state: Outgoing, file: number): Outgoing {
  const underWay = state.underWay?.file === file ? null : state.underWay
  return { ...state, underWay, lacking: withBits(state.lacking, file) }
}

export const lackingOf = ({ cargo, lacking }: Outgoing): readonly number[] =>
  [...cargo.sizes.keys()].filter((file) => hasBit(lacking, file))

export function isGivenUp({ refused, lacking }: Outgoing, file: number): boolean {
  return hasBit(refused, file) || hasBit(lacking, file)
}

/** Each file is there and checked, or given up by name; or all of it failed. */
export function isSettled(state: Outgoing): boolean {
  if (state.failure) return true
  return state.cargo.sizes.every((_, file) => hasBit(state.kept, file) || isGivenUp(state, file))
}

/** Bytes of blocks that left on this connection and were not acknowledged. */
export function unacknowledged({ cargo, sent, has }: Outgoing): number {
  let bytes = 0
  for (const file of cargo.sizes.keys()) {
    const [from, to] = blocksOf(cargo, file)
    for (let block = from; block < to; block += 1) {
      const offset = (block - from) * blockBytes
      if (hasBit(sent, block) && !hasBit(has, block)) bytes += blockEnd(cargo, file, offset) - offset
    }
  }
  return bytes
}

/** What leaves next: the rest of the block under way, or the first that is missing from what is looked at outwards. */
export function upcoming(state: Outgoing): Stretch | null {
  if (!state.isReady || state.failure) return null
  if (state.underWay) return state.underWay
  const waiting = unacknowledged(state)
  for (const file of outwards(state.at, state.cargo.sizes.length)) {
    if (isGivenUp(state, file)) continue
    const stretch = firstMissing(state, file)
    if (!stretch) continue
    const isWithinWindow = waiting === 0 || waiting + stretch.end - stretch.offset <= windowBytes
    return isWithinWindow ? stretch : null
  }
  return null
}

function firstMissing({ cargo, sent, has }: Outgoing, file: number): Stretch | null {
  const [from, to] = blocksOf(cargo, file)
  for (let block = from; block < to; block += 1) {
    if (hasBit(sent, block) || hasBit(has, block)) continue
    const offset = (block - from) * blockBytes
    return { file, offset, end: blockEnd(cargo, file, offset) }
  }
  return null
}

/** So many bytes of this stretch have left. */
export function left(state: Outgoing, stretch: Stretch, bytes: number): Outgoing {
  const offset = stretch.offset + bytes
  if (offset < stretch.end) return { ...state, underWay: { ...stretch, offset } }
  const block = blockAt(state.cargo, stretch.file, stretch.offset)
  return {
    ...state,
    underWay: null,
    sent: withBits(state.sent, block),
    ever: withBits(state.ever, block),
  }
}
