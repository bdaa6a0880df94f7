/** The real server with as many signed-in nurses as asked for; each "link" it names is the cookie of one of them. */
import { randomUUIDv7 } from 'node:crypto'
import { readConfig } from '../../src/server/config.ts'
import { tokenCookie } from '../../src/server/cookie.ts'
import { beginSignIn } from '../../src/server/people.ts'
import { startServer } from '../../src/server/server.ts'
import { answerQuestions } from './child.ts'

const [data = '', count = '1'] = process.argv.slice(2)
const many = { perSecond: 1e9, burst: 1e9 }

const server = await startServer({
  config: readConfig({ BEDSIDE_PORT: '0', BEDSIDE_DEMO_PLAN: 'none', BEDSIDE_DATA: data }, []),
  limits: { askedByAddress: many, askedByPerson: many, syncedByAddress: many, connectionsOfAddress: 1e6 },
  onFault(error) {
    throw error
  },
})
const { store } = server.inside
const cookies = await store.db.transaction().execute(async (db) => {
  const made: { url: string }[] = []
  for (let number = 1; number <= Number(count); number += 1) {
    const person = { type: 'staff', staffId: randomUUIDv7(), name: `Nurse ${number}`, role: 'nurse' } as const
    const { staffId: staff_id, name, role } = person
    await db.insertInto('staff').values({ staff_id, name, role, wards: '"all"', disabled_ms: null }).execute()
    const token = await beginSignIn(store, db, person, 'link', Date.now())
    made.push({ url: tokenCookie(server.origin, token).split(';')[0] ?? '' })
  }
  return made
})
answerQuestions({ origin: server.origin, staff: cookies, beds: [] })
