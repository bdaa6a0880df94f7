/** One question to the PACS: to the configured address alone, followed nowhere, and never waited for longer than it may take. */
import { type IncomingMessage, request as requestHere } from 'node:http'
import { request } from 'node:https'
import type { Logger } from 'pino'
import type { PacsConfig } from '../config-pacs.ts'
import { pacsLookup } from './lookup.ts'
import { PacsProblem } from './problem.ts'

export type Upstream = {
  /** `path` begins with a slash and follows the configured address. Throws a PacsProblem, and so do its pieces. */
  ask(path: string, accept: string, signal: AbortSignal): Promise<UpstreamAnswer>
}

/** `status` is 200 or 204. Whoever does not read all of the pieces ends the connection by that. */
export type UpstreamAnswer = {
  readonly status: number
  readonly type: string
  readonly pieces: AsyncIterable<Uint8Array>
}

/** Of an answer's head. */
const mostHeaderBytes = 16_384

/** What a PACS says that cannot write an image in the form that was asked for (PS3.18 section 8.6, and Orthanc's 500). */
const ofForm = [400, 406, 415, 500, 501]

export function createUpstream(config: PacsConfig, log: Logger): Upstream {
  const { url, authorization, silentMs } = config

  function open(target: URL, accept: string, signal: AbortSignal): Promise<IncomingMessage> {
    const headers = {
      accept,
      'accept-encoding': 'identity',
      'user-agent': 'Bedside',
      ...(authorization === null ? {} : { authorization }),
    }
    const options = { headers, signal, agent: false, lookup: pacsLookup, maxHeaderSize: mostHeaderBytes }
    return new Promise((resolve, reject) => {
      const asked = target.protocol === 'http:' ? requestHere(target, options) : request(target, options)
      const timer = setTimeout(() => asked.destroy(new PacsProblem('slow')), silentMs)
      asked.on('response', (response) => {
        clearTimeout(timer)
        resolve(response)
      })
      const fail = (error: Error) => {
        clearTimeout(timer)
        reject(note(problemIn(error, signal), error, signal))
      }
      asked.on('error', fail)
      // Another protocol was not asked for (RFC 9110 section 15.2.2).
      asked.on('upgrade', (_response, socket) => {
        socket.destroy()
        fail(new PacsProblem('wrong-answer'))
      })
      asked.on('close', () => {
        clearTimeout(timer)
        reject(new PacsProblem('down'))
      })
      asked.end()
    })
  }

  /** For whoever runs this; without a path, which would name a study. That nobody waits any more is no trouble. */
  function note(problem: PacsProblem, met: unknown, signal: AbortSignal): PacsProblem {
    if (!signal.aborted)
      log.warn({ problem: problem.why, met: wordOf(met) }, 'the PACS did not answer as it should')
    return problem
  }

  async function* read(response: IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const pieces = response[Symbol.asyncIterator]()
    try {
      for (;;) {
        // Only while it is the PACS that is waited for: whoever asked may read as slowly as they like.
        const timer = setTimeout(() => response.destroy(new PacsProblem('slow')), silentMs)
        const piece = await pieces.next().finally(() => clearTimeout(timer))
        if (piece.done) return
        yield piece.value
      }
    } catch (error) {
      const problem = problemIn(error, signal)
      throw note(problem.why === 'down' ? new PacsProblem('down', 'form') : problem, error, signal)
    } finally {
      response.destroy()
    }
  }

  return {
    async ask(path, accept, signal) {
      const response = await open(new URL(`${url}${path}`), accept, signal)
      const { statusCode: status = 0, headers } = response
      const problem = problemOfStatus(status, headers['content-encoding'])
      if (problem) {
        response.destroy()
        throw note(problem, `HTTP ${status}`, signal)
      }
      return { status, type: headers['content-type'] ?? '', pieces: read(response, signal) }
    },
  }
}

/** Null: it is an answer. A redirect is none: it leads where nobody configured. */
function problemOfStatus(status: number, encoding: string | undefined): PacsProblem | null {
  if (status === 200 || status === 204)
    return encoding === undefined || encoding === 'identity' ? null : new PacsProblem('wrong-answer')
  if (status === 401 || status === 403 || status === 407) return new PacsProblem('refused')
  if (status === 404 || status === 410) return new PacsProblem('not-there')
  if (ofForm.includes(status)) return new PacsProblem('wrong-answer', 'form')
  return new PacsProblem(status === 429 || status > 501 ? 'down' : 'wrong-answer')
}

/** Aborted is either too late or not wanted any more. */
function problemIn(error: unknown, signal: AbortSignal): PacsProblem {
  if (error instanceof PacsProblem) return error
  if (signal.aborted) return new PacsProblem('slow')
  return new PacsProblem(String(wordOf(error)).startsWith('HPE_') ? 'wrong-answer' : 'down')
}

/** A code such as ECONNREFUSED or CERT_HAS_EXPIRED. */
function wordOf(met: unknown): unknown {
  if (!(met instanceof Error)) return met
  return 'code' in met ? met.code : met.message
}
