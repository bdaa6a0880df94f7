import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shapesOnly } from '../../vite-icons.ts'

const { resolve } = createRequire(import.meta.url)
const screens = join(import.meta.dirname, '../../src/ui')

const names = new Set(
  readdirSync(screens, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx') || name.endsWith('.ts'))
    .flatMap((name) => [
      ...readFileSync(join(screens, name), 'utf8').matchAll(/'(lucide-static\/icons\/[\w-]+\.svg)\?raw'/g),
    ])
    .map(([, name = '']) => name),
)

const shapes = (svg: string) =>
  svg.match(/<(?:path|circle|ellipse|rect|line|polyline|polygon)\b[^>]*>/g) ?? []

describe('an icon is built in as its shapes, all of them, and nothing else', () => {
  test.each([...names])('%s', (name) => {
    const svg = readFileSync(resolve(name), 'utf8')
    expect(shapes(svg).length).toBeGreaterThan(0)
    expect(shapesOnly(svg)).toBe(shapes(svg).join(''))
  })
})
