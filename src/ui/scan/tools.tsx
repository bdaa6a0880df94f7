/** What can be done with a picture, each with its word; what is pressed most stands first. */

import scroll from 'lucide-static/icons/chevrons-up-down.svg?raw'
import invert from 'lucide-static/icons/contrast.svg?raw'
import flip from 'lucide-static/icons/flip-horizontal-2.svg?raw'
import keyboard from 'lucide-static/icons/keyboard.svg?raw'
import move from 'lucide-static/icons/move.svg?raw'
import play from 'lucide-static/icons/play.svg?raw'
import turn from 'lucide-static/icons/rotate-cw.svg?raw'
import stop from 'lucide-static/icons/square.svg?raw'
import brightness from 'lucide-static/icons/sun.svg?raw'
import reset from 'lucide-static/icons/undo-2.svg?raw'
import closer from 'lucide-static/icons/zoom-in.svg?raw'
import zoom from 'lucide-static/icons/zoom-in.svg?raw'
import farther from 'lucide-static/icons/zoom-out.svg?raw'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { Viewport } from '../../core/scan/view.ts'
import { type Handled, type ViewerTool, viewerTools } from '../../state/scan-viewer.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { presetWord, toolWords } from '../words-scan.ts'
import { runOrStop } from './keys.ts'

/** Asked for as it is drawn: icons may come in another file than this, and after it. */
const iconOf = (tool: ViewerTool) => ({ scroll, window: brightness, move, zoom })[tool]

type ToolsProps = {
  viewer: Handled
  /** Where the picture is shown: closer and farther are about its middle. */
  place: () => Viewport | null
  onKeys: () => void
  /** Buttons of others, such as of those who show it in a call. */
  children?: ComponentChildren
}

export function Tools({ viewer, place, onKeys, children }: ToolsProps) {
  const hasWindow = viewer.presets.value.length > 0
  const isStack = (viewer.shown.value?.stack.slices.length ?? 1) > 1
  const zoomBy = (factor: number) => {
    const { width, height } = place() ?? { width: 0, height: 0 }
    viewer.zoom([width / 2, height / 2], factor)
  }
  return (
    <div class="scan-tools" role="toolbar" aria-label={toolWords.title}>
      <fieldset class="scan-tool" aria-label={toolWords.title}>
        {viewerTools
          .filter((tool) => (tool !== 'window' || hasWindow) && (tool !== 'scroll' || isStack))
          .map((tool) => (
            <Tool key={tool} viewer={viewer} tool={tool} isAlone={!isStack} />
          ))}
      </fieldset>
      {hasWindow && <Presets viewer={viewer} />}
      <FilmButton viewer={viewer} />
      <Button icon={closer} onPress={() => zoomBy(1.5)}>
        {toolWords.closer}
      </Button>
      <Button icon={farther} onPress={() => zoomBy(1 / 1.5)}>
        {toolWords.farther}
      </Button>
      <Button icon={turn} onPress={viewer.turn}>
        {toolWords.turn}
      </Button>
      <Button icon={flip} pressed={viewer.view.value?.isFlipped ?? false} onPress={viewer.flip}>
        {toolWords.flip}
      </Button>
      <Button icon={invert} pressed={viewer.view.value?.isInverted ?? false} onPress={viewer.invert}>
        {toolWords.invert}
      </Button>
      <Button icon={reset} onPress={viewer.reset}>
        {toolWords.reset}
      </Button>
      <Button icon={keyboard} onPress={onKeys}>
        {toolWords.keys}
      </Button>
      {children}
    </div>
  )
}

/** What one finger and the left button do. */
function Tool({ viewer, tool, isAlone }: { viewer: Handled; tool: ViewerTool; isAlone: boolean }) {
  const chosen = viewer.tool.value === 'scroll' && isAlone ? 'move' : viewer.tool.value
  return (
    <Button
      icon={iconOf(tool)}
      pressed={chosen === tool}
      onPress={() => {
        viewer.tool.value = tool
      }}
    >
      {toolWords[tool]}
    </Button>
  )
}

function Presets({ viewer }: { viewer: Handled }) {
  const id = useId()
  const presets = viewer.presets.value
  return (
    <div class="scan-presets">
      <label for={id}>
        <Icon svg={brightness} />
        <span>{toolWords.presets}</span>
      </label>
      <select
        id={id}
        value={chosenOf(viewer)}
        onChange={({ currentTarget }) => {
          const preset = presets[Number(currentTarget.value)]
          if (preset) viewer.choose(preset)
        }}
      >
        <option value="" hidden>
          {toolWords.byHand}
        </option>
        {presets.map((preset, index) => (
          <option key={presetWord(preset, index)} value={index}>
            {presetWord(preset, index)}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Which of them the picture is seen through; empty: one by hand. */
function chosenOf({ presets, view }: Handled): string {
  const voi = view.value?.voi ?? null
  const index = presets.value.findIndex((preset) => {
    if (preset.type === 'own') return voi === null
    return 'voi' in preset && preset.voi.centre === voi?.centre && preset.voi.width === voi.width
  })
  return index < 0 ? '' : `${index}`
}

function FilmButton({ viewer }: { viewer: Handled }) {
  if (viewer.shown.value?.stack.kind !== 'film') return null
  const isRunning = viewer.film.isRunning.value
  return (
    <Button icon={isRunning ? stop : play} onPress={() => runOrStop(viewer)}>
      {isRunning ? toolWords.stop : toolWords.run}
    </Button>
  )
}
