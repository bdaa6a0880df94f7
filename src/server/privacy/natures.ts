/**
 * What each column of the database holds: `words` are people's names, dates of birth, numbers, addresses and what was
 * typed, which an erasure has to empty; `secret` are hashes, keys and seals, which no report shows; `plain` is the rest:
 * ids, times, and words of the program. A test compares it with the database, so that no column is forgotten.
 */
import type { Tables } from '../store/tables.ts'

export type Nature = 'plain' | 'words' | 'secret'

const none = ''

/** Names of columns, with blanks between. */
export const natures: { readonly [T in keyof Tables]: Readonly<Record<Nature, string>> } = {
  migrations: { plain: 'number applied_ms', words: none, secret: none },
  wards: { plain: 'ward_id name demo overrides', words: none, secret: none },
  beds: {
    plain: 'bed_id ward_id label position offline_since_ms stay_epoch clean_epoch room area',
    words: none,
    secret: none,
  },
  admissions: {
    plain:
      'admission_id bed_id started_ms ended_ms bed_since_ms placed_by_feed named_by_feed away_since_ms away_by_hand_ms',
    words: 'name born number number_key wishes',
    secret: none,
  },
  admission_acts: { plain: 'act_id at_ms refusal', words: none, secret: none },
  adt_messages: { plain: 'refusal at_ms', words: none, secret: 'message_hash body_hash' },
  adt_heard: { plain: 'heard dead at_ms', words: none, secret: 'number_hash' },
  adt_says: { plain: 'says_id place why at_ms kept_ms', words: 'person', secret: 'says_key' },
  staff: { plain: 'staff_id role wards disabled_ms', words: 'name', secret: none },
  staff_identities: { plain: 'issuer staff_id created_ms', words: 'subject', secret: none },
  passwords: { plain: 'staff_id changed_ms', words: 'login', secret: 'hash' },
  passkeys: {
    plain: 'staff_id counter transports created_ms used_ms',
    words: none,
    secret: 'credential_id public_key',
  },
  invitations: { plain: 'staff_id created_ms expires_ms used_ms', words: none, secret: 'code_hash' },
  sign_ins: {
    plain: 'staff_id created_ms expires_ms locked_ms seen_ms checked_ms',
    words: none,
    secret: 'token_hash provider_sid tokens',
  },
  oidc_flows: {
    plain: 'page fresh created_ms expires_ms',
    words: none,
    secret: 'state_hash browser_hash secrets unlocks replaces',
  },
  logout_tokens: { plain: 'expires_ms', words: none, secret: 'jti_hash' },
  codes: { plain: 'purpose subject_id created_ms used_ms', words: none, secret: 'code_hash' },
  phones: { plain: 'language since_ms', words: none, secret: 'token_hash endpoint_hash subscription' },
  phone_quiet: { plain: 'staff_id from_minute until_minute', words: none, secret: none },
  care: { plain: 'staff_id bed_id since_ms until_ms', words: none, secret: none },
  duties: { plain: 'duty_id name next_id position', words: none, secret: none },
  on_duty: { plain: 'staff_id duty_id since_ms until_ms', words: none, secret: none },
  shifts: { plain: 'staff_id since_ms until_ms over offered_to refused had', words: none, secret: none },
  /** The number is a service's, and nobody's own. */
  interpreting: { plain: 'ward_id language phone staff_ids', words: none, secret: none },
  consults: {
    plain: 'consult_id made_to made_at made_ms ended_ms',
    words: 'made_by reason progress',
    secret: none,
  },
  broken_glass: {
    plain: 'glass_id staff_id ward_id broken_ms until_ms reviewed_ms reviewed_by ended_ms',
    words: 'reason review_note',
    secret: none,
  },
  devices: {
    plain: 'device_id bed_id enrolled_ms revoked_ms lineage cloned_ms astray_ms lost_ms health',
    words: none,
    secret: 'public_key',
  },
  tablet_codes: { plain: 'bed_id expires_ms wrong_tries used_ms', words: none, secret: 'code_hash' },
  waiting_tablets: {
    plain: 'enrolment_id bed_id kind wrong_tries expires_ms device_id',
    words: none,
    secret: 'commitment server_nonce public_key digits_hash',
  },
  certificates: {
    plain: 'serial kind issuer not_before_ms not_after_ms text stored_ms',
    words: none,
    secret: 'key_id signature',
  },
  station_keys: { plain: 'registered_by registered_ms', words: none, secret: 'key_id public_key' },
  calls: {
    plain:
      'call_id epoch phase mode ring_until_ms created_ms accepted_ms ended_ms reason ended_by stay softly caller_endpoint callee_endpoint',
    words: 'caller callee override seat duty',
    secret: none,
  },
  call_figures: {
    plain: 'call_id part set_up_ms reconnections good_ms weak_ms lost_ms way over',
    words: none,
    secret: none,
  },
  requests: {
    plain: 'request_id bed_id stay_epoch admission_id reason made_ms ended_ms',
    words: 'progress',
    secret: none,
  },
  guests: {
    plain: 'guest_id table_id kind invited_by endpoint expires_ms used_ms seated_ms ended_ms',
    words: 'name chain',
    secret: 'code_hash public_key seal station_seal',
  },
  family: {
    plain: 'guest_id admission_id wished_ms invited_ms last_ms ended_ms',
    words: 'name chain',
    secret: 'code_hash link_key seal sealed_key browser_key',
  },
  visits: {
    plain:
      'visit_id appointment_id entry_id zone made_ms tries bound_ms test came_ms waited_ms last_call_ms through_ms closed_ms closed_why identified_ms wishes_new_ms rated renewals renewed_ms',
    words: 'name mailed_to texted_to gone_row notes chain',
    secret: 'token_sealed token_hash public_key other_key refused_keys vouched_by',
  },
  visit_links: { plain: 'visit_id made_ms', words: none, secret: 'token_hash' },
  visit_ratings: { plain: 'day stars many', words: none, secret: none },
  letters: {
    plain:
      'letter_id visit_id way kind queued_ms due_ms state tries tried_ms next_ms ended_ms sequence start_ms end_ms entry_id language dealt_ms',
    words: 'to_address problem',
    secret: none,
  },
  plan_rows: { plain: 'type id rev seq people ends_ms changed_ms', words: 'json', secret: none },
  plan_commits: { plain: 'seq stamp at_ms', words: none, secret: none },
  plan_meta: { plain: 'name value', words: none, secret: none },
  plan_bookings: { plain: 'resource start_ms end_ms appointment_id', words: none, secret: none },
  plan_acts: { plain: 'act_id device_id staff_id n touched at_ms', words: 'outcome', secret: 'hash' },
  plan_devices: { plain: 'device_id staff_id last_n', words: none, secret: none },
  plan_feeds: {
    plain: 'feed_id staff_id made_by made_ms expires_ms read_ms revoked_ms language',
    words: 'name',
    secret: 'token_hash',
  },
  /** Of a program, and of nobody. */
  plan_integrations: {
    plain: 'integration_id name scope made_by made_ms used_ms revoked_ms',
    words: none,
    secret: 'token_hash',
  },
  plan_imports: { plain: 'id sequence modified_ms ends_ms', words: 'uid', secret: 'said' },
  scan_shares: {
    plain: 'share_id table_id admission_id shared_ms ended_ms',
    words: 'presenter',
    secret: none,
  },
  scan_viewers: { plain: 'share_id seen_ms gone_ms', words: 'viewer', secret: none },
  copies: {
    plain:
      'copy_id sender_id address admission_id made_ms expires_ms files bytes said_ms whole_ms ended_ms ended',
    words: 'sender name patient_number',
    secret: 'envelope',
  },
  copy_readers: { plain: 'copy_id staff_id opened_ms', words: 'reader', secret: none },
  copy_asks: { plain: 'copy_id staff_id asked_ms', words: none, secret: 'signer' },
  copy_keys: { plain: 'staff_id seen_ms', words: none, secret: 'signer key_id statement signature chain' },
  /** Reasons that people typed stand in `text`, word for word: see `erase.ts`. */
  audit: { plain: 'seq at_ms action agent_id peer_id patient_id entity_id', words: 'text', secret: 'hash' },
  audit_heads: { plain: 'head_id size frontier made_ms delivered_ms', words: none, secret: 'note' },
  rollouts: { plain: 'number build before stage state failed begun_ms', words: none, secret: none },
  staff_code: { plain: 'ward_id made_ms', words: none, secret: 'sealed' },
  erased: { plain: 'id at_ms', words: none, secret: none },
}

export type TableName = keyof Tables

export const tableNames = Object.keys(natures).filter(isTable)

function isTable(name: string): name is TableName {
  return Object.hasOwn(natures, name)
}

export function columnsOf(table: TableName, nature: Nature): readonly string[] {
  return natures[table][nature].split(' ').filter((column) => column !== '')
}
