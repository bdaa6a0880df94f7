/** Shows one of several wards alone; what patients of the others ask stands above the board as ever. */
import { Button } from '../parts/button.tsx'
import { areaShown } from './part.ts'

export function Areas({ names }: { names: readonly string[] }) {
  return (
    <div class="areas">
      {names.map((name) => (
        <Button
          key={name}
          pressed={areaShown.value === name}
          onPress={() => (areaShown.value = areaShown.value === name ? null : name)}
        >
          {name}
        </Button>
      ))}
    </div>
  )
}
