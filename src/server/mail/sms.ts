/** Hands one text message to the hospital's own gateway, by the webhook that `docs/visits.md` describes. */
import type { SmsConfig } from '../config-mail.ts'
import type { Outcome } from './outcome.ts'

const patienceMs = 10_000
/** Something about this message is wrong. Whatever else is answered says more of the gateway, which a person can mend. */
const aboutMessage = [400, 422]

export type SmsMessage = { readonly id: string; readonly to: string; readonly text: string }

/** As somebody wrote it, without what is there for the eye; null: no number. */
export function numberOf(phone: string): string | null {
  const digits = phone.replaceAll(/[\s().\-/\u00a0\u2010-\u2015]/g, '')
  return /^\+?\d{3,20}$/.test(digits) ? digits : null
}

/** Follows no redirect: a number goes where the operator said or nowhere. */
export async function postSms(
  { url, key }: SmsConfig,
  message: SmsMessage,
  stopping: AbortSignal,
): Promise<Outcome> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(message),
      redirect: 'manual',
      signal: AbortSignal.any([stopping, AbortSignal.timeout(patienceMs)]),
    })
    await answer.body?.cancel()
    return outcomeOf(answer.status)
  } catch {
    return { type: 'later', whose: 'way', problem: 'unreachable', code: 'unreachable' }
  }
}

function outcomeOf(status: number): Outcome {
  const code = `HTTP ${status}`
  if (status >= 200 && status < 300) return { type: 'sent' }
  if (aboutMessage.includes(status)) return { type: 'refused', problem: code, code }
  return { type: 'later', whose: 'way', problem: code, code }
}
