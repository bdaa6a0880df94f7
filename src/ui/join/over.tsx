/** How the visit ended, kindly and exactly, and that nothing is on. */
import type { Guest, OverWhy } from '../../state/guest.ts'
import type { CameraFailure } from '../../state/ports.ts'
import { Button } from '../parts/button.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { atRestWord, cameraTrouble } from '../words.ts'
import { afterWords, overWords } from '../words-join.ts'
import { Page } from './page.tsx'

export function Over({ guest, why, camera }: { guest: Guest; why: OverWhy; camera: CameraFailure | null }) {
  const { said, todo } = overWords[why]
  return (
    <Page guest={guest} title={said}>
      {camera && <p>{cameraTrouble(camera).said}</p>}
      <p>{todo}</p>
      <Tracks tracks={guest.calls.mine.value} word={atRestWord} />
      {why === 'elsewhere' ? (
        <Button onPress={guest.useHere}>{afterWords.useHere}</Button>
      ) : (
        <Button onPress={guest.another}>{afterWords.another}</Button>
      )}
    </Page>
  )
}
