/** Which letters there are, by what they are for. */
import type { LetterKind } from '../visits/post.ts'

export const letterKinds = [
  'invitation',
  'update',
  'cancellation',
  'reminder-day',
  'reminder-soon',
  'new-link',
] as const satisfies readonly LetterKind[]

export const reminders = ['reminder-day', 'reminder-soon'] as const
export type Reminder = (typeof reminders)[number]

/** What goes by text message, too, where somebody's number is known. */
export const smsKinds = ['invitation', 'update', 'cancellation', 'reminder-soon'] as const
export type SmsKind = (typeof smsKinds)[number]

export function isReminder(kind: string): kind is Reminder {
  return reminders.some((one) => one === kind)
}

export function isForSms(kind: LetterKind): kind is SmsKind {
  return smsKinds.some((one) => one === kind)
}

/** What somebody was not told yet is told by the next letter: an invitation that was never sent stays one. */
const stronger: readonly LetterKind[] = ['invitation', 'update', 'new-link']

export function kindInstead(kind: LetterKind, replaced: readonly LetterKind[]): LetterKind {
  if (!stronger.includes(kind)) return kind
  return stronger.find((one) => one === kind || replaced.includes(one)) ?? kind
}
