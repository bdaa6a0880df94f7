/** The organisation's root at its command line, as a real process, and its way into a real ward. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { digitsOf } from '../../src/core/proof.ts'
import { newSigner, pemOf, type Signer, seal } from '../../src/server/authority.ts'
import { surroundings } from '../surroundings.ts'
import { openRealWard } from './real-ward.ts'
import { temporaryFolder } from './ward.ts'

const program = fileURLToPath(new URL('../../src/server/root/main.ts', import.meta.url))
const passphrase = 'four words that nobody guesses'

function root(args: string[], secret = passphrase) {
  const env = { ...surroundings, BEDSIDE_ROOT_PASSPHRASE: secret }
  return spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' })
}

function requestOf(signer: Signer, signedBy = signer): string {
  const file = join(temporaryFolder(), 'bedside-request.json')
  const text = JSON.stringify({ type: 'bedside-request', label: 'Ward IT', publicKey: signer.publicKey })
  writeFileSync(file, JSON.stringify(seal(signedBy, text)))
  return file
}

test('[ROOT-1] init makes one root, readable by its user only, whose key is in no file in the clear', () => {
  const folder = join(temporaryFolder(), 'root')
  expect(root(['init', folder, 'Hospital'], 'too short').stderr).toContain('at least 12 characters')
  const made = root(['init', folder, 'Hospital'])
  expect([made.status, made.stderr]).toEqual([0, ''])
  const [, id = ''] = made.stdout.match(/Root id\s+(\S+)/) ?? []
  expect(made.stdout).toContain(digitsOf(id))
  const file = join(folder, 'root.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).not.toContain('PRIVATE')
  expect(root(['init', folder, 'Hospital'])).toMatchObject({ status: 1 })
  expect(root(['show', folder]).stdout).toContain(id)
})

test('[ROOT-2] certify answers a request that its key signed, only with the passphrase, and never twice', async () => {
  const folder = join(temporaryFolder(), 'root')
  root(['init', folder, 'Hospital'])
  const admin = newSigner()
  const request = requestOf(admin)
  const answer = request.replace('.json', '-certificate.json')
  expect(root(['certify', folder, request], 'a wrong passphrase').stderr).toContain('not the passphrase')
  const forged = requestOf(admin, newSigner())
  expect(root(['certify', folder, forged]).stderr).toContain('is no request')
  expect(existsSync(answer)).toBe(false)
  const certified = root(['certify', folder, request])
  expect(certified).toMatchObject({ status: 0 })
  expect(certified.stderr).toContain(digitsOf(admin.keyId))
  expect(root(['certify', folder, request])).toMatchObject({ status: 1 })
  const ward = await openRealWard()
  const handed = await ward.post('/admin-certificate', JSON.parse(readFileSync(answer, 'utf8')), ward.admin)
  expect(handed.status).toBe(200)
  expect(pemOf(admin)).toContain('PRIVATE')
})

test('[ROOT-3] a root that was changed, and a command that is none, end with a sentence', () => {
  const folder = join(temporaryFolder(), 'root')
  root(['init', folder, 'Hospital'])
  const file = join(folder, 'root.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('Hospital', 'Hospitel'))
  expect(root(['show', folder]).stderr).toContain('damaged')
  expect(root(['shw', folder]).stderr).toContain('npm run root -- init')
  expect(root(['show', '/nowhere']).stderr).toContain('cannot be read')
})
