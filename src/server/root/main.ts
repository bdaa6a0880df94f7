/** The organisation's root at its own command line: makes it, certifies administrators' browsers, shows its digits. */
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import { digitsOf } from '../../core/proof.ts'
import { type AdminGrant, adminRequest } from '../../protocol/keys.ts'
import { type Certificate, signed } from '../../protocol/proof.ts'
import { certify, isSealed, keyIdOf, lifetimeMs } from '../authority.ts'
import { StartError } from '../start-error.ts'
import { askPassphrase } from './ask.ts'
import { makeRoot, readJson, readRoot, unlockRoot, writeOnce } from './vault.ts'

const usage = [
  'npm run root -- init FOLDER "NAME OF THE ORGANISATION"   makes the root, on a machine that is not the server',
  'npm run root -- certify FOLDER REQUEST                   certifies an administrator’s browser by its request file',
  'npm run root -- show FOLDER                              shows the root’s digits',
]

function describe({ organisation, keyId, notAfterMs }: Certificate): string {
  const until = new Date(notAfterMs).toISOString().slice(0, 10)
  return [
    `Organisation   ${organisation}`,
    `Root digits    ${digitsOf(keyId)}`,
    `Root id        ${keyId}`,
    `Valid until    ${until}`,
  ].join('\n')
}

async function init(folder: string, organisation: string): Promise<string> {
  const passphrase = await askPassphrase('A passphrase for the new root (12 characters or more): ')
  const certificate = makeRoot(folder, organisation, passphrase, Date.now())
  return `${describe(certificate)}\n\nKeep ${folder} and its passphrase off the server. Print the digits: devices show them.`
}

/** The answer lies beside the request: npm prints lines of its own to where a redirection would put it. */
async function certifyAdmin(folder: string, path: string): Promise<string> {
  const { label, publicKey } = readRequest(path)
  const { file, certificate } = readRoot(folder)
  process.stderr.write(
    `${label}: key digits ${digitsOf(keyIdOf(publicKey))}. Are they on the administrator’s screen?\n`,
  )
  const root = unlockRoot(file, await askPassphrase('The root’s passphrase, if they are: '))
  const subject = { kind: 'admin', organisation: certificate.organisation, label, publicKey } as const
  const grant: AdminGrant = {
    type: 'bedside-grant',
    admin: certify(root, subject, Date.now(), lifetimeMs.admin),
    root: file.certificate,
  }
  const answer = join(dirname(path), `${basename(path, '.json')}-certificate.json`)
  writeOnce(answer, grant)
  return `${answer}\nHand this file in on the administrator’s page, under Keys.`
}

const asked = v.pipe(v.string(), v.parseJson(), adminRequest)

/** Throws a StartError unless who made the request holds its key. */
function readRequest(path: string): v.InferOutput<typeof adminRequest> {
  const file = v.safeParse(signed, readJson(path))
  const request = file.success ? v.safeParse(asked, file.output.text) : null
  if (!file.success || !request?.success || !isSealed(file.output, request.output.publicKey))
    throw new StartError(`${path} is no request of an administrator’s page.`)
  return request.output
}

async function run([command, folder, more]: readonly string[]): Promise<string> {
  if (command === 'init' && folder && more) return await init(folder, more)
  if (command === 'certify' && folder && more) return await certifyAdmin(folder, more)
  if (command === 'show' && folder) return describe(readRoot(folder).certificate)
  throw new StartError(...usage)
}

try {
  console.log(await run(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof StartError)) throw error
  for (const line of error.lines) console.error(line)
  process.exit(1)
}
