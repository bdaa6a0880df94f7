/** What a page does when its call may have to find another way. */
import { expect, test } from 'vitest'
import { bedInCall as inCall } from '../fakes/in-call.ts'

const search = 'restart link call-1 1'

async function bedInCall() {
  const { world, bed, back } = await inCall()
  expect(bed.calls.state.value.type).toBe('live')
  return { world, bed, back, searches: () => world.did.filter((done) => done === search).length }
}

test('[CALL-18] another network is tried in a call that is live, and in no other', async () => {
  const { world, bed, searches } = await bedInCall()
  world.hearNetwork('seen')
  expect(searches()).toBe(0)
  world.hearNetwork('network')
  expect(searches()).toBe(1)
  bed.calls.hangUp()
  world.hearNetwork('network')
  expect(searches()).toBe(1)
})

test('[CALL-18] while the server does not hear it nothing is tried, and at once when it is heard again', async () => {
  const { world, back, searches } = await bedInCall()
  world.socket?.lost()
  world.media?.linkStalled('call-1', 1)
  world.advance(10_000)
  expect(searches()).toBe(0)
  world.socket?.welcomed(back())
  expect(searches()).toBe(1)
  world.advance(1_000)
  expect(searches()).toBe(2)
})

test('[SESSION-8] a call that goes silent asks after the server at once, and no more once it is heard again', async () => {
  const { world } = await bedInCall()
  world.did.length = 0
  world.media?.linkStalled('call-1', 1)
  expect(world.did.filter((done) => done.includes('hurry'))).toEqual(['hurry'])
  world.media?.linkUp('call-1', 1)
  expect(world.did.filter((done) => done.includes('hurry'))).toEqual(['hurry', 'no hurry'])
})
