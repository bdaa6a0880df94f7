/** The Launch Handler API (WICG), which TypeScript's DOM library does not know yet; Chromium 102 has it. */
interface LaunchParams {
  readonly files: readonly FileSystemFileHandle[]
}

declare var launchQueue: { setConsumer(consumer: (params: LaunchParams) => void): void } | undefined
