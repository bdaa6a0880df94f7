/** A series on its way to the browser: one multipart/related of our own, with what becomes of it said between its images. */
import { randomBytes } from 'node:crypto'
import type { PacsNote } from '../../protocol/pacs.ts'
import { type PacsProblem, problemOf } from './problem.ts'
import { mostInstances, type Qido } from './qido.ts'
import { type Budget, type Form, forms, retrieve, type Step, type Wanted } from './retrieve.ts'
import type { Upstream } from './upstream.ts'

export type SeriesStream = { readonly type: string; readonly pieces: AsyncGenerator<Uint8Array> }

export type StreamParts = { readonly upstream: Upstream; readonly qido: Qido; readonly mostBytes: number }

/** `failed` hears why it was not all, before the browser does. */
export function streamSeries(
  { upstream, qido, mostBytes }: StreamParts,
  wanted: Wanted,
  signal: AbortSignal,
  failed: (problem: PacsProblem) => Promise<void>,
): SeriesStream {
  const boundary = randomBytes(16).toString('hex')
  const path = `/studies/${wanted.study}/series/${wanted.series}`
  const known = new Set<string>()
  const budget: Budget = { bytes: mostBytes, images: mostInstances }
  const from = (path: string, form: Form) =>
    framed(retrieve(upstream, path, form, wanted, known, budget, signal), boundary)

  /** One after the other, as stored or uncompressed: some PACS can send no series in which one image cannot be sent so. */
  async function* single(): AsyncGenerator<Uint8Array, number> {
    let order: readonly Form[] = forms
    let missing = 0
    for (const instance of await qido.instances(wanted.study, wanted.series, signal)) {
      if (known.has(instance)) continue
      const form = yield* firstThatDoes(order, (one) => from(`${path}/instances/${instance}`, one))
      if (!known.has(instance)) missing += 1
      if (form !== null) order = [form, ...forms.filter((other) => other !== form)]
    }
    return missing
  }

  async function* images(): AsyncGenerator<Uint8Array, number> {
    const form = yield* firstThatDoes(['*'], (one) => from(path, one))
    return form === null ? yield* single() : 0
  }

  /** Tries forms until one does; what stopped in the middle is said to be broken. Null: none did. */
  async function* firstThatDoes(
    order: readonly Form[],
    ask: (form: Form) => AsyncGenerator<Uint8Array, Ended>,
  ): AsyncGenerator<Uint8Array, Form | null> {
    for (const form of order) {
      const { problem, isOpen } = yield* ask(form)
      if (isOpen) yield part(boundary, { type: 'broken' })
      if (problem === null) return form
      if (!problem.ofForm) throw problem
    }
    return null
  }

  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      yield part(boundary, { type: 'ended', missing: yield* images() })
    } catch (error) {
      const problem = problemOf(error)
      await failed(problem)
      yield part(boundary, { type: 'failed', why: problem.why })
    }
    yield Buffer.from(`\r\n--${boundary}--\r\n`)
  }

  const type = `multipart/related; type="application/dicom"; boundary=${boundary}`
  return { type, pieces: pieces() }
}

/** `isOpen`: it stopped in the middle of an image. */
type Ended = { readonly problem: PacsProblem | null; readonly isOpen: boolean }

async function* framed(steps: AsyncIterable<Step>, boundary: string): AsyncGenerator<Uint8Array, Ended> {
  let isOpen = false
  try {
    for await (const step of steps) {
      isOpen = step.type !== 'closed'
      if (step.type === 'opened') yield head(boundary, 'application/dicom')
      else if (step.type === 'bytes') yield step.bytes
    }
    return { problem: null, isOpen: false }
  } catch (error) {
    return { problem: problemOf(error), isOpen }
  }
}

function head(boundary: string, type: string): Buffer {
  return Buffer.from(`\r\n--${boundary}\r\ncontent-type: ${type}\r\n\r\n`)
}

function part(boundary: string, note: PacsNote): Buffer {
  return Buffer.concat([head(boundary, 'application/json'), Buffer.from(JSON.stringify(note))])
}
