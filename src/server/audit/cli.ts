/** `npm run audit -- verify | export | report | key | heads`: the audit at the server's own command line. */
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { languages } from '../../core/languages.ts'
import { auditAction, auditFilter } from '../../protocol/audit.ts'
import { atCommandLine } from '../command-line.ts'
import { readConfig } from '../config.ts'
import { StartError } from '../start-error.ts'
import { exportAudit, reportStay } from './cli-acts.ts'
import { exportFormats } from './export.ts'
import { readHeadLog } from './head-log.ts'
import { readSigningKey } from './key.ts'
import { parseVerifier, type Verifier, verifierText } from './note.ts'
import { reportFormats } from './report-file.ts'
import { verifyFile } from './verify-file.ts'

const help = `npm run audit -- COMMAND, on the data folder of BEDSIDE_DATA:

  verify [--head FILE]… [--file COPY] [--key KEY]…
      Checks every row and every signed tree head; exit code 1 when something is wrong.
      --head: a head kept elsewhere, such as the collector's last. --file: a copy, with its heads.log beside it.
      --key: the key of heads signed elsewhere, as "key" prints it.
  export [--format fhir|csv] [--from TIME] [--to TIME] [--patient ADMISSION] [--agent ID] [--action WORD] [--out FILE]
      TIME is ISO 8601 (2026-11-22 or 2026-11-22T14:00+02:00); --to is not included.
  report --admission ID [--format html|csv] [--language ${languages.join('|')}] [--out FILE]
      Who called, knocked, overrode and looked, for the patient: in the ward's language (BEDSIDE_LANGUAGE) or another.
  key     Prints the public key that the log's heads are signed with.
  heads   Prints the signed heads.

While a server runs it holds the database: use its page Administration → Audit, or verify a copy.
`

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const

type Options = Parameters<typeof parseArgs>[0]

function readFlags<O extends NonNullable<NonNullable<Options>['options']>>(args: string[], options: O) {
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error), help)
  }
}

function parse<S extends v.GenericSchema>(schema: S, flag: string, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value)
  if (!result.success) throw new StartError(`--${flag} cannot be ${JSON.stringify(value)}.`, help)
  return result.output
}

function timeOf(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const ms = Date.parse(value)
  if (Number.isNaN(ms)) throw new StartError(`--${flag} must be a time such as 2026-11-22T14:00Z.`)
  return ms
}

function target(out: string | undefined) {
  const { dataFolder, secret, language, zone } = readConfig(process.env, [])
  return { dataFolder, secret, out: out ?? null, telling: { language, zone } }
}

function keyOf(value: string): Verifier {
  const verifier = parseVerifier(value)
  if (!verifier) throw new StartError(`--key is no key as "npm run audit -- key" prints it: ${value}`)
  return verifier
}

function verify(args: string[]): boolean {
  const { head = [], file, key = [] } = readFlags(args, { head: texts, file: text, key: texts })
  const dataFolder = file === undefined ? readConfig(process.env, []).dataFolder : dirname(file)
  const own = readSigningKey(dataFolder)
  const verifiers = [...(own ? [own.verifier] : []), ...key.map(keyOf)]
  const copy = file === undefined ? {} : { file }
  const verdict = verifyFile({ dataFolder, headFiles: head, verifiers, ...copy })
  if (verdict.type === 'whole') {
    const { rows, heads, root } = verdict
    console.log(`The audit is whole: ${rows} rows, and ${heads} signed heads agree with them. Root: ${root}`)
    return true
  }
  console.log(
    verdict.seq === null ? 'The audit is broken:' : `The audit is broken from row ${verdict.seq} on:`,
  )
  console.log(`${verdict.said}.`)
  return false
}

async function exportRows(args: string[]): Promise<void> {
  const options = { format: text, from: text, to: text, patient: text, agent: text, action: text, out: text }
  const flags = readFlags(args, options)
  const filter = {
    from: timeOf('from', flags.from),
    to: timeOf('to', flags.to),
    patient: parse(auditFilter.entries.patient, 'patient', flags.patient),
    who: parse(auditFilter.entries.who, 'agent', flags.agent),
    action: parse(v.optional(auditAction), 'action', flags.action),
  }
  const format = parse(v.picklist(exportFormats), 'format', flags.format ?? 'fhir')
  await exportAudit(target(flags.out), format, filter)
}

async function report(args: string[]): Promise<void> {
  const flags = readFlags(args, { admission: text, format: text, language: text, out: text })
  const format = parse(v.picklist(reportFormats), 'format', flags.format ?? 'html')
  const admissionId = parse(v.pipe(v.string(), v.uuid()), 'admission', flags.admission)
  const language = parse(v.optional(v.picklist(languages)), 'language', flags.language)
  await reportStay(target(flags.out), { format, admissionId, language })
}

function key(): void {
  const found = readSigningKey(target(undefined).dataFolder)
  if (!found) throw new StartError('There is no audit key yet: the server makes it at its first start.')
  console.log(verifierText(found.verifier))
}

function heads(): void {
  for (const note of readHeadLog(target(undefined).dataFolder).notes) console.log(note)
}

async function run([command, ...args]: readonly string[]): Promise<boolean> {
  switch (command) {
    case 'verify':
      return verify(args)
    case 'export':
      await exportRows(args)
      return true
    case 'report':
      await report(args)
      return true
    case 'key':
      key()
      return true
    case 'heads':
      heads()
      return true
    default:
      console.error(help)
      return false
  }
}

await atCommandLine(run)
