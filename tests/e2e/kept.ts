/** Counts what a browser keeps of the people who used the plan in it: nothing may be left of who has signed out (HZ-6). */
import type { Evaluating } from './witness.ts'

/** How much of anybody is left in this browser. */
export function keptRecords(page: Evaluating) {
  return page.evaluate(async () => {
    const count = async (database: string, store: string) => {
      const open = indexedDB.open(database)
      const db = await new Promise<IDBDatabase>((done, failed) => {
        open.onsuccess = () => done(open.result)
        open.onerror = () => failed(open.error)
      })
      const asked = db.transaction(store).objectStore(store).count()
      const found = await new Promise<number>((done) => {
        asked.onsuccess = () => done(asked.result)
      })
      db.close()
      return found
    }
    return {
      outbox: await count('bedside-plan', 'outbox'),
      folds: await count('bedside-plan', 'folds'),
      meta: await count('bedside-plan', 'meta'),
      people: await count('bedside-plan', 'people'),
      keys: await count('bedside-plan-keys', 'keys'),
    }
  })
}
