/** What lives in memory alone is overwritten with zeros; a file of the disk stays as it is. */
export function wipe(content: Blob | ArrayBuffer): void {
  if (content instanceof ArrayBuffer) new Uint8Array(content).fill(0)
}
