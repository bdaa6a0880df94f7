/** What is said of how calls go: each figure with its unit, as the language writes numbers. */
import type { ServiceLevels, ServicePeriod } from '../state/admin-service.ts'
import { admin } from './texts/admin.ts'
import { localeNow } from './texts/catalogue.ts'

export const serviceWords = admin('service')

const periods: Readonly<Record<'one' | 'seven' | 'thirty', string>> = admin('servicePeriods')

export function periodName(days: ServicePeriod): string {
  return { 1: periods.one, 7: periods.seven, 30: periods.thirty }[days]
}

export function serviceHeads(): readonly string[] {
  const heads = admin('serviceHeads')
  return [
    heads.calls,
    heads.answered,
    heads.half,
    heads.most,
    heads.dropped,
    heads.reconnections,
    heads.relayed,
    heads.poor,
  ]
}

function number(value: number | null, options: Intl.NumberFormatOptions): string {
  return value === null ? '–' : new Intl.NumberFormat(localeNow(), options).format(value)
}

function percent(share: number | null): string {
  return number(share, { style: 'percent', maximumFractionDigits: 1 })
}

const hundredths: Intl.NumberFormatOptions = { minimumFractionDigits: 2, maximumFractionDigits: 2 }

function seconds(ms: number | undefined): string {
  if (ms === undefined) return number(null, {})
  return serviceWords.seconds({ time: number(ms / 1_000, hundredths) })
}

function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}

/** In the order of the heads. */
export function levelWords(levels: ServiceLevels): readonly string[] {
  const { calls, answered, setUp, dropped, reconnectionsPer100, relayed, poor } = levels
  return [
    number(calls, {}),
    percent(shareOf(answered, calls)),
    seconds(setUp?.halfMs),
    seconds(setUp?.mostMs),
    percent(shareOf(dropped, answered)),
    number(reconnectionsPer100, { maximumFractionDigits: 1 }),
    percent(relayed),
    percent(poor),
  ]
}
