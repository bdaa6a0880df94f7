/** The one button: an icon and a word. `kind` says how much it asks for attention. */
import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

type ButtonProps = {
  kind?: 'primary' | 'go' | 'plain'
  icon?: string
  /** The accessible name when it has to say more than the visible word. */
  label?: string
  disabled?: boolean
  /** Of one that stays pressed until it is pressed again. */
  pressed?: boolean
  onPress: (event: MouseEvent) => void
  children: ComponentChildren
}

export function Button({
  kind = 'plain',
  icon,
  label,
  disabled = false,
  pressed,
  onPress,
  children,
}: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${kind}`}
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
    >
      {icon && <Icon svg={icon} />}
      <span>{children}</span>
    </button>
  )
}

type IconButtonProps = { icon: string; label: string; disabled?: boolean; onPress: () => void }

/** A button without a visible word, for the station only: `label` is its name. */
export function IconButton({ icon, label, disabled, onPress }: IconButtonProps) {
  return (
    <button
      type="button"
      class="button plain icon-button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon svg={icon} />
    </button>
  )
}
