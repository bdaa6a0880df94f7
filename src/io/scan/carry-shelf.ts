/** The files that are being sent: this one and the next, no more, each overwritten when it is put away. */

type Book = { readonly file: number; bytes: Uint8Array<ArrayBuffer> | 'coming' | 'lacking' }

export type Shelf = {
  /** Its bytes; null: they are being fetched, and `come` is called. `next` is fetched meanwhile. */
  take(file: number, next: number | null): Uint8Array<ArrayBuffer> | 'lacking' | null
  /** Something is being fetched. */
  isBusy(): boolean
  wipe(): void
}

export function createShelf(
  bytesOf: (file: number) => Promise<ArrayBuffer | null>,
  sizeOf: (file: number) => number,
  come: () => void,
): Shelf {
  let books: readonly Book[] = []

  function putAway(book: Book): void {
    if (typeof book.bytes !== 'string') book.bytes.fill(0)
  }

  function fetchBook(file: number): Book {
    const book: Book = { file, bytes: 'coming' }
    void bytesOf(file)
      .catch(() => null)
      .then((buffer) => {
        const bytes = buffer && new Uint8Array(buffer)
        // What is not as long as the manifest says is another file.
        book.bytes = bytes?.length === sizeOf(file) ? bytes : 'lacking'
        if (bytes && (book.bytes === 'lacking' || !books.includes(book))) bytes.fill(0)
        if (books.includes(book)) come()
      })
    return book
  }

  return {
    take(file, next) {
      const wanted = new Set(next === null ? [file] : [file, next])
      for (const book of books) if (!wanted.has(book.file)) putAway(book)
      const kept = books.filter((book) => wanted.has(book.file))
      const missing = [...wanted].filter((one) => !kept.some((book) => book.file === one))
      books = [...kept, ...missing.map(fetchBook)]
      const bytes = books.find((book) => book.file === file)?.bytes
      return bytes === undefined || bytes === 'coming' ? null : bytes
    },
    isBusy: () => books.some(({ bytes }) => bytes === 'coming'),
    wipe() {
      for (const book of books) putAway(book)
      books = []
    },
  }
}
