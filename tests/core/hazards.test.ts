/** The hazard log says what is so: every control that stands has its test, and what is missing is said aloud. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hazardLogFile, parseHazards, unbuiltControls } from '../../src/server/hazard-log.ts'
import { titlesIn } from '../titles.ts'

const root = new URL('../../', import.meta.url).pathname
const hazards = parseHazards(readFileSync(hazardLogFile, 'utf8'))
const controls = hazards.flatMap(({ id, controls }) => controls.map((control) => ({ id, ...control })))

function citedIn(pattern: string): Set<string> {
  const files = globSync(pattern, { cwd: root }).filter((path) => !path.endsWith('core/hazards.test.ts'))
  return new Set(files.flatMap((path) => readFileSync(root + path, 'utf8').match(/\bHZ-\d+\b/g) ?? []))
}

test('[HZLOG-1] the log has HZ-1 to HZ-15, each once and in order', () => {
  expect(hazards.map(({ id }) => id)).toEqual(Array.from({ length: 15 }, (_, index) => `HZ-${index + 1}`))
})

test.each(hazards)('[HZLOG-2] $id has a cause, scores that are right, a decision and controls', (hazard) => {
  expect(hazard.cause).not.toBe('')
  expect(hazard.decision).not.toBe('')
  expect(hazard.controls.length).toBeGreaterThan(0)
  for (const score of [hazard.before, hazard.after]) {
    expect(score).not.toBeNull()
    for (const one of [score?.severity, score?.likelihood]) expect([1, 2, 3, 4, 5]).toContain(one)
    expect(score?.risk).toBe((score?.severity ?? 0) * (score?.likelihood ?? 0))
  }
  expect(hazard.after?.risk).toBeLessThanOrEqual(hazard.before?.risk ?? 0)
})

test('[HZLOG-3] a risk is not lower than before unless a control is built', () => {
  for (const { id, before, after, controls } of hazards)
    if (!controls.some(({ test }) => test.type === 'built')) expect([id, after]).toEqual([id, before])
})

test.each(controls)('[HZLOG-4] $id: "$what" names a test that is there, or what is not built', ({ test }) => {
  if (test.type === 'not-built') return expect(test.feature).toMatch(/^[A-Z][A-Z' ]+$/)
  expect(test.type, 'write `path` and a part of the title, or not built: FEATURE').toBe('built')
  if (test.type !== 'built') return
  const titles = titlesIn(test.path)
  expect(
    titles.some((title) => title.includes(test.title)),
    `${test.path} has no test "${test.title}"`,
  ).toBe(true)
})

test('[HZLOG-5] every hazard with a control that stands is cited in the code or in a test', () => {
  const cited = new Set([...citedIn('src/**/*.{ts,tsx,css}'), ...citedIn('tests/**/*.ts')])
  for (const { id, controls } of hazards)
    if (controls.some(({ test }) => test.type === 'built'))
      expect([...cited], `${id} is cited nowhere`).toContain(id)
  expect([...cited].filter((id) => !hazards.some((hazard) => hazard.id === id))).toEqual([])
})

test('[HZLOG-6] what is not built is listed, a line for each', () => {
  const lines = unbuiltControls(hazards)
  expect(lines.length).toBe(controls.filter(({ test }) => test.type === 'not-built').length)
  for (const line of lines) expect(line).toMatch(/^HZ-\d+ not built: [A-Z]/)
})
