/** Which camera, microphone and loudspeaker this call uses. */
import { useState } from 'preact/hooks'
import type { Calls } from '../../state/calls.ts'
import type { MediaDevice } from '../../state/ports.ts'
import { deviceWords } from '../words-aside.ts'
import { Button } from './button.tsx'

const kinds = ['camera', 'microphone', 'speaker'] as const

export function Devices({ calls }: { calls: Calls }) {
  const [devices, setDevices] = useState<readonly MediaDevice[]>([])
  const look = async (opened: boolean) => {
    if (opened) setDevices(await calls.devices())
  }
  return (
    <>
      <Arrived calls={calls} />
      <details class="devices" onToggle={(event) => void look(event.currentTarget.open)}>
        <summary>{deviceWords.title}</summary>
        {kinds.map((kind) => (
          <DeviceChoice key={kind} kind={kind} devices={devices} choose={calls.choose} />
        ))}
      </details>
    </>
  )
}

/** A headset that was plugged in: one press, and this call uses it. */
function Arrived({ calls }: { calls: Calls }) {
  const news = calls.device.value
  if (news?.type !== 'arrived') return null
  return (
    <p class="line-shown">
      <output>{deviceWords.arrived({ device: news.device.label || deviceWords.unnamed })}</output>
      <Button onPress={() => calls.choose(news.device)}>{deviceWords.use}</Button>
    </p>
  )
}

type DeviceChoiceProps = {
  kind: MediaDevice['kind']
  devices: readonly MediaDevice[]
  choose: (device: MediaDevice) => void
}

function DeviceChoice({ kind, devices, choose }: DeviceChoiceProps) {
  const [chosen, setChosen] = useState('')
  const offered = devices.filter((device) => device.kind === kind)
  const pick = (deviceId: string) => {
    const device = offered.find((device) => device.deviceId === deviceId)
    if (!device) return
    setChosen(deviceId)
    choose(device)
  }
  return (
    <div class="field">
      <label for={`device-${kind}`}>{deviceWords[kind]}</label>
      <select
        id={`device-${kind}`}
        value={chosen}
        disabled={offered.length === 0}
        onChange={(event) => pick(event.currentTarget.value)}
      >
        {chosen === '' && (
          <option value="">{offered.length ? deviceWords.unchanged : deviceWords.none}</option>
        )}
        {offered.map(({ deviceId, label }) => (
          <option key={deviceId} value={deviceId}>
            {label || deviceWords.unnamed}
          </option>
        ))}
      </select>
    </div>
  )
}
