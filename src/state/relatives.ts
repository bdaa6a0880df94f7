/** Family of whoever lies in a bed, as its station sees them: who may visit, whom the patient asks for, and links for them. */
import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import { familyListAnswer } from '../protocol/family.ts'
import { mostRelatives, type Relative } from '../protocol/family-messages.ts'
import type { ApiFailure, ApiPort, FamilyLinkPort, Result } from './ports.ts'

export { mostRelatives, type Relative }

/** `uncertified`: no administrator signed this station. */
export type RelativesFailure = ApiFailure | 'uncertified'

/** `link` is shown once; nobody but this screen has it. */
export type FamilyLink = { readonly name: string; readonly link: string }

export type Relatives = {
  /** Null until the server said it. */
  readonly list: ReadonlySignal<readonly Relative[] | null>
  readonly problem: ReadonlySignal<ApiFailure | null>
  look(): Promise<void>
  /** `wished`: whom the patient has asked for. */
  invite(name: string, wished: Relative | null): Promise<Result<FamilyLink, RelativesFailure>>
  /** Null: it is done. */
  remove(guestId: string): Promise<ApiFailure | null>
}

export type RelativesParts = {
  readonly api: Pick<ApiPort, 'ask'>
  readonly links: () => Promise<FamilyLinkPort>
  readonly newId: () => string
  readonly serverNowMs: () => number
  readonly admissionId: string
}

export function createRelatives({ api, links, newId, serverNowMs, admissionId }: RelativesParts): Relatives {
  const list = signal<readonly Relative[] | null>(null)
  const problem = signal<ApiFailure | null>(null)

  async function look(): Promise<void> {
    const answer = await api.ask('POST', '/family/list', { admissionId }, familyListAnswer)
    problem.value = answer.ok ? null : answer.failure
    if (answer.ok) list.value = answer.value.relatives
  }

  async function invite(
    name: string,
    wished: Relative | null,
  ): Promise<Result<FamilyLink, RelativesFailure>> {
    const guestId = wished?.guestId ?? newId()
    const made = await links()
      .then((part) => part.make({ guestId, name }, serverNowMs()))
      .catch(() => undefined)
    if (!made) return { ok: false, failure: made === null ? 'uncertified' : 'unreachable' }
    const asked = { admissionId, guestId, name, ...made.sealed }
    const answer = await api.ask('POST', '/family/invite', asked, v.unknown())
    if (!answer.ok) return answer
    await look()
    return { ok: true, value: { name, link: made.link } }
  }

  async function remove(guestId: string): Promise<ApiFailure | null> {
    const answer = await api.ask('POST', '/family/remove', { admissionId, guestId }, v.unknown())
    await look()
    return answer.ok ? null : answer.failure
  }

  return { list, problem, look, invite, remove }
}
