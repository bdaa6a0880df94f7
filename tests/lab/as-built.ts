/**
 * Lets Node itself import what the build would put together: the address of a file, by `?url`, and names out of a package that
 * has none for Node. Imported before anything else.
 */
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const byAddress = '?url'
const byName = '?names'
const parser = 'dicom-parser'

const sources: Readonly<Record<string, (url: string) => string>> = {
  [byAddress]: (url) => `export default ${JSON.stringify(`/@fs${fileURLToPath(url)}`)}`,
  [byName]: (url) =>
    `import all from ${JSON.stringify(url)}\nexport const { parseDicom, readPart10Header } = all`,
}

const markOf = (text: string) => Object.keys(sources).find((mark) => text.endsWith(mark))

registerHooks({
  resolve(specifier, context, next) {
    const mark = specifier === parser ? byName : markOf(specifier)
    if (mark === undefined) return next(specifier, context)
    const { url } = next(specifier.replace(mark, ''), context)
    return { url: `${url}${mark}`, format: 'module', shortCircuit: true }
  },
  load(url, context, next) {
    const mark = markOf(url)
    if (mark === undefined) return next(url, context)
    const source = sources[mark]?.(url.slice(0, -mark.length)) ?? ''
    return { format: 'module', source, shortCircuit: true }
  },
})
