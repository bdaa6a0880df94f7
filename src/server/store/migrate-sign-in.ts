/** The tables of signing in: identities at a provider, ways there and back, passkeys, passwords and invitations. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

const ms = 'integer'
const strict = sql`strict`

export async function addSignIn(db: Kysely<Tables>): Promise<void> {
  await widenSignIns(db)
  await addProvider(db)
  await addLocalAccounts(db)
}

async function widenSignIns({ schema }: Kysely<Tables>): Promise<void> {
  await schema.alterTable('sign_ins').addColumn('locked_ms', ms).execute()
  await schema
    .alterTable('sign_ins')
    .addColumn('seen_ms', ms, (column) => column.notNull().defaultTo(0))
    .execute()
  await schema.alterTable('sign_ins').addColumn('provider_sid', 'text').execute()
  await schema.alterTable('sign_ins').addColumn('tokens', 'text').execute()
  await schema.alterTable('sign_ins').addColumn('checked_ms', ms).execute()
}

async function addProvider({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('staff_identities')
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.staff_id'))
    .addColumn('created_ms', ms, (column) => column.notNull())
    .addPrimaryKeyConstraint('one_person_a_subject', ['issuer', 'subject'])
    .modifyEnd(strict)
    .execute()
  await schema
    .createTable('oidc_flows')
    .addColumn('state_hash', 'text', (column) => column.primaryKey())
    .addColumn('browser_hash', 'text', (column) => column.notNull())
    .addColumn('secrets', 'text', (column) => column.notNull())
    .addColumn('page', 'text', (column) => column.notNull())
    .addColumn('unlocks', 'text')
    .addColumn('replaces', 'text')
    .addColumn('fresh', 'integer', (column) => column.notNull())
    .addColumn('created_ms', ms, (column) => column.notNull())
    .addColumn('expires_ms', ms, (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
  await schema
    .createTable('logout_tokens')
    .addColumn('jti_hash', 'text', (column) => column.primaryKey())
    .addColumn('expires_ms', ms, (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
}

async function addLocalAccounts({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('passkeys')
    .addColumn('credential_id', 'text', (column) => column.primaryKey())
    .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.staff_id'))
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('counter', 'integer', (column) => column.notNull())
    .addColumn('transports', 'text', (column) => column.notNull())
    .addColumn('created_ms', ms, (column) => column.notNull())
    .addColumn('used_ms', ms)
    .modifyEnd(strict)
    .execute()
  await schema
    .createTable('passwords')
    .addColumn('staff_id', 'text', (column) => column.primaryKey().references('staff.staff_id'))
    .addColumn('login', 'text', (column) => column.notNull().unique())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('changed_ms', ms, (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
  await schema
    .createTable('invitations')
    .addColumn('code_hash', 'text', (column) => column.primaryKey())
    .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.staff_id'))
    .addColumn('created_ms', ms, (column) => column.notNull())
    .addColumn('expires_ms', ms, (column) => column.notNull())
    .addColumn('used_ms', ms)
    .modifyEnd(strict)
    .execute()
}
