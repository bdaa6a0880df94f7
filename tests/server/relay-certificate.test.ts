/** `deploy/relay-certificate`: what a relay on Caddy's machine shows by TLS is signed by the authority that devices have. */
import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const script = fileURLToPath(new URL('../../deploy/relay-certificate', import.meta.url))
const dayMs = 24 * 60 * 60 * 1_000

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bedside-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** As Caddy keeps it. */
function newAuthority(folder: string): void {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const files = ['-keyout', join(folder, 'root.key'), '-out', join(folder, 'root.crt')]
  spawnSync('openssl', ['req', '-x509', ...curve, ...files, '-subj', '/CN=Authority', '-days', '9'])
}

function run(authority: string, folder: string, ...names: string[]) {
  const group = String(process.getgid?.() ?? 0)
  const env = {
    ...process.env,
    BEDSIDE_AUTHORITY: authority,
    BEDSIDE_RELAY_FOLDER: folder,
    BEDSIDE_RELAY_GROUP: group,
  }
  return spawnSync(script, names, { env, encoding: 'utf8' })
}

test('[DEPLOY-2] the relay’s certificate is for its name, by that authority, and its key is for nobody else', () => {
  const [authority, folder] = [newFolder(), newFolder()]
  newAuthority(authority)
  expect(run(authority, folder, 'relay.example.lan')).toMatchObject({ status: 0, stderr: '' })
  const root = new X509Certificate(readFileSync(join(authority, 'root.crt')))
  const made = new X509Certificate(readFileSync(join(folder, 'cert.pem')))
  expect(made.verify(root.publicKey)).toBe(true)
  expect(made.checkHost('relay.example.lan')).toBe('relay.example.lan')
  expect(made.checkHost('bedside.example.lan')).toBeUndefined()
  expect(made.ca).toBe(false)
  expect((Date.parse(made.validTo) - Date.parse(made.validFrom)) / dayMs).toBeCloseTo(397)
  expect(statSync(join(folder, 'key.pem')).mode & 0o777).toBe(0o640)
  const first = made.serialNumber
  run(authority, folder, 'relay.example.lan')
  expect(new X509Certificate(readFileSync(join(folder, 'cert.pem'))).serialNumber).not.toBe(first)
})

test('[DEPLOY-3] without a name or an authority it says what is missing, and leaves what is there', () => {
  const [authority, folder] = [newFolder(), newFolder()]
  expect(run(authority, folder).stderr).toContain('Say the name of the relay')
  const { status, stderr } = run(authority, folder, 'relay.example.lan')
  expect({ status, stderr }).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('There is no authority in'),
  })
})
