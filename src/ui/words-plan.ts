/** What the plan says: times as people say them, what waits and why, and what to do about what was refused. */

import type { Concern, Deed, Entry, PersonRow, PlanStatus, Reminder, Tab } from '../state/plan.ts'
import type { Look } from '../state/plan-entries.ts'
import type { Form, FormProblem, Scope } from '../state/plan-form.ts'
import type { Repeat, RepeatEnd } from '../state/plan-repeat.ts'
import type { KeepingWarning } from '../state/plan-status.ts'

type Kind = Form['kind']
type Why = Concern['why']

export const planWords = {
  title: 'Plan',
  open: 'Open the plan',
  close: 'Back to the board',
  today: 'Today',
  goToday: 'Today',
  earlier: 'Earlier',
  later: 'Later',
  date: 'Day to show',
  fresh: 'New appointment',
  print: 'Print',
  printTitle: 'Print the plan',
  person: 'Whose',
  mine: 'Mine',
  ward: 'Ward',
  nothingToday: 'Nothing is planned for you today.',
  nothingWard: 'Nothing is planned in the ward today.',
  nothingYet: 'The plan has not reached this device yet. It comes with the network.',
  nothingAttention: 'Nothing needs a decision.',
  nothingWaiting: 'Nobody is on the waiting list.',
  noBeds: 'This ward has no beds yet.',
  over: 'Earlier today',
  keysHint: 'Arrows go from slot to slot, Enter opens, M moves, Escape leaves.',
}

export const tabWords: Record<Tab, string> = {
  day: 'Day',
  week: 'Week',
  ward: 'Ward',
  attention: 'Attention',
  waiting: 'Waiting list',
}

export const kindWords: Record<Kind, string> = {
  'bed-call': 'Bedside call',
  round: 'Round',
  visit: 'Outpatient visit',
  note: 'Note',
}

export const lookWords: Record<Look, string> = {
  confirmed: 'Confirmed',
  requested: 'Requested',
  attention: 'Needs attention',
  cancelled: 'Cancelled',
  done: 'Done',
  missed: 'Did not come',
  cancelling: 'Cancelling, not yet confirmed',
  finishing: 'Done, not yet confirmed',
  missing: 'Did not come, not yet confirmed',
}

/** Making one takes longer than all a screen says with it. */
const formats = new Map<Intl.DateTimeFormatOptions, Map<string, Intl.DateTimeFormat>>()
function format(options: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat {
  const known = formats.get(options) ?? new Map<string, Intl.DateTimeFormat>()
  const one = known.get(zone) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })
  formats.set(options, known.set(zone, one))
  return one
}

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
const longDay: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' }
const shortDay: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric' }
const middleDay: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' }
const dayAndYear: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' }

/** A grid says the same few hundred times at each change. */
const clocks = new Map<string, string>()
const mostClocks = 5_000

/** `09:30`, by the plan's clock. */
export function clockWord(ms: number, zone: string): string {
  const key = `${ms} ${zone}`
  const word = clocks.get(key) ?? format(clock, zone).format(ms)
  if (clocks.size > mostClocks) clocks.clear()
  clocks.set(key, word)
  return word
}

export function spanWord(startMs: number, endMs: number, zone: string): string {
  return `${clockWord(startMs, zone)}–${clockWord(endMs, zone)}`
}

/** `Sunday 22 November`. */
export function dayWord(ms: number, zone: string): string {
  return format(longDay, zone).format(ms).replace(',', '')
}

/** `Sun 22`. */
export function shortDayWord(ms: number, zone: string): string {
  return format(shortDay, zone).format(ms).replace(',', '')
}

/** `Mon 23 Nov, 09:30`. */
export function momentWord(ms: number, zone: string): string {
  const day = format(middleDay, zone).format(ms).replace(',', '')
  return `${day}, ${clockWord(ms, zone)}`
}

export function minutesWord(minutes: number): string {
  if (minutes < 60) return minutes === 1 ? '1 minute' : `${minutes} minutes`
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return `${hours} h${rest ? ` ${rest} min` : ''}`
}

export function bedWord(label: string): string {
  return `Bed ${label}`
}

export function bedsWord(labels: readonly string[]): string {
  if (labels.length === 0) return 'No bed'
  return labels.length === 1 ? `Bed ${labels[0]}` : `Beds ${labels.join(', ')}`
}

export function personWord({ name, role }: PersonRow): string {
  return `${name}, ${role === 'admin' ? 'administrator' : role}`
}

/** What a screen reader hears of an entry, and a test finds it by. */
export function entryName({ row, startMs, endMs, look }: Entry, zone: string, where: string): string {
  return [row.title, spanWord(startMs, endMs, zone), where, lookWords[look]].filter((part) => part).join(', ')
}

export const shiftedWord = 'Moved: the clocks skip its time on this day'
export const seriesWord = 'Repeats'
export const interpreterWord = 'Interpreter'
export const dialogWords = {
  fresh: 'New appointment',
  change: 'Change appointment',
  kind: 'Kind',
  title: 'What for',
  date: 'Day',
  clock: 'From',
  minutes: 'Minutes',
  wait: 'On the waiting list, without a time yet',
  waitUntil: 'At the latest on',
  people: 'Who comes',
  addPerson: 'Add a person',
  role: 'Or whoever fills a role',
  roleHint: 'Such as: neurosurgeon on call',
  addRole: 'Add this role',
  bed: 'Bed',
  chooseBed: 'Choose a bed',
  beds: 'Beds, in their order',
  addBed: 'Add a bed',
  addAllBeds: 'Add every bed with a patient',
  patient: 'Name of the patient',
  where: 'Where',
  place: 'Room',
  placeHint: 'Empty: at the bed, or by video',
  language: 'Language',
  languageHint: 'Such as fi, ru, so',
  interpreter: 'An interpreter is needed',
  note: 'Notes',
  cancelReason: 'Reason for cancelling',
  before: 'Minutes free before',
  after: 'Minutes free after',
  outside: 'Outside working hours, on purpose',
  repeat: 'Repeat',
  every: 'Every',
  weeks: 'weeks',
  on: 'On',
  ends: 'Ends',
  until: 'Last day',
  times: 'Times',
  save: 'Save',
  book: 'Book',
  close: 'Close',
  back: 'Back',
  more: 'More: buffers, language, notes',
  findFree: 'Find the next free time',
  noFree: 'There is no free time within two weeks.',
  remove: (what: string) => `Remove ${what}`,
  free: 'Free instead:',
  noClash: 'Free as far as this device knows.',
  noClashOffline: (time: string) => `Free in the plan as of ${time}.`,
  scope: 'This one repeats. Change:',
}

export const scopeWords: Record<Scope, string> = {
  this: 'Only this one',
  following: 'This and all that follow',
  all: 'All of them',
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
export const weekdayWords = weekdays

export const repeatWords: Record<Repeat['type'], string> = {
  none: 'Does not repeat',
  daily: 'Every day',
  weekdays: 'Monday to Friday',
  weekly: 'Every week on…',
  other: 'As its rule says',
}
export const endWords: Record<RepeatEnd['type'], string> = {
  never: 'Never',
  until: 'On a day',
  count: 'After a number of times',
}

/** `Every 2 weeks on Monday and Thursday, until 3 May`. */
export function repeatSentence(repeat: Repeat): string {
  if (repeat.type === 'none') return repeatWords.none
  if (repeat.type === 'other') return `By the rule ${repeat.rule}`
  return `${rhythm(repeat)}${ending(repeat.end)}`
}

function rhythm(repeat: Exclude<Repeat, { type: 'none' | 'other' }>): string {
  if (repeat.type !== 'weekly') return repeatWords[repeat.type]
  const days = repeat.days.map((day) => weekdays[day - 1] ?? '').join(', ')
  return `${repeat.every === 1 ? 'Every week' : `Every ${repeat.every} weeks`} on ${days}`
}

function ending(end: RepeatEnd): string {
  if (end.type === 'never') return ''
  if (end.type === 'count') return end.count === 1 ? ', once' : `, ${end.count} times`
  return `, until ${format(dayAndYear, 'UTC').format(Date.parse(end.date))}`
}

export const formProblems: Record<FormProblem, string> = {
  'no-title': 'Say what it is for.',
  'no-time': 'Give the day and the time it begins, such as 09:30.',
  'no-length': 'Give how many minutes it lasts: a whole number.',
  'too-long': 'It can last 24 hours at most.',
  'no-bed': 'A round needs at least one bed.',
  'one-bed': 'Choose the bed.',
  'no-patient': 'Say who is coming.',
  'no-days': 'Choose at least one day of the week.',
  'no-end': 'Say when it ends: a day, or how many times.',
  'wait-over': 'The latest day lies before the first.',
  language: 'Write the language as its short code, such as fi.',
  'waiting-repeats': 'What waits for a time cannot repeat.',
}

/** Why the plan does not take it, as a sentence; who or what is in the way follows. */
export const whyWords: Record<Why, string> = {
  taken: 'This time is taken.',
  'outside-hours': 'Somebody who must be there does not work then.',
  away: 'Somebody who must be there is away then.',
  unknown: 'A bed, a person or an appointment of it is no longer there.',
  discharged: 'The patient has left this bed.',
  closed: 'It was over or cancelled before.',
  'edited-meanwhile': 'Somebody else changed the same thing meanwhile.',
  senseless: 'A time or a rule of it makes no sense.',
  forbidden: 'Your role does not allow this.',
  'out-of-order': 'It arrived twice, with different content.',
  unreadable: 'The server does not understand it. This device may need the newest version.',
  admission: 'Who lies where has changed.',
  freed: 'A time has become free for what waits.',
  more: 'More of theirs waits than is shown here. As these are decided, the others come up.',
}

export const concernWords = {
  title: 'Needs attention',
  loud: (count: number) =>
    count === 1
      ? 'A booking that was refused begins soon. Decide now.'
      : `${count} bookings that were refused begin soon. Decide now.`,
  decide: 'Decide',
  count: (count: number) => (count === 1 ? '1 needs attention' : `${count} need attention`),
  asked: 'You asked',
  askedBy: (name: string) => `${name} asked`,
  stands: 'In the way',
  hidden: 'Something you may not see',
  youWrote: 'You wrote',
  wrote: (name: string) => `${name} wrote`,
  itIs: 'It is now',
  here: 'Not sent yet: this device expects a refusal.',
  told: (name: string) => `${name} asked for a time that is yours. Yours stands.`,
  take: (moment: string) => `Take ${moment}`,
  change: 'Change…',
  drop: 'Drop it',
  insist: 'Use mine',
  keep: 'Keep what is there',
  override: 'Book outside the hours',
  seen: 'Seen',
  soon: 'Begins soon',
  unreadable: 'A change that could not be read',
  more: 'More changes that need a decision',
  admission: 'A change of who lies where',
  series: 'A repeating appointment',
  hours: 'Working hours',
}

export const fieldWords: Readonly<Record<string, string>> = {
  title: 'What for',
  note: 'Notes',
  place: 'Room',
  staff: 'Who comes',
  roles: 'Roles',
  stops: 'Beds and their order',
  outpatient: 'Patient',
  before: 'Minutes free before',
  after: 'Minutes free after',
  language: 'Language',
  interpreter: 'Interpreter',
  outsideHours: 'Outside hours',
  when: 'Time',
  status: 'State',
  cancelReason: 'Reason for cancelling',
}

export const actWords = {
  change: 'Change…',
  move: 'Move…',
  cancel: 'Cancel it…',
  done: 'Done',
  missed: 'Did not come',
  reopen: 'Open again',
  late: 'Running late',
  lateBy: (minutes: number) => `${minutes} minutes later`,
  plus: (minutes: number) => `+${minutes} min`,
  reason: 'Why is it cancelled?',
  reasonHint: 'The others see this.',
  cancelNow: 'Cancel appointment',
  cancelFollowing: 'Cancel this and all that follow',
  cancelAll: 'Cancel all of them',
  keep: 'Keep it',
  moveTo: 'Move to',
  moveNow: 'Move',
  schedule: 'Give it a time…',
  round: 'Beds of this round',
  up: (bed: string) => `${bed} earlier`,
  down: (bed: string) => `${bed} later`,
  stopDone: (bed: string) => `${bed} done`,
  stopSkip: (bed: string) => `Leave out ${bed}`,
  stopOpen: (bed: string) => `${bed} open again`,
  done1: 'Done',
  skip1: 'Leave out',
  open1: 'Open again',
  drag: (bed: string) => `Drag ${bed} to another place`,
  left: 'Patient has left',
}

export const stopStates = { open: 'Open', done: 'Done', skipped: 'Left out' } as const

export const deedWords: Record<Deed, string> = {
  booked: 'Booked.',
  moved: 'Moved.',
  changed: 'Changed.',
  cancelled: 'Cancelled.',
  done: 'Marked as done.',
  missed: 'Marked as not come.',
  late: 'The rest comes later.',
  reordered: 'The order has changed.',
  ended: 'The series has ended.',
  resolved: 'Decided.',
  undone: 'Taken back.',
}
/** While the server has not said so. */
export const savedHere = 'Saved on this device. It goes out with the network.'
export const goingOut = 'Saved on this device. Sending…'
export const notDone = 'This needs attention: it cannot be done as it was asked.'
export const undoWord = 'Undo'

export function offerWord(title: string, time: string): string {
  return `${title} waits: give it ${time}`
}

export const failureWords: Record<'not-kept' | 'full' | 'nobody' | 'senseless', string> = {
  'not-kept': 'This device could not keep it, so nothing was changed. Try again, or write it on paper.',
  full: 'This device’s memory is full, so nothing was changed. Connect it so that what waits can be sent.',
  nobody: 'Nobody is signed in here, so nothing was changed. Sign in and do it again.',
  senseless: 'Nothing was changed: there was nothing to change, or it makes no sense.',
}

function changesWord(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`
}

/** The line that is always in sight (HZ-7). */
export function statusWord({ age, here, sending, held }: PlanStatus, zone: string): string {
  const waits = here > 0 && !held ? ` · ${changesWord(here)} wait${here === 1 ? 's' : ''} on this device` : ''
  const goes = sending > 0 ? ` · Sending ${changesWord(sending)}` : ''
  if (age.type === 'never') return `No plan yet${waits}${goes}`
  if (age.type === 'live') return `Up to date${waits}${goes}`
  return `Offline · plan as of ${ageWord(age.asOfMs, zone)}${waits}${goes}`
}

/** The time when it is of today's plan, the day with it otherwise. */
function ageWord(ms: number, zone: string): string {
  return Date.now() - ms < 12 * 3_600_000 ? clockWord(ms, zone) : momentWord(ms, zone)
}

type HeldStatus = NonNullable<PlanStatus['held']>
const heldReasons: Record<HeldStatus['why'], string> = {
  'signed-out': 'you are signed out. Sign in again and they go out.',
  locked: 'this browser is locked. Unlock it and they go out.',
  outdated: 'this page is an old version. Reload it and they go out.',
  'another-person': 'somebody else wrote them here. They go out when that person signs in.',
}

export function heldWord({ why, count }: HeldStatus): string {
  return `${changesWord(count)} wait${count === 1 ? 's' : ''}, and nothing is lost: ${heldReasons[why]}`
}

export function clockWrongWord(seconds: number): string {
  const by = minutesOrSeconds(Math.abs(seconds))
  const way = seconds > 0 ? 'fast' : 'slow'
  return `This device’s clock is ${by} ${way}. The plan uses the server’s. Set the clock.`
}

function minutesOrSeconds(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`
}

export const keepingWords: Record<KeepingWarning, string> = {
  'memory-only':
    'This browser keeps nothing: what waits here is lost when the page closes. Stay on this page until it is sent.',
  'tab-safe': 'If this browser crashes, what waits here may be lost. It is safe once it is sent.',
  'not-persisted': 'The browser may clear this plan when the device runs out of room.',
  scarce: 'This device is running out of room.',
  full: 'This device’s memory is full: nothing new can be written until something is sent.',
}

export function reminderWord({ type, entry }: Reminder, zone: string): string {
  const time = clockWord(entry.startMs, zone)
  return type === 'soon' ? `At ${time}: ${entry.row.title}` : `Now: ${entry.row.title}`
}
export const reminderSeen = 'Seen'

export const gridWords = {
  slot: (clock: string, column: string) => `${clock}, ${column}, free`,
  again: 'again',
  moving: (span: string, column: string) => `${span}, ${column}`,
  moveHelp:
    'Arrows move it, Shift with up or down changes how long it is, Enter puts it there, Escape leaves it.',
  now: 'Now',
  clash: 'Taken',
  resize: 'Drag to change how long it is',
}

/** The month in letters, so that nobody swaps it with the day. */
function birthWord(born: string): string {
  return format(dayAndYear, 'UTC').format(Date.parse(born))
}

export const printWords = {
  printed: (moment: string) => `Printed ${moment}`,
  heading: (ward: string, day: string) => `${ward} · plan of ${day}`,
  asOf: (moment: string) => `As of ${moment}. After that, ask.`,
  never: 'Never fetched from the server.',
  unsent: (count: number) =>
    `Not confirmed when this was printed: ${changesWord(count)} of this device. It is marked “Requested” or “not yet confirmed”.`,
  time: 'Time',
  what: 'What',
  who: 'Who',
  where: 'Where',
  state: 'State',
  none: 'Nothing planned',
  elsewhere: 'Not at a bed',
  today: 'Print today',
  tomorrow: 'Print tomorrow',
  patient: (name: string, born: string, number: string) => `${name} · born ${birthWord(born)} · ${number}`,
}
