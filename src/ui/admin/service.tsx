/** How calls go, for the ward and for each of its beds, and never by who was in them. */
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import { useEffect, useMemo } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import {
  type AdminService,
  createAdminService,
  type ServiceAnswer,
  type ServiceLevels,
  servicePeriods,
} from '../../state/admin-service.ts'
import { Banner } from '../parts/banner.tsx'
import { Button } from '../parts/button.tsx'
import { auditFailures } from '../words-audit.ts'
import { levelWords, periodName, serviceHeads, serviceWords } from '../words-service.ts'
import { Heads } from './heads.tsx'

export function ServiceSection({ admin }: { admin: Admin }) {
  const state = useMemo(() => createAdminService(admin.ports), [admin])
  useEffect(() => void state.choose(state.days.peek()), [state])
  const failure = state.failure.value
  const service = state.service.value
  return (
    <section aria-label={serviceWords.title}>
      <h2>{serviceWords.title}</h2>
      <p>{serviceWords.intro}</p>
      <Period state={state} />
      {failure && (
        <Banner
          tone="waits"
          icon={alert}
        >{`${auditFailures[failure].said} ${auditFailures[failure].todo}`}</Banner>
      )}
      {!service && !failure && <p role="status">{serviceWords.loading}</p>}
      {service && <Found state={state} service={service} />}
    </section>
  )
}

function Period({ state }: { state: AdminService }) {
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <label>
        {serviceWords.period}
        <select
          value={state.days.value}
          onChange={({ currentTarget }) => {
            const days = servicePeriods.find((one) => one === currentTarget.value)
            if (days) void state.choose(days)
          }}
        >
          {servicePeriods.map((days) => (
            <option key={days} value={days}>
              {periodName(days)}
            </option>
          ))}
        </select>
      </label>
      <Button onPress={() => void state.choose(state.days.peek())}>{serviceWords.again}</Button>
      {(state.service.value?.whole.calls ?? 0) > 0 && (
        <Button onPress={state.print}>{serviceWords.print}</Button>
      )}
    </form>
  )
}

function Found({ state, service }: { state: AdminService; service: ServiceAnswer }) {
  if (service.whole.calls === 0) return <p role="status">{serviceWords.none}</p>
  return (
    <article class="service" aria-label={periodName(state.days.value)}>
      <div class="wide">
        <Levels service={service} caption={periodName(state.days.value)} />
      </div>
      <p class="note">{serviceWords.note}</p>
    </article>
  )
}

function Levels({ service, caption }: { service: ServiceAnswer; caption: string }) {
  return (
    <table>
      <caption>{caption}</caption>
      <Heads of={[serviceWords.where, ...serviceHeads()]} />
      <tbody>
        <Line name={service.ward} levels={service.whole} />
        {service.beds.map(({ bedId, label, levels }) => (
          <Line key={bedId} name={serviceWords.bed({ label })} levels={levels} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ name, levels }: { name: string; levels: ServiceLevels }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {levelWords(levels).map((word, index) => (
        <td key={index}>{word}</td>
      ))}
    </tr>
  )
}
