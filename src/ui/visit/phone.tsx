/** Where to ring instead: on every page, since whoever comes here may not manage with anything else. */
import phoneIcon from 'lucide-static/icons/phone.svg?raw'
import { Icon } from '../parts/icon.tsx'
import { doorWords } from '../words-visit.ts'

/** Nothing where the hospital named no number; `primary` where there is nothing else to do. */
export function Phone({ phone, kind = 'plain' }: { phone: string | null; kind?: 'primary' | 'plain' }) {
  if (phone === null) return null
  return (
    <a class={`button ${kind}`} href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
      <Icon svg={phoneIcon} />
      <span>{doorWords.phone({ phone })}</span>
    </a>
  )
}
