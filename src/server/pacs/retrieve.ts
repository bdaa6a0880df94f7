/** Images of the PACS (WADO-RS, PS3.18 section 10.4) as they stream, each looked at before anything of it is passed on. */
import { boundaryOf, createMultipart } from '../../core/scan/multipart.ts'
import { PacsProblem } from './problem.ts'
import type { Upstream } from './upstream.ts'
import { type Whose, whoseIs } from './whose.ts'

/** Whose images, and of what. */
export type Wanted = {
  readonly number: string
  readonly issuer: string | null
  readonly study: string
  readonly series: string
}

/** `opened` and `closed` are the two ends of one image; without `closed` it is not whole. */
export type Step =
  | { readonly type: 'opened' }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'closed' }

/** As it is stored, or uncompressed (explicit little endian), which is asked for where the PACS cannot send the other. */
export const forms = ['*', '1.2.840.10008.1.2.1'] as const
export type Form = (typeof forms)[number]

/** Bytes and images that may still come. */
export type Budget = { bytes: number; images: number }

/** Until then a file has said whose it is. */
const mostBeginning = 1024 * 1024
const firstLook = 4_096

/**
 * `known`: the images that came whole; they are left out, and those that come now are added. Throws a PacsProblem;
 * `other-patient` for an image of anybody but the wanted patient.
 */
export async function* retrieve(
  upstream: Upstream,
  path: string,
  form: Form,
  wanted: Wanted,
  known: Set<string>,
  budget: Budget,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  const accept = `multipart/related; type="application/dicom"; transfer-syntax=${form}`
  const answer = await upstream.ask(path, accept, signal)
  const boundary = boundaryOf(answer.type)
  if (boundary === null) throw new PacsProblem('wrong-answer')
  const multipart = createMultipart(boundary)
  let gate: Gate | null = null
  for await (const piece of answer.pieces) {
    budget.bytes -= piece.length
    if (budget.bytes < 0) throw new PacsProblem('too-large')
    const { news, isBroken } = multipart.push(piece)
    for (const one of news) {
      if (one.type === 'bytes') {
        yield* gate?.push(one.bytes) ?? []
        continue
      }
      yield* gate?.close() ?? []
      if (one.type === 'end') return
      if (--budget.images < 0) throw new PacsProblem('too-large')
      gate = createGate(wanted, known)
    }
    if (isBroken) break
  }
  throw new PacsProblem('wrong-answer', 'form')
}

type Gate = ReturnType<typeof createGate>

/** One image's way through: held until it is known whose it is. */
function createGate(wanted: Wanted, known: Set<string>) {
  let held: Uint8Array[] = []
  let length = 0
  let nextLook = firstLook
  let whose: Whose | null = null
  let isKnown = false

  function look(): Step[] {
    const beginning = Buffer.concat(held)
    whose = whoseIs(beginning)
    nextLook = length * 2
    if (!whose) return []
    refuseOther(whose, wanted)
    isKnown = known.has(whose.instance)
    held = []
    return isKnown ? [] : [{ type: 'opened' }, { type: 'bytes', bytes: beginning }]
  }

  return {
    push(bytes: Uint8Array): Step[] {
      if (whose) return isKnown ? [] : [{ type: 'bytes', bytes }]
      held.push(bytes)
      length += bytes.length
      const steps = length < nextLook ? [] : look()
      if (!whose && length > mostBeginning) throw new PacsProblem('wrong-answer', 'form')
      return steps
    },
    close(): Step[] {
      const steps = whose ? [] : look()
      if (!whose) throw new PacsProblem('wrong-answer', 'form')
      if (isKnown) return []
      known.add(whose.instance)
      return [...steps, { type: 'closed' }]
    },
  }
}

function refuseOther(whose: Whose, { number, issuer, study, series }: Wanted): void {
  const isTheirs = whose.patientId === number && (issuer === null || whose.issuer === issuer)
  if (!isTheirs) throw new PacsProblem('other-patient')
  if (whose.study !== study || whose.series !== series) throw new PacsProblem('wrong-answer')
}
