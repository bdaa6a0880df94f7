/** How pictures come in: a picker, a folder, a camera, and whatever is dropped. */

import camera from 'lucide-static/icons/camera.svg?raw'
import files from 'lucide-static/icons/file.svg?raw'
import folder from 'lucide-static/icons/folder.svg?raw'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ScanSource } from '../../state/scan-ports.ts'
import { Button } from '../parts/button.tsx'
import { scanWords } from '../words-scan.ts'
import { droppedIn, pickedFrom } from './dropped.ts'

/** What a picker offers first; a slice of a disc has no ending at all, so nothing is kept out. */
const kinds = '.dcm,.dicom,.pdf,application/dicom,application/pdf,image/jpeg,image/png,image/webp,*/*'

type WaysInProps = {
  onOpen: (sources: readonly ScanSource[]) => void
  onPhoto: () => void
  /** Buttons of others, such as of a PACS. */
  children?: ComponentChildren
}

export function WaysIn({ onOpen, onPhoto, children }: WaysInProps) {
  const picker = useRef<HTMLInputElement>(null)
  const folders = useRef<HTMLInputElement>(null)
  // Whole folders are asked for by a property that JSX has no type for.
  useEffect(() => {
    if (folders.current) folders.current.webkitdirectory = true
  }, [])
  const take = (input: HTMLInputElement) => {
    onOpen(pickedFrom(input.files))
    // The same files may be picked again.
    input.value = ''
  }
  return (
    <div class="scan-ways">
      <Button kind="primary" icon={files} onPress={() => picker.current?.click()}>
        {scanWords.files}
      </Button>
      {'webkitdirectory' in HTMLInputElement.prototype && (
        <Button icon={folder} onPress={() => folders.current?.click()}>
          {scanWords.folder}
        </Button>
      )}
      <Button icon={camera} onPress={onPhoto}>
        {scanWords.photo}
      </Button>
      {children}
      <input
        ref={picker}
        hidden
        type="file"
        multiple
        accept={kinds}
        aria-label={scanWords.files}
        onChange={({ currentTarget }) => take(currentTarget)}
      />
      <input
        ref={folders}
        hidden
        type="file"
        multiple
        aria-label={scanWords.folder}
        onChange={({ currentTarget }) => take(currentTarget)}
      />
    </div>
  )
}

type DropProps = { onOpen: (sources: readonly ScanSource[]) => void; children: ComponentChildren }

/** Everything within takes what is dropped on it. */
export function DropPlace({ onOpen, children }: DropProps) {
  const [isOver, setOver] = useState(false)
  const hold = (event: DragEvent) => {
    if (!event.dataTransfer?.types.some((type) => type === 'Files')) return
    event.preventDefault()
    setOver(true)
  }
  const leave = (event: DragEvent) => {
    const { currentTarget: place, relatedTarget: next } = event
    if (!(place instanceof Node && next instanceof Node && place.contains(next))) setOver(false)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (event.dataTransfer) void droppedIn(event.dataTransfer).then(onOpen)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever cannot drop has the buttons.
    <div class={isOver ? 'scan-drop over' : 'scan-drop'} onDragOver={hold} onDragLeave={leave} onDrop={drop}>
      {children}
    </div>
  )
}
