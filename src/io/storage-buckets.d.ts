/** The Storage Buckets API (WICG), which TypeScript's DOM library does not know yet; Chromium 122 has it. */
interface StorageBucket {
  readonly indexedDB: IDBFactory
}

interface StorageBucketManager {
  open(
    name: string,
    options?: { persisted?: boolean; durability?: 'strict' | 'relaxed' },
  ): Promise<StorageBucket>
}

interface Navigator {
  readonly storageBuckets?: StorageBucketManager
}
