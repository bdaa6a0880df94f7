/** Photos that an outpatient sends in the call: on their way, large beside it, and gone with it (HZ-1, HZ-6). */
import images from 'lucide-static/icons/images.svg?raw'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import { createVisitPhotos, type VisitPhotoShown, type VisitPhotos } from '../../state/visit-photos.ts'
import type { VisitView } from '../../state/visits.ts'
import { Button } from '../parts/button.tsx'
import { photoFailureWords, photosWords } from '../words-visits.ts'
import { visitsOf } from './desk.ts'
import { Identifiers } from './who.tsx'

let made: { readonly station: Station; readonly photos: Promise<VisitPhotos> } | null = null

async function make(station: Station): Promise<VisitPhotos> {
  const { calls, me } = station
  const [talk, port] = await Promise.all([calls.parts.ports.media.talk(), station.visits()])
  const tell = (...photo: [visitId: string, callId: string, photoId: string]) =>
    void visitsOf(station).photo(...photo)
  const photos = createVisitPhotos({ seats: calls.seats, talk, opener: port.photos, tell })
  me.subscribe((who) => who === null && photos.drop())
  return photos
}

/** One for the calls of this page; what could not be fetched is asked for again with the next call. */
function photosOf(station: Station): Promise<VisitPhotos> {
  if (made?.station === station) return made.photos
  const photos = make(station)
  made = { station, photos }
  photos.catch(() => {
    made = null
  })
  return photos
}

export function Photos({ station, visit }: { station: Station; visit: VisitView }) {
  const [photos, setPhotos] = useState<VisitPhotos | null>(null)
  useEffect(() => {
    photosOf(station).then(setPhotos, () => {})
  }, [station])
  if (!photos) return null
  const isTheirs = ({ from }: VisitPhotoShown) => from.guestId === visit.visitId
  const theirs = photos.here.value.filter(isTheirs)
  const shown = theirs.find(({ photoId }) => photoId === photos.shown.value)
  return (
    <>
      <Underway photos={photos} />
      {theirs.length > 0 && !shown && <Came photos={photos} theirs={theirs} name={visit.name} />}
      {shown && <Large key={shown.photoId} {...{ photos, theirs, shown, visit }} />}
    </>
  )
}

function Underway({ photos }: { photos: VisitPhotos }) {
  const [coming, trouble] = [photos.coming.value, photos.trouble.value]
  return (
    <>
      <p role="status" class="visit-photo-comes">
        {coming && photosWords.sends({ name: coming.from.name })}
      </p>
      {coming && <progress aria-label={photosWords.progress} max={100} value={coming.percent} />}
      {coming?.link === 'lost' && <p class="waits">{photosWords.lost}</p>}
      {trouble && trouble !== 'busy' && (
        <p class="lost" role="alert">
          {photoFailureWords[trouble]}
        </p>
      )}
    </>
  )
}

type Theirs = { photos: VisitPhotos; theirs: readonly VisitPhotoShown[] }

function Came({ photos, theirs, name }: Theirs & { name: string }) {
  return (
    <div class="actions">
      <p>{photosWords.came({ count: theirs.length, name })}</p>
      <Button icon={images} onPress={() => (photos.shown.value = theirs.at(-1)?.photoId ?? null)}>
        {photosWords.open}
      </Button>
    </div>
  )
}

/** In the place of the board; the call stays beside it, and takes no focus from whoever writes or speaks. */
function Large({ photos, theirs, shown, visit }: Theirs & { shown: VisitPhotoShown; visit: VisitView }) {
  const place = useRef<HTMLElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    // Over whatever else is there, as a dialog is, and without taking what has the focus.
    place.current?.showPopover()
    if (canvas.current) shown.photo.draw(canvas.current)
  }, [shown])
  const next = theirs[(theirs.indexOf(shown) + 1) % theirs.length]
  const label = photosWords.of({ name: shown.from.name })
  return (
    <section ref={place} class="visit-photo-large" popover="manual" aria-label={label}>
      <header>
        <Identifiers visit={visit} />
        <div class="actions">
          {next && next !== shown && (
            <Button onPress={() => (photos.shown.value = next.photoId)}>{photosWords.next}</Button>
          )}
          <Button onPress={() => (photos.shown.value = null)}>{photosWords.close}</Button>
        </div>
      </header>
      <canvas ref={canvas} role="img" aria-label={label} />
      <p class="visit-photo-aid">
        <strong>{photosWords.aid}</strong> {photosWords.gone}
      </p>
    </section>
  )
}
