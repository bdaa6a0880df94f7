/** A browser that asks our server for scans, without one: its own code over plain HTTP. */
import * as v from 'valibot'
import { createPacs } from '../../src/io/scan/pacs.ts'
import { refusal } from '../../src/protocol/http.ts'
import type { PacsPort } from '../../src/state/scan-ports.ts'
import type { Ward } from './ward.ts'

export type PacsClient = PacsPort & {
  /** One series: what came, and how it ended. */
  fetch(
    admissionId: string,
    study: string,
    series: string,
    signal?: AbortSignal,
  ): Promise<{ files: Uint8Array[]; ended: Awaited<ReturnType<PacsPort['open']>> }>
}

export function pacsClient(origin: string, cookie: string): PacsClient {
  const get = (path: string, signal?: AbortSignal | null) =>
    fetch(`${origin}${path}`, { headers: { cookie, 'x-bedside': '1' }, signal: signal ?? null })
  const port = createPacs(
    {
      async ask(_method, path, said, schema) {
        const query = new URLSearchParams(Object.entries(said).map(([key, value]) => [key, String(value)]))
        const answer: unknown = await (await get(`/api${path}?${query}`)).json()
        const refused = v.safeParse(refusal, answer)
        if (refused.success) return { ok: false, failure: refused.output.refusal }
        return { ok: true, value: v.parse(schema, answer) }
      },
    },
    (path, options) => get(String(path), options?.signal),
  )
  return {
    ...port,
    async fetch(admissionId, study, series, signal = new AbortController().signal) {
      const files: Uint8Array[] = []
      const hear = {
        came({ content }: { content: Blob | ArrayBuffer }) {
          if (content instanceof ArrayBuffer) files.push(new Uint8Array(content))
        },
        progress() {},
      }
      return { files, ended: await port.open({ admissionId, study, series }, hear, signal) }
    },
  }
}

/** The stay in a bed, by its label, while the server runs. */
export async function stayIn({ store }: Pick<Ward, 'store'>, label: string): Promise<string> {
  const { admission_id } = await store.db
    .selectFrom('admissions')
    .innerJoin('beds', 'beds.bed_id', 'admissions.bed_id')
    .select('admission_id')
    .where('label', '=', label)
    .where('ended_ms', 'is', null)
    .executeTakeFirstOrThrow()
  return admission_id
}
