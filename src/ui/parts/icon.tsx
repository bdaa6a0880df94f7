/** One icon of the lucide set, drawn from its SVG file; always beside a word, so hidden from screen readers. */
import { h } from 'preact'

/** A shape of an icon's file: `<path d="…" />`, with plain attributes only. */
const shape = /<(path|circle|ellipse|rect|line|polyline|polygon)((?:\s+[a-z][a-z\d-]*="[^"<>&]*")*)\s*\/>/g
const attribute = /([a-z][a-z\d-]*)="([^"]*)"/g

type Shape = readonly [name: string, attributes: Readonly<Record<string, string>>]

/** `svg`: the text of `lucide-static/icons/NAME.svg?raw`. Nothing is set as markup: there is no such way in (CSP). */
export function Icon({ svg }: { svg: string }) {
  return (
    <span class="icon" aria-hidden="true">
      <svg
        aria-hidden="true"
        width="24"
        height="24"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      >
        {shapesOf(svg).map(([name, attributes]) => h(name, attributes))}
      </svg>
    </span>
  )
}

const read = new Map<string, readonly Shape[]>()

function shapesOf(svg: string): readonly Shape[] {
  const known = read.get(svg) ?? joined(readShapes(svg))
  read.set(svg, known)
  return known
}

function readShapes(svg: string): Shape[] {
  return [...svg.matchAll(shape)].map(([, name = '', attributes = '']) => [
    name,
    Object.fromEntries([...attributes.matchAll(attribute)].map(([, key, value]) => [key, value ?? ''])),
  ])
}

/** Plain paths as one: eight dashes of a circle would be eight elements to style, to lay out and to paint. */
function joined(shapes: readonly Shape[]): readonly Shape[] {
  const isPlain = ([name, attributes]: Shape) => name === 'path' && Object.keys(attributes).join() === 'd'
  // A path's first move counts from the corner of the picture, and a later one from where the last line ended.
  const d = shapes.filter(isPlain).map(([, path]) => `M0 0${path.d}`)
  return [
    ...shapes.filter((one) => !isPlain(one)),
    ...(d.length > 0 ? [['path', { d: d.join('') }] as const] : []),
  ]
}
