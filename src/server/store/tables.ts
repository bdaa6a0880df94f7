/** The rows the server keeps. Ids are text, times epoch milliseconds, JSON is text: the same on every database. */
import type { Generated } from 'kysely'

/** `overrides`: whether staff may override a drawn curtain. */
type Wards = { ward_id: string; name: string; demo: 0 | 1; overrides: Generated<0 | 1> }

/** Who interprets for a ward. `staff_ids`: a JSON list; `phone` null: no service has a contract. */
type InterpretingRows = { ward_id: string; language: string; phone: string | null; staff_ids: string }

type Beds = {
  bed_id: string
  ward_id: string
  label: string
  /** Order on the board. */
  position: number
  /** When its tablet was last seen to go; null while it is there. */
  offline_since_ms: number | null
  /** How often who lies in it has changed; grows only. */
  stay_epoch: number
  /** The last stay for which its tablet has said that it holds nothing older. */
  clean_epoch: Generated<number>
  /** As the ward calls it; null: nobody said. */
  room: Generated<string | null>
  /** Of which of the wards on this board it is, as they call it; null: nobody said. */
  area: Generated<string | null>
}

type Admissions = {
  admission_id: string
  bed_id: string
  name: string
  born: string
  number: string
  started_ms: number
  ended_ms: number | null
  /** When the patient came into this bed. */
  bed_since_ms: number
  /** `protocol/wishes.ts` as JSON. */
  wishes: string
  /** `number` as `core/admission.ts` folds it. */
  number_key: Generated<string>
  /** 1: the hospital's record said it last; 0: somebody's hand. */
  placed_by_feed: Generated<number>
  named_by_feed: Generated<number>
  /** Since when they are not in their bed, for a while. */
  away_since_ms: Generated<number | null>
  /** When somebody last said by hand whether they are. */
  away_by_hand_ms: Generated<number | null>
}

/** Messages of the hospital's record that were answered, by digests; `refusal` null: done. */
type AdtMessages = { message_hash: string; body_hash: string; refusal: string | null; at_ms: number }

/** What was last heard of a number, by its keyed hash: of most of them this ward knows nobody. `heard`: `core/adt.ts` as JSON. */
type AdtHeard = { number_hash: string; heard: string; dead: 0 | 1; at_ms: number }

/** Where the hospital says somebody is, while the ward says otherwise. `person`, `place`: JSON. `kept_ms`: staff know. */
type AdtSays = {
  says_key: string
  says_id: string
  person: string | null
  place: string | null
  why: string | null
  at_ms: number
  kept_ms: number | null
}

/** `wards`: ids as a JSON list, or `"all"`. A member of staff who left is disabled, never deleted. */
type Staff = { staff_id: string; name: string; role: string; wards: string; disabled_ms: number | null }

/** A person's care for a bed. */
type CareRows = { staff_id: string; bed_id: string; since_ms: number; until_ms: number }

/** A duty of the ward, such as "neurosurgeon on call"; `next_id`: to which it passes on. */
type DutyRows = { duty_id: string; name: string; next_id: string | null; position: number }

/** Who has a duty. */
type OnDutyRows = { staff_id: string; duty_id: string; since_ms: number; until_ms: number }

/**
 * Somebody's shift, or their last one (`over` 1). `offered_to`: whom they asked to take it over; `refused` 1: who said no.
 * `had`: JSON of what they took, with the names that things had then (`server/shifts-kept.ts`).
 */
type ShiftRows = {
  staff_id: string
  since_ms: number
  until_ms: number
  over: number
  offered_to: string | null
  refused: number
  had: string
}

/** What somebody is asked to call back about. `made_by`, `made_to`, `made_at`, `progress`: JSON (`core/consult.ts`). */
type ConsultRows = {
  consult_id: string
  made_by: string
  made_to: string
  made_at: string
  reason: string
  made_ms: number
  progress: string
  ended_ms: number | null
}

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
  /** When its end was written into the audit; null: it was not yet. */
  ended_ms: number | null
}

/** One-time codes, as keyed hashes. `subject_id` is a member of staff or a bed, by `purpose`. */
type Codes = {
  code_hash: string
  purpose: 'sign-in' | 'enrol'
  subject_id: string
  created_ms: number
  used_ms: number | null
}

/**
 * Signed-in browsers, by the keyed hash of their cookie. Those that came through a provider carry its session
 * (`provider_sid`), its tokens (sealed) and when it was last asked about them.
 */
type SignIns = {
  token_hash: string
  staff_id: string
  created_ms: number
  expires_ms: number
  /** Since when the screen is locked; null while it is not. */
  locked_ms: number | null
  /** When a page of it was last known to be open, to half a minute. */
  seen_ms: number
  provider_sid: string | null
  tokens: string | null
  checked_ms: number | null
}

/** Who a member of staff is at a provider: `subject` never changes there and is unique below `issuer` (OIDC Core §2). */
type StaffIdentities = { issuer: string; subject: string; staff_id: string; created_ms: number }

/** Ways to the provider and back that were begun: single use; `secrets` (nonce, verifier) is sealed. */
type OidcFlows = {
  state_hash: string
  browser_hash: string
  secrets: string
  page: 'station' | 'admin'
  /** The locked sign-in that this is to open; null for a new one. */
  unlocks: string | null
  /** The sign-in this browser has already, which a new one ends. */
  replaces: string | null
  /** The person has to prove who they are, even if the provider knows them still. */
  fresh: 0 | 1
  created_ms: number
  expires_ms: number
}

/** Logout tokens that were obeyed, until they are too old to be tried again. */
type LogoutTokens = { jti_hash: string; expires_ms: number }

/** WebAuthn credentials; `public_key` is COSE (RFC 9052), base64url; `transports` a JSON list. */
type Passkeys = {
  credential_id: string
  staff_id: string
  public_key: string
  counter: number
  transports: string
  created_ms: number
  used_ms: number | null
}

/** Passwords of local accounts; `hash` names its own parameters. `login` is the name as it is compared. */
type Passwords = { staff_id: string; login: string; hash: string; changed_ms: number }

/** Links that make a local account usable: one use, by the keyed hash of their code. */
type Invitations = {
  code_hash: string
  staff_id: string
  created_ms: number
  expires_ms: number
  used_ms: number | null
}

/** Enrolled tablets; `public_key` is SubjectPublicKeyInfo, base64url. A bed has one that is not revoked. */
type Devices = {
  device_id: string
  bed_id: string
  public_key: string
  enrolled_ms: number
  revoked_ms: number | null
  /** `core/lineage.ts` as JSON; null before the first hello. */
  lineage: string | null
  /** Since when two are known to use this key. */
  cloned_ms: number | null
  /** Since when it may not be at its bed any more. */
  astray_ms: Generated<number | null>
  /** Since when a browser says that it has lost this key; null again when the key is used. */
  lost_ms: number | null
  /** `ToldHealth` as JSON; null before it said anything. */
  health: Generated<string | null>
}

/** Codes that an administrator made for a bed, as keyed hashes. */
type TabletCodes = {
  code_hash: string
  bed_id: string
  expires_ms: number
  wrong_tries: number
  used_ms: number | null
}

/** Tablets that wait to be confirmed by six digits; `device_id` is null until they are. */
type WaitingTablets = {
  enrolment_id: string
  bed_id: string
  kind: 'enrol' | 'rebind'
  commitment: string
  server_nonce: string
  public_key: string | null
  digits_hash: string | null
  wrong_tries: number
  expires_ms: number
  device_id: string | null
}

/** Admission acts that were asked for, by the client's id; `refusal` null: it was done. */
type AdmissionActs = { act_id: string; at_ms: number; refusal: string | null }

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
  /** The stay of the bed in it, as JSON. */
  stay: string | null
  /** Why it was made although the patient wants to be alone, as JSON. */
  override: string | null
  /** 1: so that nobody else in the room wakes. */
  softly: Generated<number>
  /** The table it belongs to, as JSON; null: it is of two. */
  seat: string | null
  /** Whom of a duty it rings, or rang (`core/switchboard-state.ts`), as JSON; null: it was for one person, or a bed. */
  duty: string | null
}

/** What one end of a call said of it when it was over. */
type CallFigureRows = {
  call_id: string
  part: 'caller' | 'callee'
  set_up_ms: number | null
  reconnections: number
  good_ms: number
  weak_ms: number
  lost_ms: number
  way: string | null
  over: string | null
}

/** The chain of acts. `text` is what is hashed; the columns beside it repeat parts of it for searching. */
type Audit = {
  seq: number
  at_ms: number
  action: string
  agent_id: string
  peer_id: string | null
  patient_id: string | null
  entity_id: string | null
  text: string
  hash: string
}

/** Signed tree heads. `frontier` is what the tree goes on from: the roots of its full subtrees, hex, as JSON. */
type AuditHeads = {
  head_id: string
  size: number
  frontier: string
  note: string
  made_ms: number
  /** When the collector took it. */
  delivered_ms: number | null
}

/** What was signed for a device, an administrator or the root: `text` exactly as signed, the columns repeat parts of it. */
type Certificates = {
  serial: string
  key_id: string
  kind: 'root' | 'admin' | 'station' | 'bed'
  issuer: string
  not_before_ms: number
  not_after_ms: number
  text: string
  signature: string
  stored_ms: number
}

/** The keys of stations' browsers; `registered_by` was signed in there. */
type StationKeys = { key_id: string; public_key: string; registered_by: string; registered_ms: number }

/**
 * The newest of every row of the plan, in the order of `seq`, which grows with each change: the log of changes, with
 * only the last of each row. `json` null: it is gone. `people`: everyone it ever concerned, as a JSON list, so that
 * whoever sees only their own is told that it is theirs no more. `ends_ms`: when an appointment is over.
 */
type PlanRows = {
  type: string
  id: string
  rev: number
  json: string | null
  seq: number
  people: string
  ends_ms: number | null
  changed_ms: number
}

/** Each transaction's last `seq` with a word that no other history has: a cursor names both. */
type PlanCommits = { seq: number; stamp: string; at_ms: number }

/** `epoch`: of this history; `tzdata`: the rules by which clock times were last computed. */
type PlanMeta = { name: string; value: string }

/** Who and what is taken when. A trigger refuses what overlaps. */
type PlanBookings = { resource: string; start_ms: number; end_ms: number; appointment_id: string }

/** Acts with their answers, by the id their device made. `touched`: the names of rows, as JSON. */
type PlanActs = {
  act_id: string
  device_id: string | null
  staff_id: string
  n: number
  hash: string
  outcome: string
  touched: string
  at_ms: number
}

/** How far each person's acts on a device have come. */
type PlanDevices = { device_id: string; staff_id: string; last_n: number }

/**
 * Private links by which calendar programs read, by the keyed hash of their token. `staff_id`: whose appointments;
 * null: the ward's. `read_ms`: when it was last asked for, to a minute.
 */
type PlanFeeds = {
  feed_id: string
  token_hash: string
  staff_id: string | null
  name: string
  made_by: string
  made_ms: number
  expires_ms: number
  read_ms: number | null
  revoked_ms: number | null
  /** Whose words it has; null: the ward's. */
  language: string | null
}

/** What calendar files said of which appointment, as hashes; `ends_ms`: when it may be forgotten. */
type PlanImports = {
  id: string
  uid: string
  sequence: number
  modified_ms: number | null
  said: string
  ends_ms: number
}

/** Other programs that read the plan, or change it, by the keyed hash of their token. */
type PlanIntegrations = {
  integration_id: string
  token_hash: string
  name: string
  scope: 'read' | 'write'
  made_by: string
  made_ms: number
  used_ms: number | null
  revoked_ms: number | null
}

/** What patients asked for. `progress`: of `core/requests-state.ts`, as JSON; `ended_ms` null means that it is open. */
type PatientRequests = {
  request_id: string
  bed_id: string
  stay_epoch: number
  admission_id: string | null
  reason: string
  made_ms: number
  progress: string
  ended_ms: number | null
}

/** Browsers that are told of requests, each with its sign-in. `subscription` is sealed. */
type PhoneRows = {
  token_hash: string
  endpoint_hash: string
  subscription: string
  language: string
  since_ms: number
}

/** Minutes since midnight by the ward's clock. */
type PhoneQuietRows = {
  staff_id: string
  from_minute: number
  until_minute: number
}

/**
 * Those who were asked to a call from outside. `endpoint`: the screen that made the code, `code_hash` the keyed hash of what
 * the server knows it by; `seal` and `station_seal` are made with a secret that is not here. Only who it was outlasts the table.
 */
type GuestRows = {
  guest_id: string
  table_id: string
  name: string
  kind: string
  invited_by: string
  endpoint: string | null
  code_hash: string | null
  expires_ms: number
  used_ms: number | null
  public_key: string | null
  seal: string | null
  /** `protocol/proof.ts` as JSON; null until the station vouched. */
  chain: string | null
  station_seal: string | null
  seated_ms: number | null
  ended_ms: number | null
}

/** Family of whoever lies in a bed. `invited_ms` null: the patient asked for them, and there is no link yet. `chain`: JSON. */
type FamilyRows = {
  guest_id: string
  admission_id: string
  name: string
  wished_ms: number | null
  invited_ms: number | null
  code_hash: string | null
  link_key: string | null
  chain: string | null
  seal: string | null
  sealed_key: string | null
  browser_key: string | null
  last_ms: number | null
  ended_ms: number | null
}

/**
 * Video visits, one for an appointment; `name` is the outpatient's, for the audit. `token_sealed`: what is in the newest
 * link; `mailed_to`: where that went. `other_key` asks to come in, `refused_keys` may not. `vouched_by`: the sign-in
 * whose station signed `chain`. `refused_keys`, `test`, `chain`, `notes`: JSON (`protocol/visit.ts`).
 */
type VisitRows = {
  visit_id: string
  appointment_id: string
  name: string
  token_sealed: string
  token_hash: string
  zone: string | null
  mailed_to: string | null
  made_ms: number
  /** Wrong dates of birth. */
  tries: number
  public_key: string | null
  bound_ms: number | null
  other_key: string | null
  refused_keys: string
  chain: string | null
  vouched_by: string | null
  test: string | null
  notes: string
  came_ms: number | null
  /** When it first was their turn to wait. */
  waited_ms: number | null
  last_call_ms: number | null
  through_ms: number | null
  closed_ms: number | null
  closed_why: string | null
  identified_ms: number | null
  wishes_new_ms: number | null
  rated: 0 | 1
  /** How often and when the newest link was sent to whoever had an old one. */
  /** JSON of `protocol/plan.ts`, once it has left the plan. */
  gone_row: string | null
  texted_to: string | null
  renewals: number
  renewed_ms: number | null
  entry_id: string
}

/** Every link that was made, the newest among them. */
type VisitLinkRows = { token_hash: string; visit_id: string; made_ms: number }

type VisitRatingRows = { day: string; stars: number; many: number }

/** A scan that is shown live, or was. `presenter`: a party as JSON. */
type ScanShareRows = {
  share_id: string
  table_id: string
  presenter: string
  /** Whose stay it concerns; null: nobody's here. */
  admission_id: string | null
  shared_ms: number
  ended_ms: number | null
}

/** On whose screen it is or was. `viewer`: a party as JSON; `gone_ms` null: they have not said that it is gone. */
type ScanViewerRows = { share_id: string; viewer: string; seen_ms: number; gone_ms: number | null }

/** Which key copies for a person are sealed to on a device. `signer`: the device's own key; the rest as it was handed in. */
type CopyKeyRows = {
  signer: string
  staff_id: string
  key_id: string
  statement: string
  signature: string
  /** `protocol/proof.ts` as JSON. */
  chain: string
  seen_ms: number
}

/**
 * Sealed copies; their files lie in a folder. `sender`: a party as JSON, `address`: `staff:ID` or `duty:ID`, `files`: sealed
 * lengths as JSON. `envelope` null: it has ended.
 */
type CopyRows = {
  copy_id: string
  sender_id: string
  sender: string
  address: string
  name: string
  patient_number: string
  /** Whose stay it concerns; null: nobody's here. */
  admission_id: string | null
  made_ms: number
  expires_ms: number
  envelope: string | null
  files: string
  bytes: number
  /** When its sender last began to send it. */
  said_ms: number
  whole_ms: number | null
  ended_ms: number | null
  ended: string | null
}

/** Who has it. `reader`: a party as JSON. */
type CopyReaderRows = { copy_id: string; staff_id: string; reader: string; opened_ms: number | null }

/** Devices that it is not sealed to, of people who may have it. */
type CopyAskRows = { copy_id: string; staff_id: string; signer: string; asked_ms: number }

/** To an outpatient. `tried_ms`: for the first time. `ended_ms`: when it was sent, failed or was dropped. `sequence`, `start_ms`, `end_ms`: as it said. */
type LetterRows = {
  letter_id: string
  visit_id: string
  way: 'mail' | 'sms'
  kind: string
  queued_ms: number
  due_ms: number
  state: 'waiting' | 'sent' | 'failed' | 'dropped'
  tries: number
  tried_ms: number | null
  next_ms: number
  ended_ms: number | null
  to_address: string | null
  /** What was answered last, for staff; in no log. */
  problem: string | null
  sequence: number | null
  start_ms: number | null
  end_ms: number | null
  /** Of a withdrawal alone. */
  entry_id: string | null
  language: string | null
  /** When a person said that they have seen to it. */
  dealt_ms: number | null
}

/** `stage`, `failed`: JSON (`core/rollout.ts`). */
type RolloutRows = {
  number: number
  build: string
  before: string | null
  stage: string
  state: string
  failed: string | null
  begun_ms: number
}
/** Of whom only ids are left; also outside the database (`server/privacy/erased-list.ts`). */
type ErasedRows = { id: string; at_ms: number }

/** `sealed`: the code and what tablets check it by, as JSON (`server/staff-code.ts`). */
type StaffCodeRows = { ward_id: string; sealed: string; made_ms: number }

export type Tables = {
  migrations: { number: number; applied_ms: number }
  wards: Wards
  beds: Beds
  admissions: Admissions
  adt_messages: AdtMessages
  adt_heard: AdtHeard
  adt_says: AdtSays
  staff: Staff
  codes: Codes
  sign_ins: SignIns
  staff_identities: StaffIdentities
  oidc_flows: OidcFlows
  logout_tokens: LogoutTokens
  passkeys: Passkeys
  passwords: Passwords
  invitations: Invitations
  devices: Devices
  calls: Calls
  call_figures: CallFigureRows
  guests: GuestRows
  family: FamilyRows
  broken_glass: BrokenGlass
  care: CareRows
  duties: DutyRows
  on_duty: OnDutyRows
  shifts: ShiftRows
  consults: ConsultRows
  audit: Audit
  audit_heads: AuditHeads
  tablet_codes: TabletCodes
  waiting_tablets: WaitingTablets
  admission_acts: AdmissionActs
  certificates: Certificates
  station_keys: StationKeys
  plan_rows: PlanRows
  plan_commits: PlanCommits
  plan_meta: PlanMeta
  plan_bookings: PlanBookings
  plan_acts: PlanActs
  plan_devices: PlanDevices
  plan_feeds: PlanFeeds
  plan_integrations: PlanIntegrations
  plan_imports: PlanImports
  requests: PatientRequests
  interpreting: InterpretingRows
  phones: PhoneRows
  phone_quiet: PhoneQuietRows
  scan_shares: ScanShareRows
  scan_viewers: ScanViewerRows
  copy_keys: CopyKeyRows
  copies: CopyRows
  copy_readers: CopyReaderRows
  copy_asks: CopyAskRows
  letters: LetterRows
  visits: VisitRows
  visit_links: VisitLinkRows
  visit_ratings: VisitRatingRows
  rollouts: RolloutRows
  erased: ErasedRows
  staff_code: StaffCodeRows
}
