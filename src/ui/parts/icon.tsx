/** One icon of the lucide set, drawn from its SVG file; always beside a word, so hidden from screen readers. */
import { h, type VNode } from 'preact'

/** A shape of an icon's file: `<path d="…" />`, with plain attributes only. */
const shape = /<(path|circle|ellipse|rect|line|polyline|polygon)((?:\s+[a-z][a-z\d-]*="[^"<>&]*")*)\s*\/>/g
const attribute = /([a-z][a-z\d-]*)="([^"]*)"/g

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
        {shapesOf(svg)}
      </svg>
    </span>
  )
}

function shapesOf(svg: string): VNode[] {
  return [...svg.matchAll(shape)].map(([, name = '', attributes = '']) =>
    h(name, Object.fromEntries([...attributes.matchAll(attribute)].map(([, key, value]) => [key, value]))),
  )
}
