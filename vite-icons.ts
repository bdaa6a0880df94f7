/** What a screen draws of an icon's file: its shapes. The frame around them is the same for all (`ui/parts/icon.tsx`). */
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const iconFile = /^(.*\/lucide-static\/icons\/[a-z\d-]+\.svg)\?raw$/

/** The text of an icon's file without its frame, its notes and its line breaks. */
export function shapesOnly(svg: string): string {
  const [, inside = ''] = svg.match(/<svg[^>]*>([\s\S]*)<\/svg>/) ?? []
  return inside.trim().replaceAll(/>\s+</g, '><')
}

export function icons(): Plugin {
  return {
    name: 'bedside-icons',
    enforce: 'pre',
    load(id) {
      const [, path] = id.match(iconFile) ?? []
      return path ? `export default ${JSON.stringify(shapesOnly(readFileSync(path, 'utf8')))}` : null
    },
  }
}
