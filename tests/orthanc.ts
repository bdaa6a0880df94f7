/** Finds Orthanc with its DICOMweb plugin, or installs Debian's, and runs one for a test: a real PACS. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './e2e/server.ts'

const programs = ['/usr/sbin/Orthanc', '/usr/bin/Orthanc', '/usr/local/sbin/Orthanc']
const plugins = [
  '/usr/share/orthanc/plugins/libOrthancDicomWeb.so',
  '/usr/local/share/orthanc/plugins/libOrthancDicomWeb.so',
]

type Found = { readonly program: string; readonly plugin: string }

/** Throws a sentence when there is none and it cannot be installed. */
export function ensureOrthanc(): Found {
  const first = (paths: readonly string[]) => paths.find((path) => existsSync(path))
  const find = (): Found | null => {
    const [program, plugin] = [first(programs), first(plugins)]
    return program && plugin ? { program, plugin } : null
  }
  const found = find()
  if (found) return found
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error('No Orthanc with DICOMweb found. Install both (orthanc, orthanc-dicomweb) and try again.')
  console.log('Installing Orthanc (Debian packages) …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const packages = ['orthanc', 'orthanc-dicomweb']
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
  }
  const installed = find()
  if (!installed) throw new Error('apt-get could not install Orthanc; the lines above say why.')
  return installed
}

export type Orthanc = Awaited<ReturnType<typeof startOrthanc>>

/** An empty one on loopback that wants a password; `close` ends it and takes what it holds with it. */
export async function startOrthanc(user: string, password: string) {
  const { program, plugin } = ensureOrthanc()
  const folder = mkdtempSync(join(tmpdir(), 'orthanc-'))
  const port = await freePort()
  const settings = {
    Name: 'Test',
    StorageDirectory: folder,
    IndexDirectory: folder,
    HttpPort: port,
    HttpBindAddresses: ['127.0.0.1'],
    RemoteAccessAllowed: false,
    AuthenticationEnabled: true,
    RegisteredUsers: { [user]: password },
    DicomServerEnabled: false,
    Plugins: [plugin],
    DicomWeb: { Enable: true, Root: '/dicom-web/' },
  }
  const file = join(folder, 'orthanc.json')
  writeFileSync(file, JSON.stringify(settings))
  const running = spawn(program, [file], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<void>((done) => running.once('exit', () => done()))
  let said = ''
  await new Promise<void>((started, failed) => {
    running.stderr.on('data', (piece) => {
      said = (said + piece).slice(-20_000)
      if (said.includes('Orthanc has started')) started()
    })
    running.once('exit', () => failed(new Error(`Orthanc did not start: ${said}`)))
  })
  const authorization = `Basic ${btoa(`${user}:${password}`)}`
  const url = `http://127.0.0.1:${port}/dicom-web`

  return {
    url,
    /** Hands files over (STOW-RS, PS3.18 section 10.5); the answer is its status. */
    async store(files: readonly Uint8Array[]): Promise<number> {
      const parts = files.flatMap((file) => [
        Buffer.from('--stow\r\nContent-Type: application/dicom\r\n\r\n'),
        file,
        Buffer.from('\r\n'),
      ])
      const { status } = await fetch(`${url}/studies`, {
        method: 'POST',
        headers: {
          authorization,
          accept: 'application/dicom+json',
          'content-type': 'multipart/related; type="application/dicom"; boundary=stow',
        },
        body: Buffer.concat([...parts, Buffer.from('--stow--\r\n')]),
      })
      return status
    },
    async close(): Promise<void> {
      running.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
