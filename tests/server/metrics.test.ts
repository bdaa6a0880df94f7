/** What Prometheus reads at a port of its own: how calls went since the start and how things are, and no name. */
import { request } from 'node:http'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/server/config.ts'
import { startServer } from '../../src/server/server.ts'
import { freePort } from '../e2e/server.ts'
import { builtApp, figures, healthy, openWard, ring, talk, temporaryFolder } from './ward.ts'

type Answer = { readonly status: number; readonly type: string; readonly text: string }
type Asked = {
  readonly path?: string
  readonly method?: string
  readonly host?: string
  readonly at?: string
}

function ask(port: number | null, { path = '/metrics', method = 'GET', host, at = '127.0.0.1' }: Asked = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const headers = host === undefined ? {} : { host }
    const asked = request({ host: at, port, path, method, headers, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (piece) => (text += piece))
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', text })
      })
    })
    asked.on('error', reject).end()
  })
}

/** The samples of a text in the exposition format, by their name and labels without the ward. */
function samplesIn(text: string): Record<string, number> {
  const samples = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)]
  return Object.fromEntries(
    samples.map(([, name = '', labels = '', value]) => {
      const others = labels.split(',').filter((label) => !label.startsWith('ward='))
      return [[name, ...others].join(' '), Number(value)]
    }),
  )
}

async function openMeasured() {
  const ward = await openWard({ environment: { BEDSIDE_METRICS_PORT: '0' } })
  const samples = async () => samplesIn((await ask(ward.metricsPort)).text)
  return { ward, samples }
}

test('[METRICS-1] calls by how they ended, set-up, reconnections and ways, each call and each end once', async () => {
  const { ward, samples } = await openMeasured()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const { callId } = await talk(nurse, bed)
  expect(await samples()).toMatchObject({ 'bedside_open_calls phase="accepted"': 1 })
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  await bed.hear('call.ended')
  nurse.say(figures(callId, { setUpMs: 0, reconnections: 1, weakMs: 5_000 }))
  await nurse.settled()
  bed.say(figures(callId, { setUpMs: 420, reconnections: 2, lostMs: 4_000, way: 'relay', over: 'tls' }))
  bed.say(figures(callId, { setUpMs: 9_000, reconnections: 50 }))
  await bed.settled()
  const declined = await ring(nurse, bed)
  bed.say({ type: 'call.end', callId: declined, reason: 'declined' })
  await nurse.hear('call.ended', (ended) => ended.callId === declined)
  expect(await samples()).toMatchObject({
    'bedside_calls_total answered="yes" reason="hung-up"': 1,
    'bedside_calls_total answered="no" reason="declined"': 1,
    'bedside_calls_total answered="yes" reason="connection-lost"': 0,
    'bedside_call_set_up_seconds_bucket le="0.3" end="callee"': 0,
    'bedside_call_set_up_seconds_bucket le="0.5" end="callee"': 1,
    'bedside_call_set_up_seconds_count end="callee"': 1,
    'bedside_call_set_up_seconds_sum end="callee"': 0.42,
    'bedside_call_set_up_seconds_bucket le="0.1" end="caller"': 1,
    bedside_call_reconnections_total: 2,
    'bedside_call_end_seconds_total quality="good"': 120,
    'bedside_call_end_seconds_total quality="weak"': 5,
    'bedside_call_end_seconds_total quality="lost"': 4,
    'bedside_call_ends_total way="direct" carrier="udp"': 1,
    'bedside_call_ends_total way="relay" carrier="tls"': 1,
    'bedside_open_calls phase="accepted"': 0,
  })
})

test('[METRICS-2] who is connected, and which beds cannot ring, and why (HZ-11)', async () => {
  const { ward, samples } = await openMeasured()
  await ward.station()
  const [first, second] = [await ward.bed('1'), await ward.bed('2')]
  const [third, fourth] = [await ward.bed('3'), await ward.bed('4')]
  third.say({ type: 'tablet.health', health: { ...healthy, clockMs: Date.now(), microphone: 'denied' } })
  const report = { knock: false, privacyUntilMs: null, cleanEpoch: null }
  first.say({ type: 'bed.report', report: { sound: 'blocked', ...report } })
  fourth.say({ type: 'bed.report', report: { sound: 'on', start: 'waits', ...report } })
  for (const bed of [first, third, fourth]) await bed.settled()
  await second.cut()
  await expect.poll(samples).toMatchObject({
    bedside_beds: 8,
    bedside_connected_beds: 3,
    bedside_connected_stations: 1,
    'bedside_beds_cannot_ring reason="silent"': 1,
    'bedside_beds_cannot_ring reason="offline"': 1,
    'bedside_beds_cannot_ring reason="no-tablet"': 4,
    'bedside_beds_cannot_ring reason="not-allowed"': 1,
    'bedside_beds_cannot_ring reason="not-started"': 1,
    'bedside_beds_cannot_ring reason="hung"': 0,
    'bedside_beds_cannot_ring reason="key"': 0,
  })
})

test('[METRICS-3] in the text exposition format, and no name, bed or call in it', async () => {
  const { ward } = await openMeasured()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const { callId } = await talk(nurse, bed)
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  nurse.say(figures(callId))
  await nurse.settled()
  const { status, type, text } = await ask(ward.metricsPort)
  expect([status, type]).toEqual([200, expect.stringMatching(/^text\/plain; version=0\.0\.4/)])
  expect(text).toContain('# TYPE bedside_calls_total counter\n')
  for (const line of text.split('\n').filter((one) => one !== ''))
    expect(line).toMatch(/^(# (HELP|TYPE) bedside_\w+ .+|bedside_\w+\{.*ward="Ward 4B".*\} \S+)$/)
  for (const told of ['Laine', 'Salonen', 'DEMO', callId]) expect(text).not.toContain(told)
})

test('[METRICS-4] nothing else is there, nothing but reading is done, and a name that leads here is not enough', async () => {
  const { ward } = await openMeasured()
  const status = async (asked: Asked) => (await ask(ward.metricsPort, asked)).status
  for (const path of ['/', '/metrics/', '/metrics?x=1', '/api/me', '/readyz'])
    expect([path, await status({ path })]).toEqual([path, 404])
  for (const method of ['POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])
    expect([method, await status({ method })]).toEqual([method, 405])
  for (const host of [
    'bedside.example',
    '127.0.0.1.example',
    'localhost.example:80',
    '192.0.2.1',
    'a@localhost',
  ])
    expect([host, await status({ host })]).toEqual([host, 403])
  for (const host of ['localhost', 'LOCALHOST:9464', '127.0.0.1:9464'])
    expect([host, await status({ host })]).toEqual([host, 200])
})

test('[METRICS-5] it is on this machine alone, and the ward’s own port does not have it', async () => {
  const { ward } = await openMeasured()
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address && !address.internal && address.family === 'IPv4')
  if (outside) await expect(ask(ward.metricsPort, { at: outside.address })).rejects.toThrow('ECONNREFUSED')
  expect((await fetch(`${ward.origin}/metrics`)).status).toBe(404)
})

test('[METRICS-6] who asks for no port has none', async () => {
  expect((await openWard()).metricsPort).toBeNull()
})

/** A server of its own, with its data where `openWard` would not put it. */
function start(port: number, metricsPort: number, data = temporaryFolder()) {
  const chosen = { BEDSIDE_PORT: String(port), BEDSIDE_METRICS_PORT: String(metricsPort), BEDSIDE_DATA: data }
  return startServer({
    config: readConfig({ ...chosen, BEDSIDE_DEMO_PLAN: 'none', BEDSIDE_LOG: 'silent' }, []),
    appFolder: builtApp(),
    onFault: (error) => {
      throw error
    },
  })
}

test('[METRICS-7] a port that is taken is one line that names it and another, and frees what was taken before', async () => {
  const [port, main, blocker] = [await freePort(), await freePort(), createServer()]
  await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void blocker.close())
  const said = (taken: number) =>
    `Port ${taken} is taken. Choose another: BEDSIDE_METRICS_PORT=${taken + 1} npm start`
  await expect(start(main, port)).rejects.toMatchObject({ lines: [said(port)] })
  await expect(start(main, main), 'its own').rejects.toMatchObject({ lines: [said(main)] })
  const server = await start(main, 0)
  await server.close()
  await expect(ask(server.metricsPort)).rejects.toThrow('ECONNREFUSED')
})

test('[METRICS-7] a server that does not start holds no port', async () => {
  const [ward, port] = [await openWard(), await freePort()]
  await expect(start(0, port, ward.data)).rejects.toThrow('Another Bedside')
  await expect(ask(port)).rejects.toThrow('ECONNREFUSED')
})

test('[METRICS-8] how the server itself is: its process, sockets, disks, backups, what it refused and what there is to do', async () => {
  const environment = {
    BEDSIDE_METRICS_PORT: '0',
    BEDSIDE_BACKUP_DIR: temporaryFolder(),
    BEDSIDE_DISK_MB: '99999999',
  }
  const ward = await openWard({ environment })
  const samples = async () => samplesIn((await ask(ward.metricsPort)).text)
  await ward.keeping.turn()
  const before = await samples()
  expect(before).toMatchObject({
    'bedside_alerts type="disk-low"': 2,
    'bedside_alerts type="backup-failed"': 0,
    bedside_backup_fails: 0,
    bedside_sockets: 0,
    'bedside_refused_total reason="protocol"': 0,
  })
  expect(Math.abs((before.bedside_backup_made_seconds ?? 0) - Date.now() / 1_000)).toBeLessThan(120)
  for (const name of ['process_resident_bytes', 'process_open_files', 'process_cpu_seconds'])
    expect([name, before[`bedside_${name}`] ?? 0]).toEqual([name, expect.any(Number)])
  expect(before['bedside_disk_free_bytes place="data"']).toBeGreaterThan(0)
  expect(before.bedside_event_loop_lag_seconds).toBeLessThan(60)
  const nurse = await ward.station()
  nurse.wire.send('nonsense')
  await nurse.closed
  await ward.station('Ben Okafor')
  await fetch(`${ward.origin}/nowhere`)
  await fetch(`${ward.origin}/ws`, { headers: { upgrade: 'websocket', connection: 'upgrade' } }).catch(
    () => {},
  )
  expect(await samples()).toMatchObject({
    bedside_sockets: 1,
    'bedside_refused_total reason="protocol"': 1,
    'bedside_http_refusals_total status="4xx"': expect.any(Number),
    'bedside_http_refusals_total status="5xx"': 0,
  })
})
