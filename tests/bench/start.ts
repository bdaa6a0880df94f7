/** From the start of the process to ready, on data that is there: what a restart costs. */
import { newServer } from '../e2e/server.ts'
import { atMost, type Figure, median } from './figure.ts'

export async function benchStart(): Promise<Figure[]> {
  const server = await newServer(1, { environment: { NODE_COMPILE_CACHE: '' } })
  await server.start()
  const startsMs: number[] = []
  for (const _ of Array(5)) {
    await server.kill()
    const beganAtMs = performance.now()
    await server.start()
    startsMs.push(performance.now() - beganAtMs)
  }
  await server.remove()
  return [atMost('second-start', median(startsMs) / 1_000, 2, 's')]
}
