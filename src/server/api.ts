/** The first acts done over plain HTTP: signing in by a link, signing out, and enrolling a tablet. */
import * as v from 'valibot'
import { enrolRequest, signInRequest } from '../protocol/http.ts'
import type { SignInWays } from '../protocol/sign-in.ts'
import type { Attendance } from './attendance.ts'
import { proveCookie, tokenCookie } from './cookie.ts'
import { enrol } from './devices.ts'
import { recordFailedSignIn, type SignIn, signIn, signOut } from './people.ts'
import type { RouteBook } from './routes.ts'
import type { Store } from './store/store.ts'
import type { TabletNews } from './tablets.ts'
import type { Ward } from './ward.ts'

export type ApiParts = {
  readonly store: Store
  readonly ward: Ward
  readonly attendance: Attendance
  readonly tabletNews: TabletNews
  readonly origin: string
  /** What a page that is signed out may offer. */
  readonly readWays: () => Promise<SignInWays>
  /** Reads what it takes to leave the provider too; the answer leaves, and says where the browser goes, or null. */
  readonly readLeave: (signIn: SignIn) => Promise<() => Promise<string | null>>
}

export function addApi({ route }: RouteBook, parts: ApiParts): void {
  const { store, ward, attendance, tabletNews, origin, readWays, readLeave } = parts

  route('GET', '/sign-in-ways', { needs: 'nothing', takes: v.strictObject({}) }, async () => ({
    answer: await readWays(),
  }))
  route(
    'POST',
    '/sign-in',
    { needs: 'nothing', takes: signInRequest, guessable: 'code' },
    async ({ body, nowMs, reply }) => {
      const outcome = await signIn(store, body.code, nowMs)
      if (outcome.type !== 'signed-in') {
        await recordFailedSignIn(store.db, 'link', nowMs)
        return { refusal: outcome.type }
      }
      reply.header('set-cookie', tokenCookie(origin, outcome.token))
      return { answer: { me: outcome.staff } }
    },
  )

  route('GET', '/me', { needs: 'session.own', takes: v.strictObject({}) }, async ({ signIn: mine }) => {
    if (!mine) return { refusal: 'signed-out' }
    return { answer: { me: mine.staff, wardId: ward.wardId, ward: ward.name, demo: ward.demo } }
  })

  route(
    'POST',
    '/sign-out',
    { needs: 'nothing', takes: v.strictObject({}), whileLocked: true },
    async ({ signIn: mine, nowMs, reply }) => {
      let goTo: string | null = null
      if (mine) {
        const leave = await readLeave(mine)
        await signOut(store, mine, nowMs)
        attendance.signOut(mine.tokenHash, mine.staff.staffId)
        goTo = await leave()
      }
      reply.header('set-cookie', tokenCookie(origin, null))
      if (mine) reply.header('set-cookie', proveCookie(origin, 'yes'))
      return { answer: { goTo } }
    },
  )

  route(
    'POST',
    '/enrol',
    { needs: 'nothing', takes: enrolRequest, guessable: 'code' },
    async ({ body, nowMs }) => {
      // A link that binds by itself is the demo's; elsewhere somebody at the bedside has to see six digits.
      if (!ward.demo) return { refusal: 'unknown-code' }
      const outcome = await enrol(store, body.code, body.publicKey, nowMs)
      if (outcome.type !== 'enrolled') return { refusal: outcome.type }
      if (outcome.rebound) await attendance.unbind(outcome.bedId)
      await tabletNews.refresh()
      return { answer: { deviceId: outcome.deviceId, bed: ward.beds.get(outcome.bedId)?.party } }
    },
  )
}
