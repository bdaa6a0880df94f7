/** What a station calls for beside the requests of patients, by the same sound: the louder of what else its person is asked. */
import { computed, signal } from '@preact/signals'
import type { RequestView } from '../../state/requests.ts'

/** What this person is asked by colleagues. */
export const consultAlarm = signal<RequestView['alarm']>('none')
/** Whoever waits for this person at a video visit: never louder than a first request. */
export const visitAlarm = signal<'none' | 'first'>('none')

export const besides = computed(() => (consultAlarm.value === 'none' ? visitAlarm.value : consultAlarm.value))
