/** The lines of the journal: each with its own checksum, so that one that was torn by a power cut is no line at all. */

const mark = 'b1'

/** FNV-1a, 32 bits: enough to tell a torn line from a whole one; against whoever writes on purpose there is the seal. */
export function sumOf(text: string): string {
  let sum = 0x811c9dc5
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193)
  return (sum >>> 0).toString(36)
}

/** `text` has no line break: it is base64. */
export function lineOf(text: string): string {
  return `${mark} ${sumOf(text)} ${text}\n`
}

/** What was written whole; a line that is torn or damaged is left out, and those after it are read. */
export function readLines(file: string): string[] {
  return file.split('\n').flatMap((line) => {
    const [version, sum, text] = line.split(' ')
    return version === mark && text !== undefined && sum === sumOf(text) ? [text] : []
  })
}
