/** People: who may sign in, as what, and the invitations of those who have no account of the hospital. */
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import { createStaff, type Staff, type StaffRole, type StaffRow, staffRoles } from '../../state/staff.ts'
import { Button } from '../parts/button.tsx'
import { QrCode } from '../parts/qr.tsx'
import { roleWord, timeOf } from '../words.ts'
import { staffWords } from '../words-admin.ts'
import { signInProblems } from '../words-station.ts'

export function StaffSection({ admin }: { admin: Admin }) {
  const staff = useMemo(() => createStaff(admin.ports), [admin])
  useEffect(() => void staff.load(), [staff])
  const me = admin.access.value.type === 'signed-in' ? admin.access.value.me.staffId : null
  return (
    <section aria-label={staffWords.title}>
      <h2>{staffWords.title}</h2>
      <Problem staff={staff} />
      <Add staff={staff} />
      <Link staff={staff} />
      <List staff={staff} me={me} />
    </section>
  )
}

function Problem({ staff }: { staff: Staff }) {
  const problem = staff.problem.value
  if (problem === null) return null
  const { said, todo } = problem === 'conflict' ? staffWords.conflict : signInProblems[problem]
  return (
    <p class="warning" role="alert">
      {said} {todo}
    </p>
  )
}

function Add({ staff }: { staff: Staff }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<StaffRole>('nurse')
  return (
    <form
      aria-label={staffWords.add}
      onSubmit={(event) => {
        event.preventDefault()
        void staff.add(name, role).then((added) => added && setName(''))
      }}
    >
      <label>
        <span>{staffWords.name}</span>
        <input value={name} maxLength={80} required onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <RoleSelect label={staffWords.role} role={role} onChoose={setRole} />
      <button type="submit" class="button primary" disabled={name.trim() === ''}>
        {staffWords.add}
      </button>
    </form>
  )
}

type RoleSelectProps = {
  label: string
  role: StaffRole
  disabled?: boolean
  onChoose: (role: StaffRole) => void
}

function RoleSelect({ label, role, disabled = false, onChoose }: RoleSelectProps) {
  return (
    <label>
      <span>{label}</span>
      <select
        value={role}
        disabled={disabled}
        onChange={(event) => {
          const chosen = staffRoles.find((one) => one === event.currentTarget.value)
          if (chosen) onChoose(chosen)
        }}
      >
        {staffRoles.map((one) => (
          <option key={one} value={one}>
            {roleWord(one)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Shown once: the server keeps only a hash of it. */
function Link({ staff }: { staff: Staff }) {
  const link = staff.link.value
  if (!link) return null
  return (
    <div class="code-card" role="status">
      <QrCode text={link.url} label={staffWords.qr} />
      <div class="code-said">
        <h3>{staffWords.linkFor({ name: link.name })}</h3>
        <p>{staffWords.linkMeans({ time: timeOf(link.untilMs) })}</p>
        <code>{link.url}</code>
        <div class="actions">
          <Button onPress={staff.forgetLink}>{staffWords.linkDone}</Button>
        </div>
      </div>
    </div>
  )
}

function List({ staff, me }: { staff: Staff; me: string | null }) {
  const rows = staff.rows.value
  if (!rows) return null
  return (
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">{staffWords.name}</th>
            <th scope="col">{staffWords.role}</th>
            <th scope="col">{staffWords.account}</th>
            <th scope="col">{staffWords.acts}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.staffId} staff={staff} row={row} isMe={row.staffId === me} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ staff, row, isMe }: { staff: Staff; row: StaffRow; isMe: boolean }) {
  const isFixed = isMe || row.disabled || row.from === 'provider'
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td>
        <RoleSelect
          label={staffWords.roleOf({ name: row.name })}
          role={row.role}
          disabled={isFixed}
          onChoose={(role) => void staff.change(row, { role })}
        />
      </td>
      <td>
        {staffWords.accounts[row.disabled ? 'disabled' : row.from === 'provider' ? 'provider' : row.account]}
      </td>
      <td>
        <div class="acts">
          {isMe && staffWords.me}
          {row.from === 'here' && !row.disabled && !isMe && (
            <Button label={staffWords.inviteWho({ name: row.name })} onPress={() => void staff.invite(row)}>
              {staffWords.invite}
            </Button>
          )}
          {!isMe && (
            <Button
              label={staffWords[row.disabled ? 'enableWho' : 'disableWho']({ name: row.name })}
              onPress={() => void staff.change(row, { disabled: !row.disabled })}
            >
              {row.disabled ? staffWords.enable : staffWords.disable}
            </Button>
          )}
        </div>
      </td>
    </tr>
  )
}
