/** What staff do with those who come: see them, write to them, choose their device, vouch for its key, know them by face, end it. */
import { randomUUIDv7 } from 'node:crypto'
import type * as v from 'valibot'
import { sideOf } from '../../core/switchboard-parties.ts'
import { isNear } from '../../core/visit.ts'
import type { AuditAction } from '../../protocol/audit.ts'
import type {
  VisitMail,
  VisitsNow,
  VisitView,
  visitDevice,
  visitIdentify,
  visitMailDealt,
  visitPhoto,
  visitSay,
  visitVouch,
} from '../../protocol/visit.ts'
import { mostBirthTries } from '../../protocol/visit.ts'
import { agentOfParty, isRecorded, type NewAct, recordAct } from '../audit/record.ts'
import { dayMs } from '../authority.ts'
import { chainBehind } from '../guest-chain.ts'
import type { SignIn } from '../people.ts'
import type { Answer } from '../routes.ts'
import { hasPassed, isOff, isWith, partyFor, timeOf } from './facts.ts'
import { readRatings, type Visit } from './kept.ts'
import { dayOf } from './links.ts'
import { noMail } from './post.ts'
import type { Room, RoomParts } from './room.ts'

const mostNotes = 5
const ratedMs = 90 * dayMs
const done: Answer = { answer: {} }
const notFound: Answer = { refusal: 'not-found' }

export function createAdmitting({ store, now, post, switching }: RoomParts, room: Room) {
  function openVisit(visitId: string): Visit | null {
    const visit = room.get(visitId)
    return visit && visit.closed === null && room.isOpen(visit) ? visit : null
  }

  function actOf({ staff }: SignIn, action: AuditAction, detail: string, visit: Visit): NewAct {
    const peer = agentOfParty(partyFor(visit, undefined))
    return { action, agent: agentOfParty(staff), detail, peer }
  }

  function waitingFor({ staff }: SignIn): string[] {
    const isMine = (visit: Visit) => isWith(room.rowOf(visit), staff.staffId)
    return waiting()
      .filter(isMine)
      .map(({ visitId }) => visitId)
  }

  const waiting = () => room.open().filter((visit) => room.stateOf(visit) === 'waiting')

  function alarmFor({ staff }: SignIn): VisitsNow['alarm'] {
    return waiting().some((visit) => room.calling.isCalled(staff.staffId, visit)) ? 'request' : 'none'
  }

  /** [VISIT-4] What ended by the clock alone is shown until a person decides; what was cancelled or ended, while another time is wished for. */
  function isListed(visit: Visit): boolean {
    const row = room.rowOf(visit)
    if (visit.wishesNewMs !== null) return true
    return row !== undefined && !isOff(row) && !hasPassed(row) && isUndecided(visit)
  }

  /** Whoever is here, what waits for a decision, and the days that come next: a station is asked for this again and again. */
  function isShown(visit: Visit, mail: VisitMail): boolean {
    const row = room.rowOf(visit)
    const { otherKey, tries, wishesNewMs } = visit
    const isAsked =
      otherKey !== null ||
      tries >= mostBirthTries ||
      wishesNewMs !== null ||
      (mail.state === 'failed' && !mail.isDealt)
    return isAsked || room.isHere(visit) || (row !== undefined && isNear(timeOf(row).startMs, now()))
  }

  function viewFor(visit: Visit, reader: SignIn, mail: VisitMail): VisitView[] {
    const row = room.rowOf(visit)
    if (!row) return []
    const { visitId, appointmentId, tries, publicKey, otherKey } = visit
    const looked = room.look(visit)
    return [
      {
        ...{ visitId, appointmentId, title: row.title, mail, publicKey, otherKey },
        ...timeOf(row),
        ...looked,
        waitsSinceMs: room.calling.waitsSince(visit),
        name: row.outpatient?.name ?? visit.name,
        born: row.outpatient?.born ?? null,
        phone: row.outpatient?.phone ?? null,
        language: row.language,
        zone: visit.zone,
        staff: [...room.calling.audienceOf(visit)],
        test: visit.test,
        device: otherKey !== null ? 'asks' : publicKey !== null ? 'bound' : 'none',
        isBlocked: tries >= mostBirthTries,
        wishesNew: visit.wishesNewMs !== null,
        isVouched: visit.vouched?.by === reader.tokenHash && room.isVouched(visit),
        with: room.peerOf(visit)?.name ?? null,
        isIdentified: visit.identifiedMs !== null,
        isMissing: room.isMissed(visit, looked.state),
      },
    ]
  }

  /** A locked screen is told that somebody waits, and not who (HZ-6). */
  async function list(reader: SignIn, of: string | null): Promise<Answer> {
    const isLocked = reader.lockedMs !== null
    const listed = isLocked ? [] : room.all().filter(isListed)
    const mails = await post.stateOf(
      store.db,
      listed.map(({ visitId }) => visitId),
    )
    const mailOf = ({ visitId }: Visit) => mails.get(visitId) ?? noMail
    const visits = listed
      .filter((visit) => visit.appointmentId === of || isShown(visit, mailOf(visit)))
      .flatMap((visit) => viewFor(visit, reader, mailOf(visit)))
    const answer: VisitsNow = {
      visits: visits.toSorted((a, b) => a.startMs - b.startMs || (a.visitId < b.visitId ? -1 : 1)),
      alarm: alarmFor(reader),
      mail: post.isOn ? 'on' : 'off',
      ratings: await readRatings(store.db, dayOf(now() - ratedMs)),
    }
    return { answer }
  }

  async function say(signIn: SignIn, { visitId, said }: v.InferOutput<typeof visitSay>): Promise<Answer> {
    const to = visitId === null ? waitingFor(signIn) : [visitId]
    const visits = to.map(openVisit).filter((visit) => visit !== null)
    if (visitId !== null && visits.length === 0) return notFound
    const note = { noteId: randomUUIDv7(), atMs: now(), by: signIn.staff.name, said }
    const detail = said.type === 'late' ? `late ${said.minutes}` : said.type
    for (const visit of visits) {
      const notes = [...visit.notes, note].slice(-mostNotes)
      await room.change(visit.visitId, { notes }, [actOf(signIn, 'visit-said', detail, visit)])
    }
    await room.settle()
    return done
  }

  async function see(signIn: SignIn): Promise<Answer> {
    room.calling.know(signIn.staff.staffId, waiting())
    await room.settle()
    return done
  }

  /** [VISIT-2] */
  async function device(
    signIn: SignIn,
    { visitId, otherKey, answer }: v.InferOutput<typeof visitDevice>,
  ): Promise<Answer> {
    const visit = openVisit(visitId)
    if (!visit) return notFound
    if (visit.otherKey !== otherKey) return { refusal: 'conflict' }
    const { refusedKeys } = visit
    const acts = [actOf(signIn, 'visit-device', answer, visit)]
    if (answer === 'refuse')
      await room.change(visitId, { otherKey: null, refusedKeys: [...refusedKeys, otherKey] }, acts)
    else {
      const gone = { otherKey: null, vouched: null, identifiedMs: null, test: null }
      await room.change(visitId, { ...gone, publicKey: otherKey, boundMs: now() }, acts)
      await room.sendAway(visitId, 'other-device', null)
    }
    await room.settle()
    return done
  }

  /** [VISIT-4] Good for calls from the browser that says it. */
  async function vouch(
    signIn: SignIn,
    { visitId, certificate }: v.InferOutput<typeof visitVouch>,
  ): Promise<Answer> {
    const visit = openVisit(visitId)
    if (!visit) return notFound
    const { publicKey } = visit
    if (publicKey === null) return { refusal: 'conflict' }
    const { name } = partyFor(visit, room.rowOf(visit))
    const vouchee = { guestId: visitId, tableId: visitId, name, publicKey }
    const chain = await chainBehind(store.db, vouchee, certificate, now())
    if (!chain) {
      const act = actOf(signIn, 'visit-vouched', 'wrong-certificate', visit)
      await room.change(visitId, {}, [{ ...act, outcome: 'refused' }])
      return { refusal: 'bad-request' }
    }
    const act = { ...actOf(signIn, 'visit-vouched', 'station', visit) }
    await room.change(visitId, { vouched: { chain, by: signIn.tokenHash } }, [act])
    room.tellVouched(visitId)
    await room.settle()
    return done
  }

  /** [VISIT-4] Whoever is somebody else is sent away, and the link with them (HZ-1). */
  async function identify(
    signIn: SignIn,
    { visitId, isThem }: v.InferOutput<typeof visitIdentify>,
  ): Promise<Answer> {
    const visit = openVisit(visitId)
    if (!visit) return notFound
    if (visit.publicKey === null) return { refusal: 'conflict' }
    const act = actOf(signIn, 'visit-identified', isThem ? 'them' : 'not-you', visit)
    if (!isThem) await room.close(visitId, 'not-you', signIn.staff, { ...act, outcome: 'refused' })
    else {
      await room.change(visitId, { identifiedMs: now() }, [act])
      await room.settle()
    }
    return done
  }

  /** [VISIT-5] It went past the server, which knows of it by its receiver alone. */
  async function photo(
    { staff }: SignIn,
    { visitId, callId, photoId }: v.InferOutput<typeof visitPhoto>,
  ): Promise<Answer> {
    const visit = openVisit(visitId)
    const call = switching.board().calls.get(callId)
    if (!visit || call?.phase !== 'accepted') return notFound
    const party = partyFor(visit, room.rowOf(visit))
    if (sideOf(call, party) === null || sideOf(call, staff) === null) return notFound
    const [agent, peer] = [agentOfParty(party), agentOfParty(staff)]
    const act = { action: 'visit-photo', agent, peer, detail: photoId } as const
    if (!(await isRecorded(store.db, act, visitId))) await room.change(visitId, {}, [act])
    return done
  }

  /** Somebody has told the patient otherwise, or put the address right; said of what their screen showed. */
  async function deal(
    signIn: SignIn,
    { visitId, atMs }: v.InferOutput<typeof visitMailDealt>,
  ): Promise<Answer> {
    const visit = room.get(visitId)
    if (!visit) return notFound
    let isDealt = false
    const act = actOf(signIn, 'visit-mail-dealt', 'dealt', visit)
    await store.db.transaction().execute(async (step) => {
      isDealt = await post.deal(step, visitId, atMs)
      if (isDealt) await recordAct(step, now(), { ...act, entity: { type: 'visit', id: visitId } })
    })
    if (!isDealt) return { refusal: 'conflict' }
    room.news.tell()
    return done
  }

  return { list, say, see, device, vouch, identify, photo, deal }
}

function isUndecided({ closed }: Visit): boolean {
  return closed === null || closed.why === 'expired'
}
