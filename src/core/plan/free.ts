/** Where an appointment would fit: for *find the next free slot*, for what is offered after a refusal, for who waits. */
import type { Appointment } from '../../protocol/plan.ts'
import type { PlanReader } from './book.ts'
import { type Booking, bookingsOf, lengthOf, minuteMs } from './booking.ts'
import { openSpans } from './hours.ts'

/** Whoever and whatever must be there, and how long; where it stands now is of no matter. Its `id` stands in no way. */
export type Wish = Pick<
  Appointment,
  'id' | 'kind' | 'when' | 'staff' | 'place' | 'stops' | 'before' | 'after' | 'outsideHours'
>

/** Starts lie on the hour's five minutes, as a day's grid does. */
export const gridMs = 5 * minuteMs
const hourMs = 60 * minuteMs

/** Starts strictly between these two do not do. */
type Ban = { readonly afterMs: number; readonly beforeMs: number }
/** Starts from `firstMs` up to `lastMs`, both among them. */
type Gap = { readonly firstMs: number; readonly lastMs: number }

/**
 * [PLAN-9] The next starts, in order, at which nothing would stand against it, at most `most`, wholly within
 * [fromMs, toMs) and none overlapping the one before. Milliseconds since 1970.
 */
export function freeStarts(
  plan: PlanReader,
  wish: Wish,
  fromMs: number,
  toMs: number,
  most: number,
): number[] {
  const step = Math.max(lengthOf(wish), gridMs)
  const found: number[] = []
  for (const { firstMs, lastMs } of gapsFor(plan, wish, fromMs, toMs)) {
    let startMs = Math.ceil(Math.max(firstMs, (found.at(-1) ?? fromMs - step) + step) / gridMs) * gridMs
    for (; startMs <= lastMs && found.length < most; startMs += Math.ceil(step / gridMs) * gridMs)
      found.push(startMs)
  }
  return found
}

/** As `freeStarts`, but the last ones of the window, the latest first. */
function lastFreeStarts(plan: PlanReader, wish: Wish, fromMs: number, toMs: number, most: number): number[] {
  const step = Math.ceil(Math.max(lengthOf(wish), gridMs) / gridMs) * gridMs
  const found: number[] = []
  for (const { firstMs, lastMs } of gapsFor(plan, wish, fromMs, toMs).reverse()) {
    let startMs = Math.floor(Math.min(lastMs, (found.at(-1) ?? toMs + step) - step) / gridMs) * gridMs
    for (; startMs >= firstMs && found.length < most; startMs -= step) found.push(startMs)
  }
  return found
}

/**
 * [PLAN-9] Up to three free starts in place of one that is not, in order: the nearest, at least one of them later,
 * none that is past and none more than three hours too early.
 */
export function alternatives(plan: PlanReader, wish: Wish, nowMs: number): number[] {
  if (wish.when.type === 'waiting') return []
  const askedMs = Math.max(wish.when.startMs, nowMs)
  const lengthMs = lengthOf(wish)
  const soon = freeStarts(plan, wish, askedMs, askedMs + 12 * hourMs, 3)
  const later = soon.length > 0 ? soon : freeStarts(plan, wish, askedMs, askedMs + 7 * 24 * hourMs, 3)
  const earliestMs = Math.max(nowMs, askedMs - 3 * hourMs)
  const earlier = lastFreeStarts(plan, wish, earliestMs, askedMs + lengthMs, 2)
  const [first, ...others] = later
  const byNearness = [...others, ...earlier]
    .filter((startMs) => startMs !== first)
    .sort((one, other) => Math.abs(one - askedMs) - Math.abs(other - askedMs) || other - one)
  return [...(first === undefined ? [] : [first]), ...byNearness]
    .slice(0, 3)
    .sort((one, other) => one - other)
}

/** In order. */
function gapsFor(plan: PlanReader, wish: Wish, fromMs: number, toMs: number): Gap[] {
  const latestMs = toMs - lengthOf(wish)
  if (!(fromMs <= latestMs)) return []
  const bans = [...bansOfBookings(plan, wish, fromMs, toMs), ...bansOfHours(plan, wish, fromMs, toMs)]
  bans.sort((one, other) => one.afterMs - other.afterMs)
  const gaps: Gap[] = []
  let firstMs = fromMs
  for (const { afterMs, beforeMs } of bans) {
    if (afterMs >= latestMs) break
    if (afterMs >= firstMs) gaps.push({ firstMs, lastMs: afterMs })
    firstMs = Math.max(firstMs, beforeMs)
  }
  if (firstMs <= latestMs) gaps.push({ firstMs, lastMs: latestMs })
  return gaps
}

function bansOfBookings(plan: PlanReader, wish: Wish, fromMs: number, toMs: number): Ban[] {
  const when = { type: 'at', startMs: 0, endMs: lengthOf(wish) } as const
  const shapes = bookingsOf({ ...wish, status: 'booked', when })
  return shapes.flatMap((shape) =>
    plan
      .bookings(shape.resource, fromMs + shape.startMs, toMs + shape.endMs)
      .filter(({ appointmentId }) => appointmentId !== wish.id)
      .map((other) => banOf(shape, other)),
  )
}

/** The same question as `collide`, for all starts at once; `shape` is what is taken if it began at 0. */
function banOf(shape: Booking, other: Booking): Ban {
  return shape.excused || other.excused
    ? { afterMs: other.bareStartMs - shape.bareEndMs, beforeMs: other.bareEndMs - shape.bareStartMs }
    : { afterMs: other.startMs - shape.endMs, beforeMs: other.endMs - shape.startMs }
}

function bansOfHours(plan: PlanReader, wish: Wish, fromMs: number, toMs: number): Ban[] {
  if (wish.outsideHours || wish.kind === 'note') return []
  const lengthMs = lengthOf(wish)
  return wish.staff.flatMap((id) => {
    const hours = plan.get('hours', id)
    if (!hours) return []
    const away = hours.away.map(({ startMs, endMs }) => ({ afterMs: startMs - lengthMs, beforeMs: endMs }))
    if (hours.weekly.length === 0) return away
    const closed: Ban[] = []
    let afterMs = Number.NEGATIVE_INFINITY
    for (const { startMs, endMs } of openSpans(hours, fromMs, toMs)) {
      closed.push({ afterMs, beforeMs: startMs })
      afterMs = endMs - lengthMs
    }
    return [...away, ...closed, { afterMs, beforeMs: Number.POSITIVE_INFINITY }]
  })
}
