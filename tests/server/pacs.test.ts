/** Scans out of a PACS: of the asked patient and of nobody else, whatever the PACS answers. */
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/server/config.ts'
import { mayBe } from '../../src/server/pacs/lookup.ts'
import { studyDigest } from '../../src/server/pacs/routes.ts'
import { imageOf, multipart, multipartType, openDicomweb, sendImages, studyRow } from '../fakes/dicomweb.ts'
import { rowsOf } from './audit-rows.ts'
import { pacsClient, stayIn } from './pacs-client.ts'
import { openWard, temporaryFolder } from './ward.ts'

const [eero, helmi] = ['DEMO-1048', 'DEMO-1139']
const [study, series, foreign] = ['1.2.3', '1.2.3.4', '1.2.9']
const images = [
  imageOf(eero, study, series, '1.2.3.4.1'),
  imageOf(eero, study, series, '1.2.3.4.2'),
  imageOf(helmi, foreign, '1.2.9.1', '1.2.9.1.1'),
]
const rows = [studyRow(study, eero, '19480302'), studyRow(foreign, helmi, '19391119')]

type Misbehaviour = Parameters<typeof openDicomweb>[2]
type Options = {
  readonly rows?: Parameters<typeof openDicomweb>[0]
  readonly images?: typeof images
  readonly environment?: Readonly<Record<string, string>>
}

/** A ward with a PACS of its own; Anna asks about bed 1, where Eero lies. */
async function openPacs(misbehaves?: Misbehaviour, options: Options = {}) {
  const pacs = await openDicomweb(options.rows ?? rows, options.images ?? images, misbehaves)
  onTestFinished(async () => void (await pacs.close()))
  const ward = await openWard({
    environment: {
      BEDSIDE_PACS_URL: pacs.url,
      BEDSIDE_PACS_USER: 'bedside',
      BEDSIDE_PACS_PASSWORD: 'open sesame',
      BEDSIDE_PACS_MOST_MB: '1',
      ...options.environment,
    },
  })
  const client = pacsClient(ward.origin, await ward.signIn('Anna Laine'))
  /** The acts about scans, each as `ACTION outcome detail`. */
  async function acts(): Promise<string[]> {
    await ward.close()
    return rowsOf(ward.data)
      .filter(({ act }) => act.action.startsWith('scan'))
      .map(({ act }) => `${act.action} ${act.outcome} ${act.detail ?? ''}`.trim())
  }
  return { ward, pacs, client, stay: await stayIn(ward, '1'), acts }
}

const wado = `/studies/${study}/series/${series}`
const isImages = (path: string) => path.startsWith(wado) && !path.includes('?')

test('without a PACS it is said that there is none', async () => {
  const ward = await openWard()
  const client = pacsClient(ward.origin, await ward.signIn('Anna Laine'))
  const stay = await stayIn(ward, '1')
  const none = { ok: false, failure: 'not-configured' }
  expect(await client.studies(stay)).toEqual(none)
  expect(await client.series(stay, study)).toEqual(none)
  expect((await client.fetch(stay, study, series)).ended).toEqual(none)
})

test('a nurse sees what the PACS has of her patient, whose number the server alone says, and it is on record', async () => {
  const { client, stay, pacs, acts } = await openPacs()
  const { ok, ...found } = await client.studies(stay)
  expect([ok, found]).toMatchObject([
    true,
    {
      value: {
        studies: [
          {
            study,
            date: '2026-11-22',
            modalities: ['CT'],
            description: 'Head <b>& neck</b>',
            series: 1,
            images: 2,
          },
        ],
        withheld: 0,
        isAll: true,
      },
    },
  ])
  expect(pacs.asked).toHaveLength(1)
  expect(pacs.asked[0]?.path).toContain(`00100020=${eero}&`)
  expect(pacs.asked[0]?.authorization).toBe(`Basic ${btoa('bedside:open sesame')}`)
  expect(await client.series(stay, study)).toEqual({
    ok: true,
    value: [{ series, number: 2, modality: 'CT', description: 'axial', images: 2 }],
  })
  await client.series(stay, study)
  expect(await acts(), 'the patient’s studies, and which series one of them has').toEqual([
    'scans-listed done',
    'scans-listed done',
  ])
})

test('a series comes byte by byte, and a study is on record once, by a digest for this stay', async () => {
  const { client, stay, ward } = await openPacs()
  const { files, ended } = await client.fetch(stay, study, series)
  expect(ended).toEqual({ ok: true, value: { missing: 0 } })
  expect(files.map((file) => [...file])).toEqual(images.slice(0, 2).map(({ file }) => [...file]))
  await client.fetch(stay, study, series)
  await ward.close()
  const fetched = rowsOf(ward.data).filter(({ act }) => act.action === 'scan-fetched')
  expect(fetched.map(({ act }) => [act.outcome, act.patient, act.entity, act.agent.type])).toEqual([
    ['done', stay, { type: 'study', id: studyDigest(stay, study) }, 'staff'],
  ])
  expect(JSON.stringify(fetched)).not.toContain(study)
  expect(JSON.stringify(fetched)).not.toContain(eero)
})

test('[HZ-1] nobody fetches another patient’s study by its UID, and who tries is on record', async () => {
  const { client, stay, pacs, acts } = await openPacs()
  expect(await client.series(stay, foreign)).toEqual({ ok: false, failure: 'not-there' })
  const { files, ended } = await client.fetch(stay, foreign, '1.2.9.1')
  expect([files, ended]).toEqual([[], { ok: false, failure: 'not-there' }])
  expect(pacs.asked.filter(({ path }) => !path.startsWith('/studies?'))).toEqual([])
  expect(await acts()).toEqual(['scan-fetched refused not-there', 'scan-fetched refused not-there'])
})

test('[HZ-1] an image of another patient within the series ends it, and nothing of it leaves the server', async () => {
  const other = imageOf(helmi, study, series, '1.2.3.4.3')
  const { client, stay, acts } = await openPacs(
    (path, reply) => {
      if (!isImages(path)) return false
      sendImages(reply, [images[0]?.file ?? other.file, other.file])
      return true
    },
    { images: [...images, other] },
  )
  const { files, ended } = await client.fetch(stay, study, series)
  expect(ended).toEqual({ ok: false, failure: 'other-patient' })
  expect(files.map((file) => [...file])).toEqual([[...(images[0]?.file ?? [])]])
  expect(await acts()).toEqual(['scan-fetched done', 'scan-fetched refused other-patient'])
})

test('[HZ-1] a PACS that answers with more than was asked for shows no more', async () => {
  const born = [studyRow('1.2.4', eero, '19480303'), studyRow('1.2.5', eero), studyRow('1.2.6', 'DEMO-104*')]
  const everything = [...rows, ...born]
  const { client, stay } = await openPacs(
    (path, reply) => {
      if (!path.startsWith('/studies?')) return false
      reply.writeHead(200, { 'content-type': 'application/dicom+json' }).end(JSON.stringify(everything))
      return true
    },
    { rows: everything },
  )
  const found = await client.studies(stay)
  // Of another birth date is somebody else's under a number that was mistyped.
  expect(found.ok && [found.value.studies.map((one) => one.study), found.value.withheld]).toEqual([
    [study, '1.2.5'],
    1,
  ])
  expect(await client.series(stay, '1.2.4')).toEqual({ ok: false, failure: 'not-there' })
})

test('[HZ-1] a number with a star in it finds nobody else', async () => {
  const { client, stay, ward } = await openPacs()
  const { db } = ward.store
  await db.updateTable('admissions').set({ number: 'DEMO-*' }).where('admission_id', '=', stay).execute()
  expect(await client.studies(stay)).toMatchObject({ ok: true, value: { studies: [], withheld: 0 } })
  expect((await client.fetch(stay, study, series)).ended).toEqual({ ok: false, failure: 'not-there' })
})

test('[HZ-1] where an issuer is configured, a number of another hospital is another number', async () => {
  const issued = [
    studyRow(study, eero, '', 'HERE'),
    studyRow('1.2.7', eero, '', 'THERE'),
    studyRow('1.2.8', eero),
  ]
  const { client, stay, pacs } = await openPacs(undefined, {
    rows: issued,
    environment: { BEDSIDE_PACS_ISSUER: 'HERE' },
  })
  const found = await client.studies(stay)
  expect(found.ok && found.value.studies.map((one) => one.study)).toEqual([study])
  expect(pacs.asked[0]?.path).toContain('00100021=HERE')
  // The images say no issuer.
  expect((await client.fetch(stay, study, series)).ended).toEqual({ ok: false, failure: 'other-patient' })
})

test('a stay that is over opens nothing', async () => {
  const { client, stay, ward, pacs } = await openPacs()
  const { db } = ward.store
  await db.updateTable('admissions').set({ ended_ms: 1 }).where('admission_id', '=', stay).execute()
  expect(await client.studies(stay)).toEqual({ ok: false, failure: 'not-found' })
  expect((await client.fetch(stay, study, series)).ended).toEqual({ ok: false, failure: 'not-found' })
  expect(pacs.asked).toEqual([])
})

test.each([
  ['../patients', series],
  ['1.2/../../9', series],
  ['1.2?PatientID=9', series],
  [study, `${series}/metadata`],
  [study, '1'.repeat(65)],
  ['', series],
])('what is no UID is asked of nobody: %s, %s', async (study, series) => {
  const { client, stay, pacs } = await openPacs()
  expect((await client.fetch(stay, study, series)).ended).toEqual({ ok: false, failure: 'bad-request' })
  expect(pacs.asked).toEqual([])
})

test('nobody names a patient by a number, or a place to ask', async () => {
  const { ward, stay, pacs } = await openPacs()
  const cookie = await ward.signIn('Ben Okafor')
  for (const more of [`number=${helmi}`, 'PatientID=9', 'url=http://127.0.0.1/']) {
    const path = `${ward.origin}/api/pacs/studies?admissionId=${stay}&${more}`
    expect((await fetch(path, { headers: { cookie, 'x-bedside': '1' } })).status).toBe(400)
  }
  expect(pacs.asked).toEqual([])
})

test.each([
  ['an interpreter', { role: 'interpreter' }],
  ['an administrator', { role: 'admin' }],
  ['a nurse of another ward', { wards: '[]' }],
] as const)('%s fetches nothing', async (_, change) => {
  const { ward, stay, client, pacs } = await openPacs()
  await ward.store.db.updateTable('staff').set(change).where('name', '=', 'Anna Laine').execute()
  expect(await client.studies(stay)).toEqual({ ok: false, failure: 'forbidden' })
  expect((await client.fetch(stay, study, series)).ended).toEqual({ ok: false, failure: 'forbidden' })
  expect(pacs.asked).toEqual([])
})

/** A busy machine is slow by itself. */
const patience = (failure: string): Options => ({
  environment: failure === 'slow' ? { BEDSIDE_PACS_SECONDS: '1' } : {},
})

const html = (reply: ServerResponse) => reply.writeHead(200, { 'content-type': 'text/html' }).end('<html>')

test.each<readonly [string, string, (reply: ServerResponse) => unknown]>([
  ['says nothing', 'slow', () => {}],
  [
    'stops in the middle',
    'slow',
    (reply) => reply.writeHead(200, { 'content-type': 'application/dicom+json' }).write('['),
  ],
  ['wants a password (401)', 'refused', (reply) => reply.writeHead(401).end()],
  ['forbids it (403)', 'refused', (reply) => reply.writeHead(403).end()],
  ['is overloaded (503)', 'down', (reply) => reply.writeHead(503).end()],
  ['hangs up', 'down', (reply) => reply.destroy()],
  [
    'goes over to another protocol (101)',
    'wrong-answer',
    (reply) => reply.socket?.write('HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n'),
  ],
  ['answers with a page', 'wrong-answer', html],
  [
    'answers with no JSON',
    'wrong-answer',
    (reply) => reply.writeHead(200, { 'content-type': 'application/json' }).end('[{'),
  ],
  [
    'answers with other JSON',
    'wrong-answer',
    (reply) => reply.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}'),
  ],
  [
    'has a head without end',
    'wrong-answer',
    (reply) => reply.writeHead(200, { 'x-long': 'x'.repeat(20_000) }).end(),
  ],
  [
    'packs what was asked for plain',
    'wrong-answer',
    (reply) => reply.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(),
  ],
  [
    'never ends its list',
    'too-large',
    (reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' })
      const more = () => reply.write(' '.repeat(65_536), (error) => error ?? more())
      more()
    },
  ],
])('a PACS that %s: %s, for studies, series and images', async (_, failure, misbehave) => {
  const { client, stay } = await openPacs((_path, reply) => {
    misbehave(reply)
    return true
  }, patience(failure))
  const wanted = { ok: false, failure }
  const all = [client.studies(stay), client.series(stay, study), client.fetch(stay, study, series)]
  const [studies, listed, fetched] = await Promise.all(all)
  expect([studies, listed, fetched]).toEqual([wanted, wanted, { files: [], ended: wanted }])
})

test('a PACS that is not there is down', async () => {
  const { client, stay, pacs } = await openPacs()
  await pacs.close()
  expect(await client.studies(stay)).toEqual({ ok: false, failure: 'down' })
})

test('a redirect is followed nowhere', async () => {
  let met = 0
  const elsewhere = createServer((_asked, reply) => {
    met += 1
    reply.end('[]')
  })
  await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done))
  onTestFinished(() => void elsewhere.close())
  const address = elsewhere.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { client, stay } = await openPacs((_path, reply) => {
    reply.writeHead(307, { location: `http://127.0.0.1:${port}/studies` }).end()
    return true
  })
  expect(await client.studies(stay)).toEqual({ ok: false, failure: 'wrong-answer' })
  expect((await client.fetch(stay, study, series)).ended).toEqual({ ok: false, failure: 'wrong-answer' })
  expect(met).toBe(0)
})

function trickle(reply: ServerResponse, head: Uint8Array | string, piece: string): void {
  reply.writeHead(200, { 'content-type': multipartType })
  reply.write(head)
  const more = () => reply.write(piece, (error) => error ?? more())
  more()
}

const opening = (file: Uint8Array) =>
  Buffer.concat([Buffer.from('--parts\r\nContent-Type: application/dicom\r\n\r\n'), file])

test.each<readonly [string, string, (reply: ServerResponse) => unknown]>([
  [
    'an image without end',
    'too-large',
    (reply) => trickle(reply, opening(images[0]?.file ?? new Uint8Array()), 'x'.repeat(65_536)),
  ],
  [
    'images without end',
    'too-large',
    (reply) =>
      trickle(
        reply,
        opening(images[0]?.file ?? new Uint8Array()),
        `\r\n${opening(images[0]?.file ?? new Uint8Array()).toString('latin1')}`,
      ),
  ],
  [
    'a stall in the middle of an image',
    'slow',
    (reply) => {
      reply.writeHead(200, { 'content-type': multipartType })
      reply.write(opening(images[0]?.file.subarray(0, 300) ?? new Uint8Array()))
    },
  ],
  ['a page', 'wrong-answer', html],
  [
    'an image of another study',
    'wrong-answer',
    (reply) => sendImages(reply, [imageOf(eero, '1.2.77', series, '1.2.3.4.1').file]),
  ],
])('of a series that is %s: %s', async (_, failure, misbehave) => {
  const { client, stay } = await openPacs((path, reply) => {
    if (!isImages(path)) return false
    misbehave(reply)
    return true
  }, patience(failure))
  expect((await client.fetch(stay, study, series)).ended).toEqual({ ok: false, failure })
})

test.each<readonly [string, (reply: ServerResponse) => unknown]>([
  ['cannot be sent as stored (500)', (reply) => reply.writeHead(500).end()],
  ['cannot be sent as stored (400)', (reply) => reply.writeHead(400).end()],
  [
    'has another boundary than it says',
    (reply) =>
      reply
        .writeHead(200, { 'content-type': multipartType })
        .end(multipart([images[0]?.file ?? new Uint8Array()], 'other')),
  ],
  [
    'breaks off in the middle of an image',
    (reply) => {
      reply.writeHead(200, { 'content-type': multipartType, 'content-length': 100_000 })
      reply.write(opening(images[0]?.file.subarray(0, 30_000) ?? new Uint8Array()), () => reply.destroy())
    },
  ],
  ['is no DICOM', (reply) => sendImages(reply, [Buffer.from('<html>'.repeat(99))])],
])(
  'a series that %s is asked for image by image, then uncompressed, and what comes is whole',
  async (_, misbehave) => {
    const single = `${wado}/instances/1.2.3.4.2`
    const { client, stay, pacs } = await openPacs((path, reply, { headers }) => {
      const isStored = headers.accept?.endsWith('transfer-syntax=*')
      if (!isStored || (path !== wado && path !== single)) return false
      misbehave(reply)
      return true
    })
    const { files, ended } = await client.fetch(stay, study, series)
    expect(ended).toEqual({ ok: true, value: { missing: 0 } })
    expect(files.map((file) => [...file])).toEqual(images.slice(0, 2).map(({ file }) => [...file]))
    expect(pacs.asked.at(-1)).toMatchObject({
      path: single,
      accept: 'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.1',
    })
  },
)

test('an image that the PACS can send in no form is counted, and the others come', async () => {
  const { client, stay } = await openPacs((path, reply) => {
    if (path !== wado && path !== `${wado}/instances/1.2.3.4.1`) return false
    reply.writeHead(500).end()
    return true
  })
  const { files, ended } = await client.fetch(stay, study, series)
  expect(ended).toEqual({ ok: true, value: { missing: 1 } })
  expect(files.map((file) => [...file])).toEqual([[...(images[1]?.file ?? [])]])
})

test('when whoever asked goes away, the PACS is asked no more', async () => {
  const leave = new AbortController()
  let began = () => {}
  const begun = new Promise<void>((done) => {
    began = done
  })
  const { client, stay, pacs } = await openPacs(
    (path, reply) => {
      if (!isImages(path)) return false
      reply.writeHead(200, { 'content-type': multipartType })
      reply.write(opening(images[0]?.file ?? new Uint8Array()), began)
      return true
    },
    { environment: { BEDSIDE_PACS_SECONDS: '120' } },
  )
  const fetched = client.fetch(stay, study, series, leave.signal)
  await begun
  leave.abort()
  const { ended } = await fetched
  expect(ended.ok ? null : ended.failure).toMatch(/^(?:stopped|cut)$/)
  await pacs.lastGone()
})

test('one person fetches two series at a time; a colleague is not in their way', async () => {
  const held: ServerResponse[] = []
  let came = () => {}
  const both = new Promise<void>((done) => {
    came = () => held.length === 2 && done()
  })
  const { client, stay, ward } = await openPacs(
    (path, reply) => {
      if (!isImages(path) || held.length === 2) return false
      held.push(reply)
      came()
      return true
    },
    { environment: { BEDSIDE_PACS_SECONDS: '120' } },
  )
  const first = [client.fetch(stay, study, series), client.fetch(stay, study, series)]
  await both
  expect((await client.fetch(stay, study, series)).ended).toEqual({ ok: false, failure: 'too-many' })
  const ben = pacsClient(ward.origin, await ward.signIn('Ben Okafor'))
  expect((await ben.fetch(stay, study, series)).ended).toEqual({ ok: true, value: { missing: 0 } })
  for (const reply of held)
    sendImages(
      reply,
      images.slice(0, 2).map(({ file }) => file),
    )
  expect((await Promise.all(first)).map(({ files }) => files.length)).toEqual([2, 2])
  expect((await client.fetch(stay, study, series)).ended).toEqual({ ok: true, value: { missing: 0 } })
})

test.each([
  ['10.1.2.3', 'pacs.hospital.example', true],
  ['2001:db8::1', 'pacs.hospital.example', true],
  ['127.0.0.1', 'localhost', true],
  ['10.1.2.3', 'localhost', false],
  ['127.0.0.1', 'pacs.hospital.example', false],
  ['::1', 'pacs.hospital.example', false],
  ['169.254.169.254', 'pacs.hospital.example', false],
  ['fe80::1', 'pacs.hospital.example', false],
  ['0.0.0.0', 'pacs.hospital.example', false],
  ['224.0.0.1', 'pacs.hospital.example', false],
  ['::ffff:169.254.169.254', 'pacs.hospital.example', false],
])('a name that leads to %s: %s is connected to: %s', (address, name, expected) => {
  expect(mayBe(address, name)).toBe(expected)
})

test.each([
  'http://pacs.hospital.example/dicom-web',
  'https://user:geheim@pacs.hospital.example/dicom-web',
  'https://169.254.169.254/latest',
  'https://[fe80::1]/dicom-web',
  'https://pacs.hospital.example/dicom-web?user=geheim',
  'https://pacs.hospital.example/#geheim',
  'pacs.hospital.example',
  'file:///etc/passwd',
])('it does not start with the PACS at %s, and prints no password', (url) => {
  expect(() => readConfig({ BEDSIDE_PACS_URL: url }, [])).toThrow('BEDSIDE_PACS_URL must be')
  expect(() => readConfig({ BEDSIDE_PACS_URL: url }, [])).not.toThrow('geheim')
})

test('a PACS has an address, and a name with a password or neither', async () => {
  const { writeFileSync } = await import('node:fs')
  const url = 'https://pacs.hospital.example/dicom-web/'
  const read = (more: Readonly<Record<string, string>>) =>
    readConfig({ BEDSIDE_PACS_URL: url, ...more }, []).pacs
  expect(read({})).toEqual({
    url: 'https://pacs.hospital.example/dicom-web',
    authorization: null,
    issuer: null,
    silentMs: 20_000,
    mostBytes: 512 * 1024 * 1024,
  })
  const file = `${temporaryFolder()}/password`
  writeFileSync(file, 'öpen:sesame\n')
  const basic = `Basic ${Buffer.from('bedside:öpen:sesame').toString('base64')}`
  const user = { BEDSIDE_PACS_USER: 'bedside' }
  expect(read({ ...user, BEDSIDE_PACS_PASSWORD_FILE: file })?.authorization).toBe(basic)
  expect(() => read(user)).toThrow('BEDSIDE_PACS_USER is set but')
  expect(() => read({ BEDSIDE_PACS_PASSWORD: 'x' })).toThrow('BEDSIDE_PACS_USER is not')
  expect(() => read({ ...user, BEDSIDE_PACS_PASSWORD: 'x', BEDSIDE_PACS_PASSWORD_FILE: file })).toThrow(
    'not both',
  )
  expect(() => read({ ...user, BEDSIDE_PACS_PASSWORD_FILE: '/nowhere' })).toThrow('cannot be read')
  expect(() => read({ ...user, BEDSIDE_PACS_PASSWORD: 'two\nlines' })).toThrow(
    'must be a password in one line, not what it is',
  )
  expect(() => readConfig({ BEDSIDE_PACS_USER: 'bedside' }, [])).toThrow('BEDSIDE_PACS_URL is not')
  expect(() => read({ BEDSIDE_PACS_SECONDS: '0' })).toThrow('BEDSIDE_PACS_SECONDS must be')
  expect(() => read({ BEDSIDE_PACS_MOST_MB: '9999' })).toThrow('BEDSIDE_PACS_MOST_MB must be')
})
