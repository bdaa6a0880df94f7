/** One icon of the lucide set, drawn from its SVG file; always beside a word, so hidden from screen readers. */
import { useLayoutEffect, useRef } from 'preact/hooks'

/** `svg`: the text of `lucide-static/icons/NAME.svg?raw`. Parsed, never set as markup, so a strict CSP holds. */
export function Icon({ svg }: { svg: string }) {
  const place = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement
    // The file's line breaks would count as text of the button around it.
    drawn.replaceChildren(...drawn.children)
    place.current?.replaceChildren(document.importNode(drawn, true))
  }, [svg])
  return <span class="icon" aria-hidden="true" ref={place} />
}
