/**
 * Family who visit a bed from outside (FAMILY): links made by a station for one stay, known by the name of a code that never
 * comes here, and rung by at the hours of that stay. Whoever has one is told when they may ring, and nothing else.
 */
import type * as v from 'valibot'
import { isRelative, visitTimeOf } from '../../core/family.ts'
import { minuteAt } from '../../core/minutes.ts'
import { bedEndpoint, guestEndpoint } from '../../core/switchboard-parties.ts'
import type { AuditAgent } from '../../protocol/audit.ts'
import {
  type FamilyInvite,
  type FamilyLookAnswer,
  type familyEnter,
  familyLinkMs,
  type familyRemove,
} from '../../protocol/family.ts'
import type { GuestParty, Party } from '../../protocol/people.ts'
import type { Signed } from '../../protocol/proof.ts'
import { type ClientMessage, closeCode } from '../../protocol/wire.ts'
import { agentOfParty } from '../audit/record.ts'
import { isPublicKey, isSealed } from '../authority.ts'
import type { BoardNews } from '../board-news.ts'
import { chainBehind } from '../guest-chain.ts'
import type { SignIn } from '../people.ts'
import type { Queue } from '../queue.ts'
import type { Answer } from '../routes.ts'
import { type Session, type Sessions, tell } from '../session.ts'
import type { Store } from '../store/store.ts'
import type { Switching } from '../switching.ts'
import type { Bed, Ward } from '../ward.ts'
import {
  findLink,
  type Link,
  listRelatives,
  listWishing,
  recordCame,
  recordInvited,
  recordRemoved,
  recordWished,
} from './kept.ts'

export type FamilyParts = {
  readonly store: Store
  readonly ward: Ward
  readonly now: () => number
  readonly queue: Queue
  readonly sessions: Sessions
  readonly switching: Switching
  readonly news: BoardNews
  readonly zone: string
}

type Message = Extract<ClientMessage, { type: 'family.ask' | 'family.wish' | 'family.remove' }>
type Entering = v.InferOutput<typeof familyEnter>

export type Family = Awaited<ReturnType<typeof createFamily>>

export async function createFamily(parts: FamilyParts) {
  const { store, ward, now, queue, sessions, switching, news, zone } = parts
  const { db } = store
  /** Tablets whose patient looks at the list: they hear of what changes. */
  const asked = new WeakSet<Session>()
  /** Of whom each page is that has come in, by guest: what is asked when it rings is decided at once. */
  const came = new Map<string, Link>()
  for (const admissionId of await listWishing(db)) ward.wishing.add(admissionId)

  function bedOf(admissionId: string): Bed | undefined {
    return [...ward.beds.values()].find(({ stay }) => stay.admissionId === admissionId)
  }

  function partyOf({ guestId, name }: Pick<Link, 'guestId' | 'name'>): GuestParty {
    return { type: 'guest', guestId, name, kind: 'relative' }
  }

  /** [FAMILY-2] */
  function isGood({ invitedMs, admissionId }: Link): boolean {
    return invitedMs + familyLinkMs > now() && bedOf(admissionId) !== undefined
  }

  async function goodLink(codeId: string): Promise<Link | null> {
    const link = await findLink(db, { codeHash: store.digest(codeId) })
    return link && isGood(link) ? link : null
  }

  function timeAt({ wishes }: Bed) {
    return visitTimeOf(wishes, minuteAt(now(), zone))
  }

  async function look(codeId: string): Promise<Answer> {
    const link = await goodLink(codeId)
    const bed = link && bedOf(link.admissionId)
    if (!link || !bed) return { refusal: 'unknown-code' }
    const { chain, seal, sealedKey } = link
    const answer: FamilyLookAnswer = {
      ...{ guest: partyOf(link), ward: bed.party.ward, time: timeAt(bed) },
      ...{ chain, seal, sealedKey, nowMs: now() },
    }
    return { answer }
  }

  /** [FAMILY-4] The same browser may ask again, as often as it rings. */
  async function enter({ codeId, publicKey, seal }: Entering): Promise<Answer> {
    if (!isPublicKey(publicKey)) return { refusal: 'bad-request' }
    const link = await goodLink(codeId)
    const bed = link && bedOf(link.admissionId)
    if (!link || !bed) return { refusal: 'unknown-code' }
    if (!isSealed({ text: publicKey, signature: seal }, link.publicKey)) return { refusal: 'bad-request' }
    if ((await recordCame(db, link, publicKey, now())) === 'taken') return { refusal: 'used-code' }
    came.set(link.guestId, { ...link, browserKey: publicKey })
    await tellOf(link.admissionId)
    return { answer: { guest: partyOf(link), bed: bed.party } }
  }

  /** Whose hello this is; null: nobody's whose link is good. */
  async function recognise(guestId: string, said: Signed): Promise<GuestParty | null> {
    const link = await findLink(db, { guestId })
    if (!link?.browserKey || !isGood(link) || !isSealed(said, link.browserKey)) return null
    came.set(guestId, link)
    return partyOf(link)
  }

  /** [FAMILY-1] Whom a call from this page rings; nobody outside the hours, or once the link is none any more. */
  function bedFor(party: Party): Bed | null {
    const link = isRelative(party) ? came.get(party.guestId) : undefined
    const bed = link && isGood(link) ? bedOf(link.admissionId) : undefined
    return bed && timeAt(bed).type === 'open' ? bed : null
  }

  async function list(admissionId: string): Promise<Answer> {
    if (!bedOf(admissionId)) return { refusal: 'not-found' }
    return { answer: { relatives: await listRelatives(db, admissionId) } }
  }

  /** [FAMILY-5] By a station whose word for the link's key holds. */
  async function invite({ staff }: SignIn, asked: FamilyInvite): Promise<Answer> {
    const { admissionId, guestId, name, publicKey, certificate, seal, sealedKey } = asked
    if (!bedOf(admissionId)) return { refusal: 'not-found' }
    if (!isPublicKey(publicKey)) return { refusal: 'bad-request' }
    const vouchee = { guestId, name, tableId: guestId, publicKey, forMs: familyLinkMs }
    const chain = await chainBehind(db, vouchee, certificate, now())
    if (!chain) return { refusal: 'forbidden' }
    const made = { publicKey, seal, sealedKey, chain, codeHash: store.digest(asked.codeId) }
    const kept = await recordInvited(db, { guestId, admissionId, name }, made, agentOfParty(staff), now())
    if (kept !== 'done') return { refusal: kept }
    await tellOf(admissionId)
    return { answer: {} }
  }

  async function remove(agent: AuditAgent, who: v.InferOutput<typeof familyRemove>): Promise<Answer> {
    if (!(await recordRemoved(db, who, agent, now()))) return { refusal: 'not-found' }
    await sendAway(who.guestId)
    await tellOf(who.admissionId)
    return { answer: {} }
  }

  /** A call of theirs ends, and whoever comes back is not recognised any more. */
  async function sendAway(guestId: string): Promise<void> {
    came.delete(guestId)
    const endpoint = guestEndpoint(guestId)
    await switching.dispatch({ type: 'removed', endpoint })
    sessions.get(endpoint)?.socket?.close(closeCode.unauthenticated, 'the link is over')
  }

  /** A tablet speaks of the stay that is at its own bed, and of no other (HZ-6). Run it in the queue. */
  async function hear(session: Session, message: Message): Promise<void> {
    const bed = session.party.type === 'bed' ? ward.beds.get(session.party.bedId) : undefined
    const admissionId = bed?.stay.admissionId
    if (!bed || !admissionId) return
    const agent = agentOfParty(session.party)
    asked.add(session)
    if (message.type === 'family.remove') await remove(agent, { admissionId, guestId: message.guestId })
    if (message.type === 'family.wish') {
      const { guestId, name } = message
      await recordWished(db, { guestId, admissionId, name }, agent, now())
    }
    await tellOf(admissionId)
  }

  /** The tablet that shows them, and each board whether somebody is asked for. */
  async function tellOf(admissionId: string): Promise<void> {
    const bed = bedOf(admissionId)
    if (!bed) return
    const relatives = await listRelatives(db, admissionId)
    const session = sessions.get(bedEndpoint(bed.party.bedId))
    if (session && asked.has(session)) {
      const hours = bed.wishes?.visits ?? null
      tell(session, { type: 'family.yours', stay: bed.stay.epoch, relatives, hours })
    }
    const isWishing = relatives.some(({ state }) => state === 'wished')
    if (isWishing === ward.wishing.has(admissionId)) return
    if (isWishing) ward.wishing.add(admissionId)
    else ward.wishing.delete(admissionId)
    news.tellBed(bed, switching.board())
  }

  return {
    look,
    list,
    enter: (asked: Entering) => queue.ask(() => enter(asked)),
    invite: (signIn: SignIn, asked: FamilyInvite) => queue.ask(() => invite(signIn, asked)),
    remove: (...asked: Parameters<typeof remove>) => queue.ask(() => remove(...asked)),
    recognise,
    bedFor,
    hear,
  }
}
