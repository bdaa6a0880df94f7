/** Windows that are one press away: the file's own, everything, and of CT those that everybody knows by name. */
import type { Window } from './grey.ts'
import type { ScanFrame } from './scan.ts'

export const ctPresets = [
  'brain',
  'subdural',
  'stroke',
  'bone',
  'lung',
  'mediastinum',
  'soft-tissue',
  'liver',
] as const
export type CtPreset = (typeof ctPresets)[number]

/**
 * Hounsfield units, as Radiopaedia's article on windowing in CT gives them (brain, subdural, stroke, lung, mediastinum, liver:
 * the middle where it gives a range) and as OHIF's viewer has them (soft tissue, bone). They are a place to begin at: the
 * window of the file is always there, and stands first.
 */
export const ctWindows: Readonly<Record<CtPreset, Window>> = {
  brain: { centre: 40, width: 80 },
  subdural: { centre: 75, width: 215 },
  stroke: { centre: 40, width: 40 },
  bone: { centre: 480, width: 2500 },
  lung: { centre: -600, width: 1500 },
  mediastinum: { centre: 50, width: 350 },
  'soft-tissue': { centre: 40, width: 400 },
  liver: { centre: 30, width: 150 },
}

export type Preset = { readonly key: string | null } & (
  | { readonly type: 'own' | 'full' }
  /** Another window of the file; its name is the file's, and may be missing. */
  | { readonly type: 'named'; readonly name: string | null; readonly voi: Window }
  | { readonly type: 'ct'; readonly preset: CtPreset; readonly voi: Window }
)

const firstKey = 2
const keyAt = (index: number) => (index + firstKey < 10 ? `${index + firstKey}` : null)

/**
 * [VIEW-9] What can be chosen for a frame, with the digit that chooses it: 1 the file's own, 0 everything that is there, 2 to 9
 * what CT has names for, elsewhere the other windows of the file. Colours have no window.
 */
export function presetsOf({ pixels, grey, identity }: ScanFrame): readonly Preset[] {
  if (pixels.samplesPerPixel !== 1 || pixels.photometric === 'PALETTE COLOR') return []
  const isCt = identity.modality === 'CT'
  const others = grey.windows.slice(1).map(({ name, ...voi }, index) => ({
    type: 'named' as const,
    name,
    voi,
    key: isCt ? null : keyAt(index),
  }))
  const known = ctPresets.map((preset, index) => ({
    type: 'ct' as const,
    preset,
    voi: ctWindows[preset],
    key: keyAt(index),
  }))
  return [{ type: 'own', key: '1' }, ...(isCt ? known : []), ...others, { type: 'full', key: '0' }]
}
