/** A real PACS, Orthanc with its DICOMweb plugin: what it was given comes to the browser, and decodes as it should. */
import { createHash } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createDecoder } from '../../src/io/scan/decode.ts'
import { openScan } from '../../src/io/scan/open.ts'
import { readConfig } from '../../src/server/config.ts'
import { retrieve } from '../../src/server/pacs/retrieve.ts'
import { createUpstream } from '../../src/server/pacs/upstream.ts'
import { whoseIs } from '../../src/server/pacs/whose.ts'
import { numbered, numberIn } from '../fakes/numbered.ts'
import { joined } from '../fakes/scan-files.ts'
import { binaryFromDisk, expectations, phantomSlices, readScan, singleScans } from '../fakes/scans.ts'
import { type Orthanc, startOrthanc } from '../orthanc.ts'
import { pacsClient, stayIn } from './pacs-client.ts'
import { openWard } from './ward.ts'

const decode = createDecoder(binaryFromDisk)

let orthanc: Orthanc
beforeAll(async () => {
  orthanc = await startOrthanc('bedside', 'open sesame')
  expect(await orthanc.store(singles.map(({ file }) => file))).toBe(200)
  expect(await orthanc.store(phantomSlices.map(readScan))).toBe(200)
}, 60_000)
afterAll(async () => await orthanc.close())

/** Two have no patient's number; of one with a caret in it Orthanc finds nothing. */
const otherNumbers = new Map([
  ['', 'BEDSIDE-1'],
  ['Test^Pattern', 'BEDSIDE-2'],
])

/** Orthanc takes none without a study. */
const singles = singleScans
  .filter((name) => name !== 'photo_htj2k_lossless_rgb.dcm')
  .map((name) => ({ name, file: otherwise(readScan(name)) }))

function otherwise(file: Uint8Array): Uint8Array {
  const number = otherNumbers.get(numberIn(file))
  return number === undefined ? file : numbered(file, number)
}

function openedOf(file: Uint8Array) {
  const opened = openScan(file, decode)
  if (!opened.ok) throw new Error(`${opened.failure}, ${opened.detail}`)
  return opened.value
}

/** A ward in which whoever has this number, and was born then, lies in bed 1; a nurse who asks for their scans. */
async function openNurse(number: string, born = '1948-03-02', password = 'open sesame') {
  const ward = await openWard({
    environment: {
      BEDSIDE_PACS_URL: orthanc.url,
      BEDSIDE_PACS_USER: 'bedside',
      BEDSIDE_PACS_PASSWORD: password,
    },
  })
  onTestFinished(ward.close)
  const stay = await stayIn(ward, '1')
  await ward.store.db
    .updateTable('admissions')
    .set({ number, born })
    .where('admission_id', '=', stay)
    .execute()
  return { client: pacsClient(ward.origin, await ward.signIn('Anna Laine')), stay }
}

/** Everything that the PACS has of this patient. */
async function fetchAll(number: string, born?: string) {
  const { client, stay } = await openNurse(number, born)
  const found = await client.studies(stay)
  if (!found.ok) throw new Error(found.failure)
  const files: Uint8Array[] = []
  let missing = 0
  for (const { study } of found.value.studies) {
    const listed = await client.series(stay, study)
    for (const { series } of listed.ok ? listed.value : []) {
      const fetched = await client.fetch(stay, study, series)
      if (!fetched.ended.ok) throw new Error(fetched.ended.failure)
      missing += fetched.ended.value.missing
      files.push(...fetched.files)
    }
  }
  return { found: found.value, files, missing }
}

async function samplesOf(file: Uint8Array) {
  const picture = await openedOf(file).picture(0)
  if (!picture.ok) throw new Error(`${picture.failure}, ${picture.detail}`)
  return picture.value.samples
}

test('a CT series of 60 slices is listed, and comes as it is stored', async () => {
  const { found, files, missing } = await fetchAll('PLASTIC')
  expect(found).toMatchObject({ studies: [{ series: 1, images: 60 }], withheld: 0, isAll: true })
  expect([files.length, missing]).toEqual([60, 0])
  const wanted = phantomSlices.map((name) => expectations[name]?.frame0.sha256_samples)
  const hashes = await Promise.all(files.map(async (file) => hashOf(await samplesOf(file))))
  expect(hashes.toSorted()).toEqual(wanted.toSorted())
}, 120_000)

function hashOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
}

const bornOf = new Map([
  ['BEDSIDE-1', '2000-01-01'],
  ['BEDSIDE-2', '2013-10-05'],
])
/** In which syntax each file came. */
const came = new Map<string, string>()

test.each([...new Set(singles.map(({ file }) => numberIn(file)))])(
  'all syntaxes of patient %s come, with the values that others decode',
  async (number) => {
    const own = singles.filter(({ file }) => numberIn(file) === number)
    const { files, missing, found } = await fetchAll(number, bornOf.get(number))
    expect([found.withheld, missing, files.length]).toEqual([0, 0, own.length])
    for (const file of files) {
      const name = own.find((one) => whoseIs(one.file)?.instance === whoseIs(file)?.instance)?.name ?? ''
      came.set(name, openedOf(file).scan.syntax.uid)
      const expected = expectations[name]
      const samples = await samplesOf(file)
      const [least, most] = extremes(samples)
      const tolerance = /ybr|^us_|12bit/.test(name) ? 6 : 0
      expect(Math.abs(least - (expected?.frame0.min ?? Number.NaN)), `${name}, least`).toBeLessThanOrEqual(
        tolerance,
      )
      expect(Math.abs(most - (expected?.frame0.max ?? Number.NaN)), `${name}, most`).toBeLessThanOrEqual(
        tolerance,
      )
      if (expected?.frame0.sha256_samples)
        expect([name, hashOf(samples)]).toEqual([name, expected.frame0.sha256_samples])
    }
  },
  120_000,
)

function extremes(samples: ArrayLike<number>): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let at = 0; at < samples.length; at++) {
    least = Math.min(least, samples[at] ?? 0)
    most = Math.max(most, samples[at] ?? 0)
  }
  return [least, most]
}

test('all came as they are stored', () => {
  const others = [...came].filter(([name, syntax]) => syntax !== expectations[name]?.ts)
  expect([came.size, others]).toEqual([singles.length, []])
})

test.each(['ct_bigendian_s16.dcm', 'ct_deflated_s16.dcm', 'ct_rle_s16.dcm'])(
  '%s comes uncompressed where it is asked for so',
  async (name) => {
    const whose = whoseIs(readScan(name))
    if (!whose) throw new Error(name)
    const { patientId: number, study, series, instance } = whose
    const environment = { BEDSIDE_PACS_URL: orthanc.url, BEDSIDE_PACS_USER: 'bedside' }
    const config = readConfig({ ...environment, BEDSIDE_PACS_PASSWORD: 'open sesame' }, []).pacs
    if (!config) throw new Error('no PACS')
    const steps = retrieve(
      createUpstream(config, pino({ level: 'silent' })),
      `/studies/${study}/series/${series}/instances/${instance}`,
      '1.2.840.10008.1.2.1',
      { number, issuer: null, study, series },
      new Set(),
      { bytes: 1e7, images: 1 },
      new AbortController().signal,
    )
    const pieces: Uint8Array[] = []
    for await (const step of steps) if (step.type === 'bytes') pieces.push(step.bytes.slice())
    const file = joined(pieces)
    expect(openedOf(file).scan.syntax.uid).toBe('1.2.840.10008.1.2.1')
    expect(hashOf(await samplesOf(file))).toBe(expectations[name]?.frame0.sha256_samples)
  },
)

test('whoever has no scans has none, and a wrong password is said to be one', async () => {
  const nobody = await openNurse('DEMO-1048')
  expect(await nobody.client.studies(nobody.stay)).toMatchObject({
    ok: true,
    value: { studies: [], withheld: 0 },
  })
  const locked = await openNurse('PLASTIC', '1948-03-02', 'wrong')
  expect(await locked.client.studies(locked.stay)).toEqual({ ok: false, failure: 'refused' })
})

test('[HZ-1] a study of a real PACS is another patient’s, and not fetched', async () => {
  const theirs = await fetchAll('PLASTIC')
  const [study] = theirs.found.studies
  const { client, stay } = await openNurse('204')
  expect(await client.series(stay, study?.study ?? '')).toEqual({ ok: false, failure: 'not-there' })
})
