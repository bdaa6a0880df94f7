/** Tells a demo's data folder from a real ward's before anything is opened, so that neither is ever made into the other. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { decodeCertificate } from '../protocol/proof.ts'
import { demoOrganisation, demoRootFile } from './demo-authority.ts'
import { StartError } from './start-error.ts'
import { databaseFile } from './store/store.ts'

/** Both: a demo was started once on a real ward's folder. Neither: nobody has begun there. */
export type Found = { readonly isDemo: boolean; readonly isReal: boolean }

const wardRows = v.array(v.object({ demo: v.number() }))
const rootRows = v.array(v.object({ text: v.string() }))

/** Makes and changes nothing. Throws a StartError while another server has the data. */
export function lookInto(dataFolder: string): Found {
  const hasFile = existsSync(join(dataFolder, 'demo.json')) || existsSync(demoRootFile(dataFolder))
  if (!existsSync(databaseFile(dataFolder))) return { isDemo: hasFile, isReal: false }
  const database = new DatabaseSync(databaseFile(dataFolder), { timeout: 1_000 })
  try {
    const wards = v.parse(wardRows, rowsOf(database, 'wards', 'select demo from wards'))
    const roots = v.parse(
      rootRows,
      rowsOf(database, 'certificates', "select text from certificates where kind = 'root'"),
    )
    const hasRoot = roots.some(({ text }) => decodeCertificate(text)?.organisation === demoOrganisation)
    return {
      isDemo: hasFile || hasRoot || wards.some(({ demo }) => demo === 1),
      isReal: wards.some(({ demo }) => demo === 0),
    }
  } catch (error) {
    if (!isBusy(error)) throw error
    throw new StartError(`Another Bedside is using the data folder ${dataFolder}.`)
  } finally {
    database.close()
  }
}

/** Older data has fewer tables. */
function rowsOf(database: DatabaseSync, table: string, sql: string): unknown[] {
  const known = database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(table)
  return known === undefined ? [] : database.prepare(sql).all()
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}
