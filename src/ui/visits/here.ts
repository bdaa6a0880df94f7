/** Visits by video, once their part of the app is here, for whoever admits: the plan and a call's panels ask for it, and do not fetch it. */
import { signal } from '@preact/signals'
import type { Station } from '../../state/station.ts'

export type Here = { readonly station: Station; readonly part: typeof import('./index.ts') }

export const here = signal<Here | null>(null)
