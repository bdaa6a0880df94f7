/** A page's `localStorage`, which Node has none of: what stands in it lies open here. */
export const notes = new Map<string, string>()

Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => notes.get(key) ?? null,
    setItem: (key: string, value: string) => void notes.set(key, value),
    removeItem: (key: string) => void notes.delete(key),
  },
})
