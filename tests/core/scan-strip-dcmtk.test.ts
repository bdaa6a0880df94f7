/** What dcmtk says of the files that leave: it reads each without a word of complaint, and sees the same pixels. */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Box } from '../../src/core/scan/boxes.ts'
import { createUidMap } from '../../src/core/scan/uid-map.ts'
import { createDecoder } from '../../src/io/scan/decode.ts'
import { createStripper } from '../../src/io/scan/strip.ts'
import { askDcmtk, ensureDcmtk } from '../dcmtk.ts'
import { planted } from '../fakes/planted-scans.ts'
import { randomBytes } from '../fakes/scan-files.ts'
import { binaryFromDisk, phantomSlices, readScan, singleScans } from '../fakes/scans.ts'

const strip = createStripper(createDecoder(binaryFromDisk))
const folder = mkdtempSync(join(tmpdir(), 'dcmtk-'))
const box: Box = { x: 4, y: 6, width: 20, height: 10 }

beforeAll(() => void ensureDcmtk(), 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function leaving(file: Uint8Array, boxes: readonly Box[] = []): Promise<string> {
  let seed = 1
  const outcome = await strip(
    file,
    createUidMap(() => randomBytes(seed++, 16)),
    boxes,
  )
  if (!outcome.ok) throw new Error(`${outcome.failure}, ${outcome.detail}`)
  const path = join(folder, 'leaving.dcm')
  writeFileSync(path, outcome.value)
  return path
}

function expectSound(path: string): string {
  const known = askDcmtk('dcmftest', [path])
  expect([known.out.trim(), known.errors]).toEqual([`yes: ${path}`, ''])
  const dump = askDcmtk('dcmdump', ['+E', path])
  expect([dump.status, dump.errors]).toEqual([0, ''])
  expect(dump.out).not.toMatch(/Unknown Tag|warning|error/i)
  expect(dump.out).toMatch(/\(0012,0062\) CS \[YES\]/)
  return dump.out
}

/** Grey levels of the first frame as dcmtk draws them through the window of all values, without the header. */
function drawn(path: string): Buffer | null {
  const target = join(folder, 'drawn.pgm')
  rmSync(target, { force: true })
  const said = askDcmtk('dcmj2pnm', ['+Wm', '--write-raw-pnm', path, target])
  return said.status === 0 ? readFileSync(target) : null
}

describe.each(singleScans)('%s', (name) => {
  test('[STRIP-6] is read by dcmtk without a warning once it is stripped, and drawn as before', async () => {
    const path = await leaving(readScan(name))
    expectSound(path)
    const before = join(folder, 'before.dcm')
    writeFileSync(before, readScan(name))
    const was = drawn(before)
    // It has no JPEG 2000 and no JPEG-LS here.
    if (was) expect(drawn(path)?.equals(was)).toBe(true)
  })

  test('[STRIP-6] is read without a warning when it was full of marks, and when parts of it are black', async () => {
    expectSound(await leaving(planted(readScan(name), 'MARKOFCAIN')))
    const dump = expectSound(await leaving(readScan(name), [box]))
    expect(dump).toMatch(/\(0008,0008\) CS \[DERIVED\\/)
    expect(dump).toMatch(/\(0002,0010\) UI =LittleEndianExplicit/)
    const painted = drawn(join(folder, 'leaving.dcm'))
    expect(painted, 'dcmtk draws it').not.toBeNull()
  })
})

test('[STRIP-6] so is every slice of a series', async () => {
  const paths = phantomSlices.map((_, at) => join(folder, `${at}.dcm`))
  for (const [at, name] of phantomSlices.entries()) renameSync(await leaving(readScan(name)), paths[at] ?? '')
  expect(askDcmtk('dcmftest', paths).out).toBe(paths.map((path) => `yes: ${path}\n`).join(''))
  const dump = askDcmtk('dcmdump', ['+E', ...paths])
  expect([dump.status, dump.errors]).toEqual([0, ''])
}, 120_000)
