/** The rows the server keeps. Ids are text, times epoch milliseconds, JSON is text: the same on every database. */

type Wards = { ward_id: string; name: string; demo: 0 | 1 }

type Beds = {
  bed_id: string
  ward_id: string
  label: string
  /** Order on the board. */
  position: number
  /** When its tablet was last seen to go; null while it is there. */
  offline_since_ms: number | null
}

type Admissions = {
  admission_id: string
  bed_id: string
  name: string
  born: string
  number: string
  started_ms: number
  ended_ms: number | null
}

/** `wards`: ids as a JSON list, or `"all"`. A member of staff who left is disabled, never deleted. */
type Staff = { staff_id: string; name: string; role: string; wards: string; disabled_ms: number | null }

/** A ward whose glass a person broke, and who looked at it afterwards. */
type BrokenGlass = {
  glass_id: string
  staff_id: string
  ward_id: string
  reason: string
  broken_ms: number
  until_ms: number
  reviewed_ms: number | null
  reviewed_by: string | null
  review_note: string | null
}

/** One-time codes, as keyed hashes. `subject_id` is a member of staff or a bed, by `purpose`. */
type Codes = {
  code_hash: string
  purpose: 'sign-in' | 'enrol'
  subject_id: string
  created_ms: number
  used_ms: number | null
}

/** Signed-in browsers, by the keyed hash of their cookie. */
type SignIns = { token_hash: string; staff_id: string; created_ms: number; expires_ms: number }

/** Enrolled tablets; `public_key` is SubjectPublicKeyInfo, base64url. A bed has one that is not revoked. */
type Devices = {
  device_id: string
  bed_id: string
  public_key: string
  enrolled_ms: number
  revoked_ms: number | null
}

/** Every call that ever was. `caller` and `callee` are parties as JSON; `ended_ms` null means that it goes on. */
type Calls = {
  call_id: string
  epoch: number
  phase: 'ringing' | 'accepted'
  mode: 'ring' | 'knock'
  caller: string
  callee: string
  caller_endpoint: string
  callee_endpoint: string | null
  ring_until_ms: number
  created_ms: number
  accepted_ms: number | null
  ended_ms: number | null
  reason: string | null
  ended_by: 'caller' | 'callee' | 'server' | null
}

/** The chain of acts. `text` is what is hashed; the columns beside it repeat parts of it for searching. */
type Audit = {
  seq: number
  at_ms: number
  action: string
  agent_id: string
  patient_id: string | null
  text: string
  hash: string
}

export type Tables = {
  migrations: { number: number; applied_ms: number }
  wards: Wards
  beds: Beds
  admissions: Admissions
  staff: Staff
  codes: Codes
  sign_ins: SignIns
  devices: Devices
  calls: Calls
  broken_glass: BrokenGlass
  audit: Audit
}
