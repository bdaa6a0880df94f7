/** Reads docs/hazards.md: the one place that says which control stands and which is still to be built. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const hazardLogFile = fileURLToPath(new URL('../../docs/hazards.md', import.meta.url))

export type Control = {
  readonly what: string
  /** `title` is a part of the title of a test in that file; `feature` names what is not built. */
  readonly test:
    | { readonly type: 'built'; readonly path: string; readonly title: string }
    | { readonly type: 'not-built'; readonly feature: string }
    | { readonly type: 'unreadable'; readonly text: string }
}

/** Severity × likelihood = risk, as written. */
export type Score = { readonly severity: number; readonly likelihood: number; readonly risk: number }

export type Hazard = {
  /** `HZ-1`. */
  readonly id: string
  readonly name: string
  readonly cause: string
  readonly before: Score | null
  readonly after: Score | null
  readonly decision: string
  readonly controls: readonly Control[]
}

export function parseHazards(text: string): Hazard[] {
  return text
    .split(/^## (?=HZ-\d)/m)
    .slice(1)
    .map(parseHazard)
}

function parseHazard(section: string): Hazard {
  const [, id = '', name = ''] = /^(HZ-\d+) (.*)$/m.exec(section) ?? []
  const fact = (label: string) => new RegExp(`^- \\*\\*${label}:\\*\\* (.*)$`, 'm').exec(section)?.[1] ?? ''
  const rows = [...section.matchAll(/^\| (?!control |---)(.+) \| (.+) \|$/gm)]
  return {
    id,
    name,
    cause: fact('Cause'),
    before: parseScore(fact('Before')),
    after: parseScore(fact('After')),
    decision: fact('Residual decision'),
    controls: rows.map(([, what = '', test = '']) => ({ what, test: parseTest(test.trim()) })),
  }
}

function parseScore(text: string): Score | null {
  const [, severity, likelihood, risk] = /^(\d) × (\d) = (\d+)$/.exec(text) ?? []
  if (severity === undefined) return null
  return { severity: Number(severity), likelihood: Number(likelihood), risk: Number(risk) }
}

function parseTest(text: string): Control['test'] {
  const feature = /^not built: (.+)$/.exec(text)?.[1]
  if (feature !== undefined) return { type: 'not-built', feature }
  const [, path, title] = /^`([^`]+)` (.+)$/.exec(text) ?? []
  return path !== undefined && title !== undefined
    ? { type: 'built', path, title }
    : { type: 'unreadable', text }
}

/** One line for each control that is not built, for whoever starts a server for real patients. */
export function unbuiltControls(hazards: readonly Hazard[]): string[] {
  return hazards.flatMap(({ id, controls }) =>
    controls.flatMap(({ what, test }) =>
      test.type === 'not-built' ? [`${id} not built: ${test.feature}. ${what}`] : [],
    ),
  )
}

/** Throws when the log is not there: a server without it would claim that nothing is missing. */
export function readHazards(): Hazard[] {
  return parseHazards(readFileSync(hazardLogFile, 'utf8'))
}
