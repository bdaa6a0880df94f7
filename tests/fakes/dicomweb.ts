/** A DICOMweb of one's own on loopback (PS3.18), which behaves as well, or as badly, as a test wants. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { element, fileOf, imageElements, joined } from './scan-files.ts'

export type FakeImage = {
  readonly number: string
  readonly study: string
  readonly series: string
  readonly instance: string
  readonly file: Uint8Array
}

/** An image that comes in several pieces; `number` is whose it says it is. */
export function imageOf(number: string, study: string, series: string, instance: string): FakeImage {
  const [name, ...rest] = imageElements({ rows: 200, columns: 200, pixels: new Uint8Array(40_000).fill(13) })
  const file = fileOf([
    element(0x0008, 0x0018, 'UI', instance),
    ...(name ? [name] : []),
    element(0x0010, 0x0020, 'LO', number),
    element(0x0020, 0x000d, 'UI', study),
    element(0x0020, 0x000e, 'UI', series),
    ...rest,
  ])
  return { number, study, series, instance, file }
}

/** A study as QIDO-RS says it (PS3.18 section F.2). */
export function studyRow(study: string, number: string, born = '', issuer?: string) {
  return {
    '00080020': { vr: 'DA', Value: ['20261122'] },
    '00080061': { vr: 'CS', Value: ['CT'] },
    '00081030': { vr: 'LO', Value: ['Head <b>& neck</b>'] },
    '00100020': { vr: 'LO', Value: [number] },
    ...(issuer === undefined ? {} : { '00100021': { vr: 'LO', Value: [issuer] } }),
    '00100030': born === '' ? { vr: 'DA' } : { vr: 'DA', Value: [born] },
    '0020000D': { vr: 'UI', Value: [study] },
    '00201206': { vr: 'IS', Value: [1] },
    '00201208': { vr: 'IS', Value: [2] },
  }
}

/** How many parts; `boundary` of the body where it is not that of the head. */
export function multipart(files: readonly Uint8Array[], boundary = 'parts'): Uint8Array {
  const text = (words: string) => new TextEncoder().encode(words)
  return joined([
    ...files.flatMap((file) => [text(`\r\n--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`), file]),
    text(`\r\n--${boundary}--\r\n`),
  ])
}

export const multipartType = 'multipart/related; type="application/dicom"; boundary=parts'

export function sendImages(reply: ServerResponse, files: readonly Uint8Array[]): void {
  reply.writeHead(200, { 'content-type': multipartType }).end(multipart(files))
}

/** True: it has answered. */
type Answer = (path: string, reply: ServerResponse, asked: IncomingMessage) => boolean

export type FakePacs = Awaited<ReturnType<typeof openDicomweb>>

/** `misbehaves` goes first; what it leaves alone is answered as it should be. */
export async function openDicomweb(
  rows: readonly ReturnType<typeof studyRow>[],
  images: readonly FakeImage[],
  misbehaves: Answer = () => false,
) {
  const asked: { path: string; accept: string; authorization: string | undefined }[] = []
  const gone: Promise<void>[] = []

  const server = createServer((request, reply) => {
    const url = new URL(request.url ?? '', 'http://pacs')
    const path = decodeURIComponent(url.pathname + url.search).replace('/dicom-web', '')
    const { accept = '', authorization } = request.headers
    asked.push({ path, accept, authorization })
    gone.push(new Promise((done) => reply.once('close', () => done())))
    if (!misbehaves(path, reply, request))
      answer(url.pathname.replace('/dicom-web', ''), url.searchParams, reply)
  })

  function answer(path: string, query: URLSearchParams, reply: ServerResponse): void {
    const json = (all: unknown) =>
      reply.writeHead(200, { 'content-type': 'application/dicom+json' }).end(JSON.stringify(all))
    const [, study, series, instance] =
      /^\/studies(?:\/([\d.]+)(?:\/series(?:\/([\d.]+)(?:\/instances(?:\/([\d.]+))?)?)?)?)?$/.exec(path) ?? []
    if (study === undefined) return void json(studies(query))
    const own = images.filter((one) => one.study === study && (series === undefined || one.series === series))
    if (series === undefined)
      return void json([...new Set(own.map((one) => one.series))].map((one) => seriesRow(one, own)))
    if (instance === undefined && path.endsWith('/instances'))
      return void json(own.map((one) => ({ '00080018': { vr: 'UI', Value: [one.instance] } })))
    const found = own.filter((one) => instance === undefined || one.instance === instance)
    if (found.length === 0) return void reply.writeHead(404).end()
    sendImages(
      reply,
      found.map(({ file }) => file),
    )
  }

  /** As PACS do: a star in the number matches anything. */
  function studies(query: URLSearchParams) {
    const wanted = query.get('00100020') ?? ''
    return rows.filter(
      (row) =>
        (wanted.includes('*') || row['00100020'].Value[0] === wanted) &&
        (query.get('0020000D') ?? row['0020000D'].Value[0]) === row['0020000D'].Value[0],
    )
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/dicom-web`,
    /** Every question, in order. */
    asked,
    /** Resolves when the answer to the last question is over, whoever ended it. */
    lastGone: () => gone.at(-1),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(done)
      }),
  }
}

function seriesRow(series: string, images: readonly FakeImage[]) {
  return {
    '00080060': { vr: 'CS', Value: ['CT'] },
    '0008103E': { vr: 'LO', Value: ['axial'] },
    '0020000E': { vr: 'UI', Value: [series] },
    '00200011': { vr: 'IS', Value: [2] },
    '00201209': { vr: 'IS', Value: [images.filter((one) => one.series === series).length] },
  }
}
